"""Coverage: kept as positions come, the same as recomputed from them one by one, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import psycopg
import pytest
from psycopg_pool import AsyncConnectionPool

from insight.coverage.model import LONGEST_STAY_S, MOST_HOURS, resolution_for
from insight.coverage.service import CoverageService
from registry.api.problems import BadRequest, NotFound
from tests.dispatch.world import NOON, World, found_world
from tests.insight.callers import caller_of
from tracker.geo.cells import cells_of, cells_within, parents_of, with_neighbours
from tracker.history.partitions import ensure_days

ZONE = "Asia/Shanghai"
HOME = (26.005, 119.305)
"""In grid one, as tests/dispatch/world.py draws it."""
NEXT_DOOR = (26.005, 119.315)
"""In grid two."""


@dataclass(frozen=True)
class Seen:
    """A position of a member (id) in the store."""

    member: str
    at: datetime
    cell: int
    mock: bool = False


@pytest.fixture
async def world(pool: AsyncConnectionPool, database_url: str) -> World:
    world = await found_world(pool)
    async with pool.connection() as connection:
        await connection.execute("INSERT INTO devices (id, member) SELECT 'phone-' || id, key FROM members")
    with psycopg.connect(database_url, autocommit=True) as connection:
        ensure_days(connection, [(NOON - timedelta(days=days)).date() for days in range(-1, 4)])
    return world


def walk(
    member: str, place: tuple[float, float], *, start: datetime, fixes: int, every_s: float = 30, mock: bool = False
) -> list[Seen]:
    """Northwards from a place, 10 m a step."""
    latitude = np.asarray(place[0] + np.arange(fixes) * 1e-4, np.float64)
    cells = cells_of(latitude, np.full(fixes, place[1]))
    return [
        Seen(member, start + timedelta(seconds=every_s * step), int(cell), mock)
        for step, cell in enumerate(cells.tolist())
    ]


async def stored(world: World, seen: Iterable[Seen], *, late: bool = False) -> None:
    """As writers store them; late: they note the hours."""
    async with world.pool.connection() as connection:
        for one in seen:
            await connection.execute(
                """INSERT INTO positions (device, fix_time, received_at, latitude, longitude, distance, cell, member,
                                          attributes)
                   SELECT d.key, %(at)s, %(at)s, 0, 0, 0, %(cell)s, d.member,
                          CASE WHEN %(mock)s THEN '{"mock": true}'::jsonb END
                   FROM devices d WHERE d.id = 'phone-' || %(member)s""",
                vars(one),
            )
            if late:
                await connection.execute("INSERT INTO coverage_changes SELECT date_trunc('hour', %s)", (one.at,))


async def on_shift(world: World, member: str, starts_at: datetime, ends_at: datetime) -> None:
    async with world.pool.connection() as connection:
        await connection.execute(
            """WITH made AS (INSERT INTO shifts (id, organisation, name, starts_at, ends_at)
                             SELECT 'S', organisation, 'day', %s, %s FROM members WHERE id = %s RETURNING key)
               INSERT INTO shift_members (shift, member) SELECT made.key, m.key FROM made, members m WHERE m.id = %s""",
            (starts_at, ends_at, member, member),
        )


def service_of(world: World) -> CoverageService:
    return CoverageService(world.pool, lambda: world.now, ZONE)


async def members(world: World, by: str = "dora", organisation: str | None = None) -> dict[str, dict[str, Any]]:
    rows = await service_of(world).members(caller_of(world, by), organisation, None, None, after=0, limit=100)
    return {row["id"]: row for row in rows}


async def cells(world: World, by: str = "dora", organisation: str | None = None, **query: Any) -> dict[str, Any]:
    defaults: dict[str, Any] = {"begins": None, "ends": None, "resolution": None}
    return await service_of(world).cells(caller_of(world, by), organisation, **defaults | query)


async def posts(world: World) -> dict[str, set[int]]:
    """Cells where each member is on post: of his organisation's territory, and those that touch it."""
    async with world.pool.connection() as connection:
        cursor = await connection.execute(
            "SELECT m.id, o.territory FROM members m JOIN organisations o ON o.key = m.organisation"
        )
        return {member: with_neighbours(cells_within(territory)) for member, territory in await cursor.fetchall()}


def recomputed(
    seen: Sequence[Seen], post: dict[str, set[int]], shift: tuple[datetime, datetime]
) -> dict[str, dict[str, Any]]:
    """By member, one position after the other."""
    found: dict[str, dict[str, Any]] = {}
    for one in seen:
        later = [other.at for other in seen if other.member == one.member and other.at > one.at]
        stay = (min(later) - one.at).total_seconds() if later else 0
        stay = stay if stay <= LONGEST_STAY_S else 0
        off = shift[0] <= one.at < shift[1] and one.cell not in post[one.member]
        row = found.setdefault(one.member, {"cells": set(), "dwell_s": 0.0, "off_post_s": 0.0, "mock": 0})
        row["cells"].add(one.cell)
        row["dwell_s"] += stay
        row["off_post_s"] += stay if off else 0
        row["mock"] += one.mock
    return found


