from __future__ import annotations

from dataclasses import replace

import pytest
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import Conflict, NotFound
from registry.organisations.model import ROOT_KEY
from tests.registry.two_districts import square
from tests.tracker.history.city import found_city
from tracker.geofences.model import GeofenceKind
from tracker.geofences.service import GeofenceService
from tracker.geofences.store import NewGeofence

DEPOT = NewGeofence(
    organisation="north", name="Depot", kind=GeofenceKind.POLYGON, geometry=square(119.3, 26.0), radius_m=None,
    dwell_s=0.0, active=True,
)  # fmt: skip


@pytest.fixture
async def service(pool: AsyncConnectionPool) -> GeofenceService:
    await found_city(pool)
    return GeofenceService(pool)


async def test_of_two_who_change_it_the_second_is_told(service: GeofenceService) -> None:
    first = await service.add(ROOT_KEY, DEPOT)
    second = await service.change(ROOT_KEY, first.id, replace(DEPOT, name="Yard", version=first.version))
    assert second.version != first.version
    with pytest.raises(Conflict, match="meanwhile"):
        await service.change(ROOT_KEY, first.id, replace(DEPOT, name="Shed", version=first.version))
    assert (await service.find(ROOT_KEY, first.id)).name == "Yard"


async def test_what_somebody_else_changed_is_not_removed_unseen(service: GeofenceService) -> None:
    first = await service.add(ROOT_KEY, DEPOT)
    second = await service.change(ROOT_KEY, first.id, replace(DEPOT, name="Yard"))
    with pytest.raises(Conflict, match="meanwhile"):
        await service.remove(ROOT_KEY, first.id, first.version)
    await service.remove(ROOT_KEY, first.id, second.version)
    with pytest.raises(NotFound):
        await service.remove(ROOT_KEY, first.id, second.version)


async def test_who_says_no_version_changes_what_is_there(service: GeofenceService) -> None:
    first = await service.add(ROOT_KEY, DEPOT)
    await service.change(ROOT_KEY, first.id, replace(DEPOT, name="Yard"))
    assert (await service.change(ROOT_KEY, first.id, replace(DEPOT, name="Shed"))).name == "Shed"


async def test_what_is_not_the_callers_is_not_there_whatever_its_version(service: GeofenceService) -> None:
    first = await service.add(ROOT_KEY, DEPOT)
    with pytest.raises(NotFound):
        await service.change(3, first.id, replace(DEPOT, version=first.version))
    with pytest.raises(NotFound):
        await service.change(ROOT_KEY, first.id, replace(DEPOT, organisation="nowhere", version=first.version))
