from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from psycopg_pool import AsyncConnectionPool
from pydantic import ValidationError

from registry.api.problems import BadRequest, NotFound
from registry.api.route import Route
from registry.devices.queries import changed_devices
from tests.tracker.history.city import a_caller, answer, found_city, route_of
from tests.tracker.live.builders import NOON, SECOND, a_row, rows_of
from tracker.geo.cells import cells_of
from tracker.live.api import routes
from tracker.live.service import LiveService
from tracker.live.table import LiveTable

CITY, NORTH, SOUTH = a_caller(1), a_caller(2), a_caller(3)
NOW = NOON + 3 * SECOND


async def live_side(pool: AsyncConnectionPool) -> LiveService:
    """Anna in the north, moving; Bo in the south, 1.1 km further north; both known to the registry."""
    await found_city(pool)
    service = LiveService(LiveTable(stale_after_s=60, silent_after_s=600), now=lambda: NOW, clock=lambda: 0.0)
    async with pool.connection() as connection:
        devices, _ = await changed_devices(connection, None)
    service.describe(devices)
    cells = cells_of(np.array([51.1, 51.11]), np.array([71.4, 71.4])).tolist()
    service.take(
        rows_of(a_row(1, moving=1, speed=1.25, cell=cells[0]), a_row(2, latitude=51.11, cell=cells[1], battery=0.5))
    )
    service.look()
    return service


@pytest.fixture
async def table(pool: AsyncConnectionPool) -> list[Route]:
    return routes(await live_side(pool), pool, lambda: NOW)


def members(said: Any) -> list[str]:
    return [one["member"] for one in said["items"]]


async def test_positions_tell_who_where_and_how_old(table: list[Route]) -> None:
    said = await answer(route_of(table, "/positions"), {}, caller=CITY)
    assert members(said) == ["anna", "bo"]
    anna = said["items"][0]
    assert (anna["name"], anna["post"], anna["organisation"], anna["device"]) == ("Anna", "patrol", "north", "phone-1")
    assert (anna["latitude"], anna["speed"], anna["course"], anna["age_s"]) == (51.1, 1.25, None, 3.0)
    assert (anna["presence"], anna["silence"], anna["moving"]) == ("online", None, True)
    assert said["next"] is None


async def test_a_caller_sees_only_his_subtree(table: list[Route]) -> None:
    for path, query in (("/positions", {}), ("/nearest", {"lat": 51.1, "lon": 71.4})):
        assert members(await answer(route_of(table, path), query, caller=NORTH)) == ["anna"]
        assert members(await answer(route_of(table, path), query, caller=SOUTH)) == ["bo"]
    density = await answer(route_of(table, "/positions/density"), {"resolution": 6}, caller=SOUTH)
    assert sum(cell["count"] for cell in density["items"]) == 1


@pytest.mark.parametrize("path", ["/positions", "/positions/density", "/nearest"])
async def test_an_organisation_elsewhere_does_not_exist(table: list[Route], path: str) -> None:
    query = {"organisation": "south"} | ({"lat": 51, "lon": 71} if path == "/nearest" else {})
    await answer(route_of(table, path), query, caller=CITY)
    with pytest.raises(NotFound, match="south"):
        await answer(route_of(table, path), query, caller=NORTH)


async def test_sql_decides_even_when_the_live_table_is_behind(pool: AsyncConnectionPool) -> None:
    table = routes(await live_side(pool), pool, lambda: NOW)
    async with pool.connection() as connection:
        await connection.execute("UPDATE members SET organisation = 3 WHERE id = 'anna'")
    assert members(await answer(route_of(table, "/positions"), {}, caller=NORTH)) == []
    assert members(await answer(route_of(table, "/nearest"), {"lat": 51.1, "lon": 71.4}, caller=NORTH)) == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"status": "moving"}, ["anna"]),
        ({"status": "stopped"}, ["bo"]),
        ({"status": "online"}, ["anna", "bo"]),
        ({"status": "silent"}, []),
        ({"bbox": "71,51.05,72,51.105"}, ["anna"]),
        ({"bbox": "72,51,71.5,52"}, ["anna", "bo"]),
        ({"bbox": "71.3,51.105,71.5,52", "organisation": "south"}, ["bo"]),
    ],
)
async def test_positions_are_narrowed(table: list[Route], query: dict[str, str], expected: list[str]) -> None:
    # 72 to 71.5 goes round the world and leaves only half a degree out
    assert members(await answer(route_of(table, "/positions"), query, caller=CITY)) == expected


async def test_pages_follow_each_other(table: list[Route]) -> None:
    route = route_of(table, "/positions")
    first = await answer(route, {"limit": 1}, caller=CITY)
    second = await answer(route, {"limit": 1, "cursor": first["next"]}, caller=CITY)
    assert members(first) + members(second) == ["anna", "bo"]
    assert second["next"] is None
    with pytest.raises(BadRequest, match="cursor"):
        await answer(route, {"cursor": "!"}, caller=CITY)


async def test_the_members_of_a_dense_cell_can_be_listed(table: list[Route]) -> None:
    density = await answer(route_of(table, "/positions/density"), {"resolution": 9}, caller=CITY)
    assert sorted(cell["count"] for cell in density["items"]) == [1, 1]
    found = [
        members(await answer(route_of(table, "/positions"), {"cell": cell["cell"]}, caller=CITY))
        for cell in density["items"]
    ]
    assert sorted(found) == [["anna"], ["bo"]]
    boundary = density["items"][0]["boundary"]
    assert boundary[0] == boundary[-1]
    assert len(boundary) in (6, 7)


async def test_the_nearest_come_with_metres_and_reasons(table: list[Route]) -> None:
    said = await answer(route_of(table, "/nearest"), {"lat": 51.12, "lon": 71.4}, caller=CITY)
    assert members(said) == ["bo", "anna"]
    assert said["items"][0]["metres"] == pytest.approx(1111.95, abs=0.01)
    assert said["items"][0]["reasons"] == ["1.1 km away", "position 3 s old", "on duty", "standing"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"post": "patrol"}, ["anna"]),
        ({"status": "stopped"}, ["bo"]),
        ({"on_duty": "false"}, []),
        ({"k": "1"}, ["anna"]),
        ({"organisation": "south"}, ["bo"]),
    ],
)
async def test_the_nearest_are_narrowed(table: list[Route], query: dict[str, str], expected: list[str]) -> None:
    said = await answer(route_of(table, "/nearest"), {"lat": 51.1, "lon": 71.4} | query, caller=CITY)
    assert members(said) == expected


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/positions", {"bbox": "1,2,3"}),
        ("/positions", {"bbox": "1,2,3,nan"}),
        ("/positions", {"bbox": "1,3,2,2"}),
        ("/positions", {"bbox": "1,-91,2,2"}),
        ("/positions", {"cell": "zebra"}),
        ("/positions", {"cell": "1"}),
        ("/positions", {"status": "asleep"}),
        ("/nearest", {"lat": "91", "lon": "0"}),
        ("/nearest", {"lat": "nan", "lon": "0"}),
        ("/nearest", {"lat": "1", "lon": "0", "k": "201"}),
        ("/positions/density", {"resolution": "15"}),
    ],
)
def test_questions_that_cannot_be_understood_are_refused(path: str, query: dict[str, str]) -> None:
    route = route_of(routes(None, None, lambda: NOW), path)  # type: ignore[arg-type]  # never asked
    assert route.query is not None
    with pytest.raises(ValidationError):
        route.query.model_validate(query)
