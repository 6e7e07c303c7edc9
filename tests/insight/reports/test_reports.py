"""Reports on schedule: due at local hours, made once, with the page's figures, for those who may see them."""

from __future__ import annotations

import asyncio
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg_pool import AsyncConnectionPool

from insight.reports.model import MOST_MISSED, Every, days_before, due_after
from insight.reports.service import ReportService
from insight.statistics.service import StatisticsService
from registry.api.problems import Conflict, NotFound
from tests.dispatch.world import NOON, World, found_world
from tests.insight.callers import caller_of
from tests.insight.statistics.test_statistics import ZONE

DRAFT: dict[str, Any] = {
    "organisation": "main", "name": "晨报", "every": "day", "at_hour": 6, "language": "zh", "kind": None, "class": None,
    "category": None,
}  # fmt: skip
MOMENTS = st.integers(1_600_000_000, 2_200_000_000).map(lambda one: datetime.fromtimestamp(one, UTC))


@pytest.fixture
async def world(pool: AsyncConnectionPool) -> World:
    return await found_world(pool)


def service_of(world: World) -> ReportService:
    return ReportService(world.pool, lambda: world.now, StatisticsService(world.pool, lambda: world.now, ZONE))


async def made(world: World, by: str = "dora") -> list[dict[str, Any]]:
    return list(await service_of(world).reports(caller_of(world, by), schedule=None, before=0, limit=100))


async def test_a_report_is_made_when_it_is_due_and_holds_the_figures_of_the_page(world: World) -> None:
    await world.report()
    await StatisticsService(world.pool, lambda: world.now, ZONE).sum_changed()
    schedule = await service_of(world).add(caller_of(world), DRAFT)
    assert await service_of(world).round() == 0
    world.now = schedule["next_at"]
    assert await service_of(world).round() == 1
    (report,) = await made(world)
    assert (report["begins"], report["ends"]) == (NOON.date(), NOON.date() + timedelta(days=1))
    name, data = await service_of(world).file(caller_of(world), report["id"], "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    head, whole, *below = sheet.iter_rows(values_only=True)
    assert dict(zip(head, whole, strict=True)) | {"id": "main", "reported": 1} == dict(zip(head, whole, strict=True))
    assert {row[0] for row in below} == {"one", "two"}
    assert name == f"main {NOON.date()}.xlsx"
    _, pdf = await service_of(world).file(caller_of(world), report["id"], "pdf")
    assert pdf.startswith(b"%PDF-")
    assert b"NotoSansSC" in pdf  # embedded: it is read where no Chinese font is installed


async def test_of_two_servers_one_makes_it(world: World) -> None:
    schedule = await service_of(world).add(caller_of(world), DRAFT)
    world.now = schedule["next_at"] + timedelta(minutes=1)
    assert sum(await asyncio.gather(*(service_of(world).round() for _ in range(4)))) == 1
    assert len(await made(world)) == 1
    assert await service_of(world).round() == 0


async def test_what_was_missed_is_made_up_for_but_not_without_end(world: World) -> None:
    await service_of(world).add(caller_of(world), DRAFT)
    world.later(days=40)
    assert await service_of(world).round() == MOST_MISSED + 1
    days = sorted(row["begins"] for row in await made(world))
    assert days[-1] == world.now.astimezone(ZoneInfo(ZONE)).date() - timedelta(days=1)


async def test_a_report_made_now_is_not_made_again(world: World) -> None:
    schedule = await service_of(world).add(caller_of(world), DRAFT | {"every": "month"})
    await service_of(world).make_now(caller_of(world), schedule["id"])
    with pytest.raises(Conflict):
        await service_of(world).make_now(caller_of(world), schedule["id"])
    assert [row["begins"] for row in await made(world)] == [date(2026, 10, 1)]


async def test_a_stopped_schedule_makes_nothing(world: World) -> None:
    schedule = await service_of(world).add(caller_of(world), DRAFT)
    stopped = await service_of(world).change(caller_of(world), schedule["id"], 1, {"active": False})
    assert stopped["next_at"] is None
    world.later(days=2)
    assert await service_of(world).round() == 0
    with pytest.raises(Conflict):
        await service_of(world).change(caller_of(world), schedule["id"], 1, {"active": True})
    changes = {"active": True, "at_hour": 7, "every": Every.WEEK}
    on = await service_of(world).change(caller_of(world), schedule["id"], 2, changes)
    assert on["every"] == "week"
    assert on["next_at"].astimezone(ZoneInfo(ZONE)).hour == 7


async def test_nothing_of_another_district_is_told(world: World) -> None:
    schedule = await service_of(world).add(caller_of(world), DRAFT)
    report = await service_of(world).make_now(caller_of(world), schedule["id"])
    wes = caller_of(world, "wes")
    assert await made(world, "wes") == []
    assert await service_of(world).schedules(wes, before=0, limit=10) == []
    for refused in (
        service_of(world).file(wes, report, "pdf"), service_of(world).make_now(wes, schedule["id"]),
        service_of(world).remove(wes, schedule["id"]), service_of(world).change(wes, schedule["id"], 1, {"name": "x"}),
        service_of(world).add(wes, DRAFT),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            await refused
    await service_of(world).remove(caller_of(world), schedule["id"])
    assert await made(world) == []


@given(st.sampled_from(Every), st.integers(0, 23), MOMENTS)
def test_the_next_is_later_at_that_hour_and_tells_of_whole_days_before(
    every: Every, hour: int, moment: datetime
) -> None:
    due = due_after(every, hour, moment, ZONE)
    local = due.astimezone(ZoneInfo(ZONE))
    begins, ends = days_before(every, local.date())
    assert due > moment
    assert (local.hour, local.minute) == (hour, 0)
    assert ends == local.date()
    assert begins < ends
    assert due_after(every, hour, due, ZONE) > due
    assert days_before(every, due_after(every, hour, due, ZONE).astimezone(ZoneInfo(ZONE)).date())[0] == ends


@pytest.mark.parametrize(
    ("every", "begins", "ends"),
    [("day", "2026-11-24", "2026-11-25"), ("week", "2026-11-16", "2026-11-23"), ("month", "2026-10-01", "2026-11-01")],
)
def test_days_are_those_of_the_last_whole_period(every: str, begins: str, ends: str) -> None:
    assert days_before(Every(every), date(2026, 11, 25)) == (date.fromisoformat(begins), date.fromisoformat(ends))