async def test_every_figure_is_the_one_recomputed_from_the_positions(world: World) -> None:
    begin = NOON - timedelta(hours=3, minutes=7)
    shift = (begin, begin + timedelta(hours=2))
    at_once = [
        *walk("anna", HOME, start=begin, fixes=200), *walk("bo", HOME, start=begin, fixes=20, every_s=600),
        *walk("anna", (26.005, 119.34), start=begin + timedelta(hours=1, minutes=50), fixes=60, mock=True),
    ]  # fmt: skip
    late = walk("cui", NEXT_DOOR, start=NOON - timedelta(days=1), fixes=90)
    await on_shift(world, "anna", *shift)
    await stored(world, at_once)
    await service_of(world).sum_changed()
    await stored(world, late, late=True)
    assert await service_of(world).sum_changed() > 0
    expected = recomputed([*at_once, *late], await posts(world), shift)
    assert expected["anna"]["off_post_s"] > 0
    found = await members(world)
    for member, row in expected.items():
        assert found[member]["cells"] == len(row["cells"])
        for name in ("dwell_s", "off_post_s", "mock"):
            assert found[member][name] == pytest.approx(row[name]), (member, name)
    assert (found["anna"]["off_post_s"], found["bo"]["off_post_s"]) == (expected["anna"]["off_post_s"], 0)
    told = await cells(world)
    visited = {one.cell for one in [*at_once, *late]}
    assert told["totals"]["visited"] == len(visited & {row["cell"] for row in told["items"]})
    assert {row["cell"] for row in told["items"] if row["last_visit"] is not None} <= visited


async def test_a_rebuild_finds_the_same(world: World) -> None:
    await stored(world, walk("anna", HOME, start=NOON - timedelta(days=3), fixes=300))
    await service_of(world).rebuild()
    before = await cells(world), await members(world)
    async with world.pool.connection() as connection:
        await connection.execute("UPDATE coverage_hours SET dwell_s = 1; UPDATE coverage_days SET dwell_s = 1")
    assert await service_of(world).rebuild() >= 72
    assert (await cells(world), await members(world)) == before
    assert before[1]["anna"]["dwell_s"] == 299 * 30


async def test_a_backlog_is_taken_in_pieces(world: World) -> None:
    await stored(world, walk("anna", HOME, start=NOON - timedelta(days=3), fixes=3))
    rounds = [await service_of(world).sum_changed() for _ in range(6)]
    assert max(rounds) == MOST_HOURS
    assert sum(rounds) >= 72
    assert rounds[-1] == 3  # the running hour, and what may have been under way


async def test_days_are_those_of_the_zone(world: World) -> None:
    start = datetime.combine(date(2026, 11, 22), datetime.min.time(), NOON.tzinfo) + timedelta(hours=17)
    await stored(world, walk("anna", HOME, start=start, fixes=5))
    await service_of(world).rebuild()
    on, before = date(2026, 11, 23), date(2026, 11, 22)
    assert (await cells(world, begins=on, ends=date(2026, 11, 24)))["totals"]["visits"] > 0
    assert (await cells(world, begins=before, ends=on))["totals"]["visits"] == 0


async def test_a_territory_has_all_its_cells_and_coarser_ones_hold_the_same(world: World) -> None:
    await stored(world, walk("anna", HOME, start=NOON - timedelta(hours=1), fixes=60))
    await service_of(world).sum_changed()
    fine, coarse = await cells(world, organisation="one"), await cells(world, organisation="one", resolution=8)
    async with world.pool.connection() as connection:
        cursor = await connection.execute("SELECT territory FROM organisations WHERE id = 'one'")
        ((territory,),) = await cursor.fetchall()
    held = cells_within(territory)
    assert {row["cell"] for row in fine["items"]} == held
    parents = parents_of(np.array(sorted(held), np.uint64), 8)
    assert {row["cell"] for row in coarse["items"]} == set(parents.tolist())
    assert coarse["totals"] == pytest.approx(fine["totals"])
    assert 0 < fine["totals"]["visited"] < fine["totals"]["cells"]


async def test_gaps_are_where_nobody_was_for_so_long(world: World) -> None:
    await stored(world, walk("anna", HOME, start=NOON - timedelta(hours=30), fixes=60))
    await service_of(world).rebuild()
    lately = {row["id"]: row for row in await service_of(world).gaps(caller_of(world), "main", 24, 10)}
    longer = {row["id"]: row for row in await service_of(world).gaps(caller_of(world), "main", 48, 10)}
    assert lately["one"]["missed"] == lately["one"]["cells"]
    assert (
        lately["one"]["missed"] - longer["one"]["missed"]
        == (await cells(world, organisation="one"))["totals"]["visited"]
    )
    assert longer["two"]["missed"] == longer["two"]["cells"]


async def test_a_territory_drawn_anew_is_learnt(world: World) -> None:
    await service_of(world).sum_changed()
    before = (await cells(world, organisation="one"))["totals"]["cells"]
    async with world.pool.connection() as connection:
        await connection.execute(
            """UPDATE organisations SET territory = (SELECT territory FROM organisations WHERE id = 'one'),
                      version = version + 1 WHERE id = 'two'"""
        )
    await service_of(world).sum_changed()
    told = [(await cells(world, organisation=one))["totals"]["cells"] for one in ("one", "two")]
    assert told == [before, 0]  # the first of a level holds them


async def test_nothing_of_another_district_is_told(world: World) -> None:
    await stored(world, walk("anna", HOME, start=NOON - timedelta(hours=1), fixes=10))
    await service_of(world).sum_changed()
    assert set(await members(world, "wes")) == {"dan"}
    assert (await cells(world, "wes"))["totals"]["visited"] == 0
    for ask in (cells(world, "wes", "one"), members(world, "wes", "one")):
        with pytest.raises(NotFound):
            await ask
    with pytest.raises(NotFound):
        await service_of(world).gaps(caller_of(world, "wes"), "one", 1, 10)
    with pytest.raises(BadRequest):
        await cells(world, begins=date(2026, 1, 1), ends=date(2026, 12, 31))


def test_a_larger_territory_is_told_in_larger_cells() -> None:
    assert [resolution_for(cells) for cells in (3_000, 20_000, 140_000, 10**9)] == [10, 9, 8, 5]
