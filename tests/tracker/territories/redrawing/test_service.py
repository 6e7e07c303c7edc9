"""Splitting and merging against the database: who moves, what stays on record, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from psycopg_pool import AsyncConnectionPool
from shapely.geometry import shape

from dispatch.incidents.actor import WORKER
from dispatch.incidents.moving.service import IncidentMover
from dispatch.incidents.service import IncidentService
from registry.api.problems import BadRequest, Conflict, NotFound
from registry.api.route import Caller, Role
from registry.organisations.model import ROOT_KEY, Level, OrganisationDraft
from registry.organisations.queries import organisation_at
from registry.organisations.service import OrganisationService
from registry.organisations.store import OrganisationStore
from tests.gridwarden.web.house import a_caller
from tests.registry.two_districts import NORTH, found_two_districts, square
from tracker.territories.redrawing.service import Drawn, Part, RedrawingService

ACROSS = {"type": "LineString", "coordinates": [[119.304, 25.9], [119.304, 26.1]]}
WEST, EAST = Part(id="north-1", name="West", code="W"), Part(id="north-9", name="East", code="E")


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def service(pool: AsyncConnectionPool) -> RedrawingService:
    """Of the square north-1 the east holds a building, an open and a rejected incident, and anna's last position."""
    await found_two_districts(pool)
    async with pool.connection() as connection:
        await connection.execute(
            """INSERT INTO last_known (device, fix_time, received_at, latitude, longitude, cell, moving, emergency)
               SELECT key, now(), now(), 26.005, 119.306, 0, false, false FROM devices WHERE id = 'phone-n'"""
        )
        await connection.execute(
            """INSERT INTO buildings (id, organisation, latitude, longitude)
               SELECT 'b-' || place, o.key, 26.005, place FROM organisations o,
                   (VALUES (119.302::float8), (119.306)) AS places (place) WHERE o.id = 'north-1'"""
        )
        await connection.execute(
            """INSERT INTO houses (id, organisation, building, number)
               SELECT 'h', organisation, key, '101' FROM buildings WHERE id = 'b-119.306'"""
        )
    incidents = IncidentService(pool, organisation_at, now)
    for _ in range(2):
        await incidents.report(
            {"kind": "C0101", "latitude": 26.005, "longitude": 119.307, "description": "d", "source": "dispatcher"},
            WORKER,
        )
    await incidents.reject("I-1", WORKER, None, "none of ours")
    return RedrawingService(pool, IncidentMover(now).move)


def chief(of: int = ROOT_KEY) -> Caller:
    return a_caller(Role.ADMINISTRATOR, of)


async def split(service: RedrawingService, **about: Any) -> list[Drawn]:
    said: dict[str, Any] = {"caller": chief(), "version": 1, "check": False} | about
    return await service.split("north-1", ACROSS, [WEST, EAST], **said)


async def homes(pool: AsyncConnectionPool, query: str) -> dict[str, str]:
    async with pool.connection() as connection:
        found = await connection.execute(f"SELECT x.id, o.id FROM {query}".encode())
        return dict(await found.fetchall())


async def test_what_stands_in_the_new_part_goes_there(service: RedrawingService, pool: AsyncConnectionPool) -> None:
    west, east = await split(service)
    assert (west.moved, east.moved["buildings"], east.moved["houses"]) == ({}, 1, 1)
    assert (east.moved["members"], east.moved["devices"], east.moved["incidents"]) == (1, 1, 1)
    assert await homes(pool, "buildings x JOIN organisations o ON o.key = x.organisation") == {
        "b-119.302": "north-1", "b-119.306": "north-9",
    }  # fmt: skip
    assert (await homes(pool, "members x JOIN organisations o ON o.key = x.organisation"))["anna"] == "north-9"
    async with pool.connection() as connection:
        at = await organisation_at(connection, 26.005, 119.307)
    assert at is not None
    assert at[1] == "north-9"


async def test_an_open_incident_goes_along_with_an_entry_and_an_ended_one_stays(
    service: RedrawingService, pool: AsyncConnectionPool
) -> None:
    await split(service)
    found = await homes(pool, "incidents x JOIN organisations o ON o.key = x.place_organisation")
    assert found == {"I-1": "north-1", "I-2": "north-9"}
    log = await IncidentService(pool, organisation_at, now).log("I-2", WORKER)
    assert log[-1]["note"] == "north-1 was split: north-9 is new"


async def test_a_check_tells_and_stores_nothing(service: RedrawingService, pool: AsyncConnectionPool) -> None:
    _, east = await split(service, check=True)
    assert east.moved["buildings"] == 1
    async with pool.connection() as connection:
        assert not await OrganisationStore(connection).exists("north-9")
    assert [one.version for one in await service.history(ROOT_KEY, "north-1", 9)] == [1]


async def test_it_is_known_what_was_before_and_who_changed_it(service: RedrawingService) -> None:
    before = datetime.now(UTC)
    await split(service)
    newest, first = await service.history(ROOT_KEY, "north-1", 9)
    assert (newest.version, newest.name, newest.actor) == (2, "West", chief().name)
    assert first.territory == square(119.30, 26)
    then = {one.id: one.territory for one in await service.at(NORTH, before, after=0, limit=99)}
    assert then == {"north": square(119.30, 26, 0.05), "north-1": square(119.30, 26)}
    assert "north-9" in {one.id for one in await service.at(NORTH, datetime.now(UTC), after=0, limit=99)}


async def test_halves_merge_to_what_they_were(service: RedrawingService, pool: AsyncConnectionPool) -> None:
    await split(service)
    (seen,) = await service.history(ROOT_KEY, "north-9", 1)
    whole = await service.merge(WEST, 2, {"north-9": seen.version}, chief(), check=False)
    assert shape(dict(whole.territory)).equals(shape(square(119.30, 26)))
    assert (whole.moved["buildings"], whole.moved["members"], whole.moved["incidents"]) == (1, 1, 1)
    async with pool.connection() as connection:
        assert await OrganisationStore(connection).find(ROOT_KEY, "north-9") is None
    assert "north-9" not in {one.id for one in await service.at(NORTH, datetime.now(UTC), after=0, limit=99)}
    assert (await service.history(ROOT_KEY, "north-9", 1))[0].ended


async def test_who_saw_an_older_version_is_told(service: RedrawingService) -> None:
    with pytest.raises(Conflict, match="version 1"):
        await split(service, version=7)


async def test_another_district_cannot_be_redrawn_or_read(service: RedrawingService) -> None:
    with pytest.raises(NotFound):
        await service.split(
            "south-1", ACROSS, [Part(id="south-1", name="n", code=None), EAST], chief(NORTH), version=1, check=False
        )
    with pytest.raises(NotFound):
        await service.history(NORTH, "south-1", 9)
    assert not {"south", "south-1"} & {one.id for one in await service.at(NORTH, now(), after=0, limit=99)}


async def test_only_neighbours_of_one_parent_without_children_are_merged(
    service: RedrawingService, pool: AsyncConnectionPool
) -> None:
    far = OrganisationDraft(id="north-5", parent="north", level=Level.GRID, name="F", territory=square(119.33, 26))
    await OrganisationService(pool).add(far, caller=ROOT_KEY)
    with pytest.raises(BadRequest, match="no neighbours"):
        await service.merge(WEST, 1, {"north-5": 1}, chief(), check=False)
    with pytest.raises(BadRequest, match="one parent"):
        await service.merge(WEST, 1, {"south-1": 1}, chief(), check=False)
    with pytest.raises(BadRequest, match="below it"):
        await service.merge(Part(id="north", name="n", code=None), 1, {"south": 1}, chief(), check=False)
