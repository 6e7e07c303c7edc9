"""Territories drawn anew against the database: what fits is stored, what does not is told, and neighbours give way."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from psycopg_pool import AsyncConnectionPool
from shapely.geometry import shape

from dispatch.incidents.moving.service import IncidentMover
from registry.api.problems import BadRequest, Conflict, NotFound
from registry.api.route import Role
from registry.organisations.model import ROOT_KEY, Level, OrganisationDraft
from registry.organisations.service import OrganisationService
from registry.organisations.store import OrganisationStore
from tests.gridwarden.web.house import a_caller
from tests.registry.two_districts import NORTH, SOUTH, found_two_districts
from tracker.territories.borders.service import BorderService, Redrawn


def a_box(west: float, east: float, south: float = 26.0, north: float = 26.01) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.fixture
async def service(pool: AsyncConnectionPool) -> BorderService:
    """North-1 and north-2 share a border at 119.31; a building stands on each side of it."""
    await found_two_districts(pool)
    organisations = OrganisationService(pool)
    await organisations.change("north", {"territory": a_box(119.30, 119.32)}, caller=ROOT_KEY)
    await organisations.change("north-1", {"territory": a_box(119.30, 119.31)}, caller=ROOT_KEY)
    draft = OrganisationDraft(
        id="north-2", parent="north", level=Level.GRID, name="Two", code=None, territory=a_box(119.31, 119.32)
    )
    await organisations.add(draft, caller=ROOT_KEY)
    async with pool.connection() as connection:
        await connection.execute(
            """INSERT INTO buildings (id, organisation, latitude, longitude)
               SELECT 'b-' || o.id, o.key, 26.005, place FROM organisations o JOIN
                   (VALUES ('north-1', 119.309::float8), ('north-2', 119.311)) AS p (id, place) ON p.id = o.id"""
        )
    return BorderService(pool, IncidentMover(lambda: datetime.now(UTC)).move)


async def version_of(pool: AsyncConnectionPool, organisation: str) -> int:
    async with pool.connection() as connection:
        found = await OrganisationStore(connection).find(ROOT_KEY, organisation)
    assert found is not None
    return found.version


async def draw(service: BorderService, pool: AsyncConnectionPool, territory: object, **about: Any) -> Redrawn:
    said: dict[str, Any] = {"version": await version_of(pool, "north-1"), "neighbours": False, "check": False} | about
    caller = said.pop("caller", a_caller(Role.ADMINISTRATOR, ROOT_KEY))
    return await service.draw("north-1", territory, caller, **said)


async def territories(pool: AsyncConnectionPool) -> dict[str, Any]:
    async with pool.connection() as connection:
        found = await connection.execute("SELECT id, territory FROM organisations WHERE id LIKE 'north-%'")
        return {name: shape(area) for name, area in await found.fetchall()}


async def test_an_overlap_and_a_gap_are_told_by_a_check_and_refused(
    service: BorderService, pool: AsyncConnectionPool
) -> None:
    before = await territories(pool)
    over = await draw(service, pool, a_box(119.30, 119.312), check=True)
    assert [(one.kind, {one.organisation, one.other}) for one in over.faults] == [("overlap", {"north-1", "north-2"})]
    under = await draw(service, pool, a_box(119.30, 119.308), check=True)
    assert [(one.kind, one.organisation) for one in under.faults] == [("gap", "north")]
    beyond = await draw(service, pool, a_box(119.29, 119.31), check=True)
    assert [(one.kind, one.organisation, one.other) for one in beyond.faults] == [("outside", "north-1", "north")]
    with pytest.raises(BadRequest, match="overlap by"):
        await draw(service, pool, a_box(119.30, 119.312))
    assert await territories(pool) == before


async def test_neighbours_give_way_and_what_stands_there_goes_along(
    service: BorderService, pool: AsyncConnectionPool
) -> None:
    found = await draw(service, pool, a_box(119.30, 119.312), neighbours=True)
    assert not found.faults
    (neighbour,) = found.neighbours
    assert (neighbour.kin.id, neighbour.moved["buildings"]) == ("north-2", 1)
    now = await territories(pool)
    assert now["north-1"].intersection(now["north-2"]).area == pytest.approx(0)
    assert now["north-2"].bounds == pytest.approx((119.312, 26.0, 119.32, 26.01))
    back = await draw(service, pool, a_box(119.30, 119.308), neighbours=True)
    assert back.neighbours[0].moved["buildings"] == 2
    async with pool.connection() as connection:
        homes = await connection.execute(
            "SELECT b.id, o.id FROM buildings b JOIN organisations o ON o.key = b.organisation"
        )
        assert dict(await homes.fetchall()) == {"b-north-1": "north-2", "b-north-2": "north-2"}
        log = await connection.execute("SELECT DISTINCT action FROM territory_log WHERE note LIKE '%drawn anew%'")
        assert await log.fetchall() == [("change",)]


async def test_a_check_of_neighbours_stores_nothing(service: BorderService, pool: AsyncConnectionPool) -> None:
    before = await territories(pool)
    found = await draw(service, pool, a_box(119.30, 119.312), neighbours=True, check=True)
    assert found.neighbours[0].moved["buildings"] == 1
    assert await territories(pool) == before


async def test_a_fault_that_was_there_before_is_no_reason_to_refuse(
    service: BorderService, pool: AsyncConnectionPool
) -> None:
    wider = {"territory": a_box(119.30, 119.34)}
    await OrganisationService(pool).change("north", wider, caller=ROOT_KEY)
    found = await draw(service, pool, a_box(119.30, 119.31, 26.0, 26.01))
    assert not found.faults


async def test_who_may_not_or_saw_an_older_one_draws_nothing(service: BorderService, pool: AsyncConnectionPool) -> None:
    with pytest.raises(NotFound):
        await draw(service, pool, a_box(119.30, 119.31), caller=a_caller(Role.ADMINISTRATOR, SOUTH))
    with pytest.raises(BadRequest, match="redrawn from above"):
        await service.draw(
            "north", a_box(119.30, 119.31), a_caller(Role.ADMINISTRATOR, NORTH), version=1, neighbours=False, check=True
        )
    with pytest.raises(Conflict):
        await draw(service, pool, a_box(119.30, 119.31), version=99)
    bow = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    for wrong in ({"type": "Point", "coordinates": [1, 2]}, bow, {}):
        with pytest.raises(BadRequest):
            await draw(service, pool, wrong)
