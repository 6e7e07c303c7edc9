"""The figures: summed as incidents change, the same as recomputed from the log, and nobody else's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg import sql
from psycopg_pool import AsyncConnectionPool

from dispatch.incidents.actor import Actor
from dispatch.incidents.desk import at_the_desk
from dispatch.incidents.model import replayed
from insight.statistics.behind_store import BehindStore, Which
from insight.statistics.conditions import FIGURES
from insight.statistics.highlights import changes, outliers
from insight.statistics.model import CLOCKS, COUNTS, EDGES, Question, quantile
from insight.statistics.rollup_store import rebuild
from insight.statistics.service import StatisticsService
from insight.statistics.store import Scope
from registry.api.problems import BadRequest, NotFound
from tests.dispatch.world import KIND, NOON, World, found_world
from tests.insight.callers import caller_of

ZONE = "Asia/Shanghai"
YEAR = (date(NOON.year, 1, 1), date(NOON.year + 1, 1, 1))


@pytest.fixture
async def world(pool: AsyncConnectionPool) -> World:
    return await found_world(pool)


def service_of(world: World) -> StatisticsService:
    return StatisticsService(world.pool, lambda: world.now, ZONE)


async def asked(world: World, by: str = "dora", **query: Any) -> dict[str, Any]:
    return await service_of(world).summary(caller_of(world, by), Question(**query))


async def of_the_year(world: World, **query: Any) -> dict[str, Any]:
    """What the sums tell of it: nothing that depends on the moment."""
    found = await asked(world, **{"begins": YEAR[0], "ends": YEAR[1]} | query)
    found["totals"].pop("overdue")
    return found | {"summed_at": None}


async def behind(world: World, by: str = "dora", limit: int = 100, after: int = 0, **which: Any) -> list[str]:
    """Ids of the incidents behind a figure."""
    rows = await service_of(world).behind(caller_of(world, by), Question(), Which(**which), after=after, limit=limit)
    return [row["id"] for row in rows]


async def a_day(world: World) -> None:
    """Some incidents of every fate over hours."""
    closed = await world.fed_back()
    await world.assignments.verify(closed["id"], world["sue"], None, True, "seen")
    await world.incidents.close(closed["id"], world["dora"], None, "solved")
    world.later(hours=9)
    rejected = await world.report(source="hotline")
    await world.incidents.reject(rejected["id"], world["dora"], None, "not ours")
    sent_back = await world.fed_back("bo")
    await world.assignments.verify(sent_back["id"], world["sue"], None, False, "not done")
    late = await world.report()
    world.later(minutes=6)
    await world.incidents.escalate(late["id"], world["dora"], None, "nobody looked")
    await world.report(drill=True)


async def kinds_of(world: World, **group: str) -> dict[int, str]:
    """Keys and codes of the kinds of that category or class."""
    ((column, value),) = group.items()
    async with world.pool.connection() as connection:
        cursor = await connection.execute(
            sql.SQL("SELECT key, code FROM incident_kinds WHERE {} = %s").format(sql.Identifier(column)), (value,)
        )
        return dict(await cursor.fetchall())


async def subjects_of(world: World, organisation: str) -> int:
    """How many sorts of sums it has."""
    async with world.pool.connection() as connection:
        cursor = await connection.execute(
            """SELECT count(DISTINCT subject) FROM statistics_sums
               WHERE organisation = (SELECT key FROM organisations WHERE id = %s)""",
            (organisation,),
        )
        ((found,),) = await cursor.fetchall()
        return int(found)


async def summed_months(world: World) -> list[date]:
    """Their first days."""
    async with world.pool.connection() as connection:
        cursor = await connection.execute("SELECT month FROM statistics_months WHERE summed ORDER BY month")
        return [month for (month,) in await cursor.fetchall()]


async def from_the_log(
    world: World, kinds: Container[int] | None = None
) -> tuple[Counter[str], dict[str, list[float]]]:  # fmt: skip
    """Counts and times of all incidents, or of those of some kinds, from nothing but incident_log."""
    async with world.pool.connection() as connection:
        cursor = await connection.execute("SELECT incident, after FROM incident_log ORDER BY incident, version")
        entries: dict[int, list[dict[str, Any]]] = {}
        for incident, after in await cursor.fetchall():
            entries.setdefault(incident, []).append(after)
    counts: Counter[str] = Counter()
    times: dict[str, list[float]] = {clock: [] for clock in CLOCKS}
    for one in map(replayed, entries.values()):
        if one["drill"] or (kinds is not None and one["kind"] not in kinds):
            continue
        closed = one["state"] == "closed"
        counts.update(
            reported=1, closed=closed, on_time=closed and one["marks"] == 0, late=one["marks"] > 0,
            still_open=one["ended_at"] is None, rejected=one["state"] == "rejected", merged=one["state"] == "merged",
            escalated=one["escalations"] > 0, sent_back=one["sent_back"] > 0,
        )  # fmt: skip
        for clock, (begin, end) in CLOCKS.items():
            if one[begin] and one[end] and (clock != "resolution" or closed):
                took = datetime.fromisoformat(one[end]) - datetime.fromisoformat(one[begin])
                times[clock].append(took.total_seconds())
    return counts, times


async def test_every_figure_is_the_one_recomputed_from_the_log(world: World) -> None:
    await a_day(world)
    await service_of(world).sum_changed()
    counts, times = await from_the_log(world)
    found = await asked(world)
    assert {name: found["totals"][name] for name in counts} == dict(counts)
    assert counts["closed"] == counts["rejected"] == counts["sent_back"] == counts["late"] == 1
    for clock, seconds in times.items():
        rows = Counter(max((edge for edge in (0.0, *EDGES) if edge <= one), default=0.0) for one in seconds)
        assert {row["from_s"]: row["incidents"] for row in found["times"][clock]} == dict(rows)
    assert sum(found["sources"].values()) == sum(found["hours"]) == counts["reported"]


async def test_behind_every_figure_are_as_many_incidents_as_it_says(world: World) -> None:
    await a_day(world)
    await service_of(world).sum_changed()
    found = await asked(world)
    for figure in FIGURES:
        assert len(await behind(world, figure=figure)) == found["totals"][figure], figure
    for source, count in found["sources"].items():
        assert len(await behind(world, source=source)) == count
    for hour, count in enumerate(found["hours"]):
        assert len(await behind(world, hour=hour)) == count
    for clock, rows in found["times"].items():
        for row in rows:
            above = min(edge for edge in EDGES if edge > row["from_s"])
            told = await behind(world, clock=clock, from_s=row["from_s"], to_s=above)
            assert len(told) == row["incidents"], clock
        assert len(await behind(world, clock=clock, from_s=0)) == sum(row["incidents"] for row in rows)
        assert await behind(world, clock=clock, to_s=0) == []
    assert await behind(world, "wes") == []


async def test_the_list_behind_a_figure_goes_on_where_it_ended(world: World) -> None:
    ids = [(await world.report())["id"] for _ in range(3)]
    first = await service_of(world).behind(caller_of(world), Question(), Which(), after=0, limit=2)
    rest = await behind(world, after=first[-1]["key"])
    assert [*(row["id"] for row in first), *rest] == ids[::-1]


@pytest.mark.parametrize("limit", [1, 100])
async def test_of_many_places_only_days_that_have_such_incidents_are_read_and_nothing_is_missed(
    world: World, limit: int
) -> None:
    await a_day(world)
    for hours in (50, 71):
        world.later(hours=hours)
        await world.report(source="hotline")
        waiting = await world.report()
        world.later(minutes=4)
        await world.incidents.accept(waiting["id"], world["dora"], None)
    await service_of(world).sum_changed()
    await world.report(source="hotline")  # not summed yet
    asking = [
        *(Which(source=source) for source in ("hotline", "dispatcher", "device")),
        *(Which(hour=hour, figure=figure) for hour in (20, 21, 5, 3) for figure in ("reported", "late", "closed")),
        *(Which(priority=priority) for priority in (3, 4)),
        *(Which(clock=clock, from_s=0, to_s=15) for clock in CLOCKS),
        *(Which(clock=clock, from_s=60) for clock in CLOCKS),
    ]
    for which in asking:
        assert await pages(world, which, limit, many=0) == await pages(world, which, limit, many=10**6), which
    assert len(await pages(world, Which(source="hotline"), limit, many=0)) == 4


async def pages(world: World, which: Which, limit: int, *, many: int) -> list[int]:
    """Keys of the incidents behind a figure, page by page."""
    scope = Scope(
        organisation=caller_of(world).organisation, kinds=None, subjects=(0,), begins=NOON.date(),
        ends=NOON.date() + timedelta(days=30),
    )  # fmt: skip
    found: list[int] = []
    async with world.pool.connection() as connection:
        store = BehindStore(connection, ZONE, world.now, many=many)
        while rows := await store.page(scope, which, after=found[-1] if found else 0, limit=limit):
            found += [row["key"] for row in rows]
    return found


async def test_what_was_escalated_to_the_top_in_vain_is_still_overdue(world: World) -> None:
    told = await world.report()
    assert (await asked(world))["totals"]["overdue"] == 0
    world.later(minutes=6)
    assert (await asked(world))["totals"]["overdue"] == 1
    for _ in range(4):
        async with at_the_desk(world.pool, Actor(name="worker"), world.now) as desk:
            for late in await desk.store.overdue(world.now, 10):
                await desk.escalate(late, note="nobody looked")
        world.later(hours=1)
    assert (await world.incidents.find(told["id"], world["dora"]))["due_at"] is None
    assert (await asked(world))["totals"]["overdue"] == 1
    assert await behind(world, figure="overdue") == [told["id"]]


async def test_an_incident_that_closes_weeks_later_changes_its_own_day_once(world: World) -> None:
    told = await world.fed_back()
    assert await service_of(world).sum_changed() == 1
    assert await service_of(world).sum_changed() == 0
    world.later(days=20)
    await world.assignments.verify(told["id"], world["sue"], None, True, "seen")
    await world.incidents.close(told["id"], world["dora"], None, "solved")
    assert await service_of(world).sum_changed() == 1
    found = await asked(world, begins=NOON.date(), ends=NOON.date() + timedelta(days=1))
    assert (found["totals"]["reported"], found["totals"]["closed"], found["totals"]["still_open"]) == (1, 1, 0)


async def test_a_rebuild_finds_the_same(world: World) -> None:
    await a_day(world)
    await service_of(world).sum_changed()
    before = await asked(world)
    async with world.pool.connection() as connection:
        await rebuild(connection, ZONE, world.now)
    assert await asked(world) == before


@pytest.mark.parametrize("organisation", ["east", "one"])
async def test_a_group_of_kinds_is_their_sum_and_as_the_log_says(world: World, organisation: str) -> None:
    await a_day(world)
    await world.report(kind="E0101")
    await service_of(world).sum_changed()
    groups = {"category": "component"}, {"category": "event"}, {"class_": "city appearance"}, {"class_": "test"}
    for group in groups:
        kinds = await kinds_of(world, **{name.strip("_"): value for name, value in group.items()})
        found = await asked(world, organisation=organisation, **group)
        counts, times = await from_the_log(world, kinds)
        assert counts["reported"]
        assert {name: found["totals"][name] for name in counts} == dict(counts)
        assert {clock: sum(row["incidents"] for row in rows) for clock, rows in found["times"].items()} == {
            clock: len(seconds) for clock, seconds in times.items()
        }
        assert {one["code"] for one in found["kinds"]} <= set(kinds.values())
        for name in COUNTS:
            assert sum(one[name] for one in found["kinds"]) == found["totals"][name]
    assert (await asked(world, category="event", class_="test"))["totals"]["reported"] == 0


async def test_only_large_organisations_have_sums_of_groups(world: World) -> None:
    await world.report()
    await service_of(world).sum_changed()
    assert (await subjects_of(world, "east"), await subjects_of(world, "one")) == (4, 2)


async def test_a_kind_that_moves_to_another_category_takes_its_figures_along(world: World) -> None:
    await world.report()
    await service_of(world).sum_changed()
    assert (await asked(world, category="component"))["totals"]["reported"] == 1
    async with world.pool.connection() as connection:
        await connection.execute("UPDATE incident_kinds SET category = 'event', class = 'new' WHERE code = %s", (KIND,))
    await service_of(world).sum_changed()
    for group, reported in (({"category": "component"}, 0), ({"category": "event"}, 1), ({"class_": "new"}, 1)):
        assert (await asked(world, **group))["totals"]["reported"] == reported


async def test_a_summed_month_tells_what_its_days_told(world: World) -> None:
    await a_day(world)
    world.later(days=20)
    await world.report()
    await service_of(world).sum_changed()
    questions: list[dict[str, Any]] = [
        {}, {"category": "component"}, {"kind": KIND}, {"organisation": "one"}, {"organisation": "main"},
        {"organisation": "main", "class_": "test"}, {"organisation": "one", "kind": KIND},
        {"begins": YEAR[0] - timedelta(1000)}
    ]  # fmt: skip
    in_days = [await of_the_year(world, **question) for question in questions]
    assert await summed_months(world) == []
    world.later(hours=1)
    while len(await summed_months(world)) < 2:
        await service_of(world).sum_changed()
    assert [await of_the_year(world, **question) for question in questions] == in_days


async def test_a_change_is_told_before_its_month_is_summed_again(world: World) -> None:
    told = await world.report()
    await service_of(world).sum_changed()
    world.later(hours=1)
    await service_of(world).sum_changed()
    assert len(await summed_months(world)) == 1
    await world.incidents.reject(told["id"], world["dora"], None, "not ours")
    await service_of(world).sum_changed()
    assert await summed_months(world) == []
    assert (await of_the_year(world))["totals"]["rejected"] == 1


async def test_days_are_those_of_the_zone(world: World) -> None:
    world.later(hours=5)  # 17:00 in UTC is 01:00 of the next day there
    await world.report()
    await service_of(world).sum_changed()
    found = await asked(world)
    assert [one["day"] for one in found["series"]] == [NOON.date() + timedelta(days=1)]
    assert found["hours"][1] == 1


async def test_it_is_divided_by_what_lies_below_and_by_kind(world: World) -> None:
    await world.report()
    await service_of(world).sum_changed()
    found = await asked(world, organisation="main")
    assert {one["id"]: one["reported"] for one in found["children"]} == {"one": 1, "two": 0}
    assert [one["code"] for one in found["kinds"]] == [KIND]
    assert (await asked(world, kind="C0101"))["totals"]["reported"] == 0
    assert (await asked(world, class_="test"))["totals"]["reported"] == 1


async def test_periods_before_the_first_report_are_not_held_against_todays(world: World) -> None:
    for _ in range(12):
        await world.report()
    await service_of(world).sum_changed()
    assert (await asked(world))["totals"]["reported"] == 12
    assert (await asked(world))["highlights"] == []


async def test_nothing_of_another_district_is_told(world: World) -> None:
    await world.report()
    await service_of(world).sum_changed()
    assert (await asked(world, by="wes"))["totals"]["reported"] == 0
    with pytest.raises(NotFound):
        await asked(world, by="wes", organisation="one")
    with pytest.raises(BadRequest):
        await asked(world, begins=NOON.date(), ends=NOON.date())


@given(st.lists(st.floats(0, 1e6), min_size=1), st.sampled_from([0.5, 0.9]))
def test_a_quantile_lies_in_the_row_that_holds_it(seconds: list[float], share: float) -> None:
    rows = Counter(sum(edge <= one for edge in EDGES) for one in seconds)
    found = quantile(rows, share)
    assert found is not None
    exact = sorted(seconds)[max(0, -(-int(share * 100) * len(seconds) // 100) - 1)]
    row = sum(edge <= exact for edge in EDGES)
    begin = 0.0 if row == 0 else EDGES[row - 1]
    assert begin <= found <= EDGES[min(row, len(EDGES) - 1)]


NAMES = {"a": ("A", "甲"), **{one: (one, one) for one in "bcde"}}


@given(st.lists(st.integers(0, 9), min_size=4, max_size=8))
def test_small_numbers_do_not_shout(counts: list[int]) -> None:
    assert changes("kind", {"a": counts}, NAMES) == []


@given(st.integers(10, 1_000), st.integers(4, 8))
def test_a_number_that_triples_is_said_with_its_figures(usual: int, periods: int) -> None:
    (found,) = changes("kind", {"a": [usual] * (periods - 1) + [usual * 3]}, NAMES)
    assert str(usual * 3) in found.text_en
    assert f"{usual:g}" in found.text_zh
    assert changes("kind", {"a": [usual] * periods}, NAMES) == []


def test_a_change_is_said_in_plain_words() -> None:
    (more,) = changes("kind", {"a": [2, 3, 2, 3, 26]}, NAMES)
    assert (more.text_en, more.text_zh) == (
        "A: 26 incidents reported, more than the usual 2.", "甲:上报26件,多于往常的2件。",
    )  # fmt: skip
    (new,) = changes("kind", {"a": [0, 1, 0, 1, 26]}, NAMES)
    assert (new.text_en, new.text_zh) == (
        "A: 26 incidents reported, where there were hardly any before.", "甲:上报26件,以往几乎没有。",
    )  # fmt: skip
    (less,) = changes("kind", {"a": [40, 40, 40, 40, 1]}, NAMES)
    assert (less.text_en, less.text_zh) == (
        "A: 1 incident reported, fewer than the usual 40.", "甲:上报1件,少于往常的40件。",
    )  # fmt: skip


def test_an_organisation_unlike_its_peers_is_said() -> None:
    peers = {one: (90 + row, 100) for row, one in enumerate("bcde")}
    (found,) = outliers(peers | {"a": (20, 100)}, NAMES)
    assert found.subject == "a"
    assert "20%" in found.text_en
    assert outliers(peers | {"a": (1, 9)}, NAMES) == []
