"""Schedules, and the reports made by them.

Theory of operation. A worker takes the schedule that has been due for longest, asks for its figures and writes the
files, then in one transaction moves the schedule on and stores the report, if the schedule is still due at that very
moment: of two servers that did the same, one finds it moved on and drops its work. What was not stored is still due, so
a restart loses nothing; of what was missed meanwhile, the first and the newest MOST_MISSED are made.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from psycopg_pool import AsyncConnectionPool

from dispatch.exports.service import xlsx_of
from insight.reports.model import MOST_MISSED, MOST_SCHEDULES, Every, Schedule, due_after
from insight.reports.store import ReportStore, Row, schedule_of
from insight.statistics.service import StatisticsService
from insight.statistics.store import StatisticsStore
from insight.statistics.table import COLUMNS, rows_of
from registry.api.problems import Conflict, NotFound
from registry.api.route import Caller, Role
from registry.idempotency.queries import claim, keep

__all__ = ["ReportService"]

_A_PERIOD = {Every.DAY: timedelta(days=1), Every.WEEK: timedelta(days=7), Every.MONTH: timedelta(days=31)}


class ReportService:
    """now: aware UTC."""

    def __init__(self, pool: AsyncConnectionPool, now: Callable[[], datetime], statistics: StatisticsService) -> None:
        self._pool, self._now, self._statistics, self._zone = pool, now, statistics, statistics.zone

    async def schedules(self, caller: Caller, *, before: int, limit: int) -> Sequence[Row]:
        """Those below the caller, the newest first."""
        async with self._pool.connection() as connection:
            return await ReportStore(connection).schedules(caller.organisation, before=before, limit=limit)

    async def add(self, caller: Caller, draft: Mapping[str, Any], *, idempotency_key: str | None = None) -> Row:
        """A new schedule: api.ScheduleIn's fields. Raises Conflict, NotFound."""
        async with self._pool.connection() as connection:
            store = ReportStore(connection)
            made = await claim(connection, caller.user, idempotency_key, "report schedule")
            if made is None:
                about = await StatisticsStore(connection).organisation(caller.organisation, draft["organisation"])
                if about is None:
                    raise NotFound(f"there is no organisation {draft['organisation']!r} that you may see")
                if await store.count(about["key"]) >= MOST_SCHEDULES:
                    raise Conflict(f"{about['id']} has {MOST_SCHEDULES} schedules: remove one first")
                next_at = due_after(Every(draft["every"]), draft["at_hour"], self._now(), self._zone)
                made = await store.add(
                    dict(draft) | {"organisation": about["key"], "by_name": caller.name, "next_at": next_at}
                )
                await keep(connection, caller.user, idempotency_key, made)
            return _there(await store.find(made, caller.organisation), made)

    async def change(self, caller: Caller, schedule: str, version: int, changes: Mapping[str, Any]) -> Row:
        """Change it; active: whether more are made. Raises Conflict, NotFound."""
        async with self._pool.connection() as connection:
            store = ReportStore(connection)
            found = _there(await store.find(schedule, caller.organisation, lock=True), schedule)
            if found["version"] != version:
                raise Conflict(f"you saw version {version}; it is {found['version']}: read it again")
            await store.change(found["key"], self._moved(found, dict(changes)))
            return _there(await store.find(schedule, caller.organisation), schedule)

    def _moved(self, found: Row, changes: dict[str, Any]) -> dict[str, Any]:
        """With next_at as it is from now on."""
        active = changes.pop("active", found["next_at"] is not None)
        after = found | changes
        due = due_after(Every(after["every"]), after["at_hour"], self._now(), self._zone)
        return changes | {"next_at": due if active else None}

    async def remove(self, caller: Caller, schedule: str) -> None:
        """With all that was made by it. Raises NotFound."""
        async with self._pool.connection() as connection:
            store = ReportStore(connection)
            found = _there(await store.find(schedule, caller.organisation, lock=True), schedule)
            await store.remove(found["key"])

    async def make_now(self, caller: Caller, schedule: str) -> str:
        """The report of the last whole period, at once; its id. Raises Conflict where it is there already, NotFound."""
        async with self._pool.connection() as connection:
            found = _there(await ReportStore(connection).find(schedule, caller.organisation), schedule)
        report = await self._made(schedule_of(found), self._now())
        async with self._pool.connection() as connection:
            made = await ReportStore(connection).keep(report)
        if made is None:
            raise Conflict(f"{schedule} has made the report of {report['begins']} already")
        return made

    async def reports(self, caller: Caller, *, schedule: str | None, before: int, limit: int) -> Sequence[Row]:
        """What was made, the newest first."""
        async with self._pool.connection() as connection:
            return await ReportStore(connection).reports(
                caller.organisation, schedule=schedule, before=before, limit=limit
            )

    async def file(self, caller: Caller, report: str, kind: str) -> tuple[str, bytes]:
        """Its name and bytes. Raises NotFound."""
        async with self._pool.connection() as connection:
            found = await ReportStore(connection).file(report, caller.organisation, kind)
        if found is None:
            raise NotFound(f"there is no report {report!r} that you may see")
        return found

    async def round(self) -> int:
        """The worker's part: make what is due; how many were made here."""
        made = 0
        while True:
            async with self._pool.connection() as connection:
                schedule = await ReportStore(connection).due(self._now())
            if schedule is None:
                return made
            made += await self._make(schedule)

    async def _make(self, schedule: Schedule) -> bool:
        assert schedule.next_at is not None, "it is due"
        report = await self._made(schedule, schedule.next_at)
        following = due_after(schedule.every, schedule.at_hour, schedule.next_at, self._zone)
        missed = due_after(
            schedule.every, schedule.at_hour, self._now() - MOST_MISSED * _A_PERIOD[schedule.every], self._zone
        )
        async with self._pool.connection() as connection:
            store = ReportStore(connection)
            if not await store.advance(schedule, max(following, missed)):
                return False
            return await store.keep(report) is not None

    async def _made(self, schedule: Schedule, due: datetime) -> dict[str, Any]:
        """A row of reports."""
        reader = Caller(
            user=0, name="reports", role=Role.OBSERVER, organisation=schedule.organisation,
            organisation_id=schedule.organisation_id,
        )  # fmt: skip
        found = await self._statistics.summary(reader, schedule.question(due, self._zone))
        return {
            "schedule": schedule.key, "organisation": schedule.organisation, "name": schedule.name,
            "begins": found["since"], "ends": found["until"], "made_at": self._now(),
            "pdf": await asyncio.to_thread(_pdf_of, schedule, found, self._now()), "xlsx": await _workbook(found),
        }  # fmt: skip


def _pdf_of(schedule: Schedule, found: Mapping[str, Any], made_at: datetime) -> bytes:
    from insight.reports.pdf import pdf_of  # reportlab takes 0.2 s, which a start does not wait for

    return pdf_of(schedule, found, made_at)


async def _workbook(found: Mapping[str, Any]) -> bytes:
    rows = [row | {"key": number} for number, row in enumerate(rows_of(found), start=1)]

    async def page(behind: int, limit: int) -> Sequence[Mapping[str, Any]]:
        return rows[behind : behind + limit]

    return b"".join([chunk async for chunk in xlsx_of(COLUMNS, page)])


def _there(found: Row | None, schedule: str) -> Row:
    if found is None:
        raise NotFound(f"there is no schedule {schedule!r} that you may see")
    return found
