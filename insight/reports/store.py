"""SQL of schedules and of the reports that were made, always below the caller's organisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

from insight.reports.model import MOST_REPORTS, Every, Language, Schedule
from insight.scope import SEEN

__all__ = ["ReportStore", "Row", "schedule_of"]

Row = dict[str, Any]

_SCHEDULES = """SELECT s.key, s.id, s.organisation AS organisation_key, o.id AS organisation,
                       o.name AS organisation_name, s.name, s.every, s.at_hour, s.language, s.kind, s.class, s.category,
                       s.by_name, s.version, s.next_at
                FROM report_schedules s JOIN organisations o ON o.key = s.organisation"""
_SEEN = f"{_SCHEDULES} WHERE s.organisation {SEEN}"
_REPORTS = f"""FROM reports r JOIN report_schedules s ON s.key = r.schedule
               JOIN organisations o ON o.key = r.organisation
               WHERE r.organisation {SEEN}"""


class ReportStore:
    """Over one connection; the caller ends its transaction. scope: the key of the caller's organisation."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def count(self, organisation: int) -> int:
        """Schedules of an organisation (key); nobody adds another meanwhile."""
        await self._connection.execute("SELECT FROM organisations WHERE key = %s FOR UPDATE", (organisation,))
        rows = await self._rows(
            "SELECT count(*) AS n FROM report_schedules WHERE organisation = %(key)s", {"key": organisation}
        )
        return int(rows[0]["n"])

    async def add(self, schedule: Mapping[str, Any]) -> str:
        """Store one: the table's columns but key, id and version. Its id."""
        rows = await self._rows(
            f"""INSERT INTO report_schedules (key, id, {", ".join(schedule)})
                SELECT n, 'RS-' || n, {", ".join(f"%({name})s" for name in schedule)}
                FROM nextval(pg_get_serial_sequence('report_schedules', 'key')) AS n RETURNING id""",
            schedule,
        )
        return str(rows[0]["id"])

    async def schedules(self, scope: int, *, before: int, limit: int) -> list[Row]:
        """The newest first."""
        return await self._rows(
            f"{_SEEN} AND (%(before)s = 0 OR s.key < %(before)s) ORDER BY s.key DESC LIMIT %(limit)s",
            {"scope": scope, "before": before, "limit": limit},
        )

    async def find(self, schedule: str, scope: int, *, lock: bool = False) -> Row | None:
        """One below the scope."""
        locked = "FOR UPDATE OF s" if lock else ""
        rows = await self._rows(f"{_SEEN} AND s.id = %(id)s {locked}", {"id": schedule, "scope": scope})
        return rows[0] if rows else None

    async def change(self, key: int, changes: Mapping[str, Any]) -> None:
        """Set columns; the version rises."""
        columns = ", ".join(f"{name} = %({name})s" for name in changes)
        await self._connection.execute(
            f"UPDATE report_schedules SET {columns}, version = version + 1 WHERE key = %(key)s".encode(),
            dict(changes) | {"key": key},
        )

    async def remove(self, key: int) -> None:
        """A schedule and the reports made by it."""
        await self._connection.execute("DELETE FROM report_schedules WHERE key = %s", (key,))

    async def due(self, now: datetime) -> Schedule | None:
        """The one that has been due for longest."""
        rows = await self._rows(f"{_SCHEDULES} WHERE s.next_at <= %(now)s ORDER BY s.next_at LIMIT 1", {"now": now})
        return schedule_of(rows[0]) if rows else None

    async def advance(self, schedule: Schedule, next_at: datetime) -> bool:
        """The report is made, and the next is due then; False: somebody else made it, or the schedule was changed."""
        cursor = await self._connection.execute(
            "UPDATE report_schedules SET next_at = %s WHERE key = %s AND next_at = %s",
            (next_at, schedule.key, schedule.next_at),
        )
        return cursor.rowcount == 1

    async def keep(self, report: Mapping[str, Any]) -> str | None:
        """Store one: the table's columns but key and id. Its id, None where those days are told of already."""
        rows = await self._rows(
            f"""INSERT INTO reports (key, id, {", ".join(report)})
                SELECT n, 'RP-' || n, {", ".join(f"%({name})s" for name in report)}
                FROM nextval(pg_get_serial_sequence('reports', 'key')) AS n
                ON CONFLICT (schedule, begins) DO NOTHING RETURNING id""",
            report,
        )
        await self._connection.execute(
            """DELETE FROM reports WHERE key IN (
                   SELECT key FROM reports WHERE schedule = %s ORDER BY begins DESC OFFSET %s)""",
            (report["schedule"], MOST_REPORTS),
        )
        return str(rows[0]["id"]) if rows else None

    async def reports(self, scope: int, *, schedule: str | None, before: int, limit: int) -> Sequence[Row]:
        """What was made, the newest first, without the files."""
        return await self._rows(
            f"""SELECT r.key, r.id, s.id AS schedule, o.id AS organisation, o.name AS organisation_name, r.name,
                       r.begins, r.ends, r.made_at, length(r.pdf) AS pdf_bytes, length(r.xlsx) AS xlsx_bytes {_REPORTS}
                  AND (%(before)s = 0 OR r.key < %(before)s) AND (%(schedule)s::text IS NULL OR s.id = %(schedule)s)
                ORDER BY r.key DESC LIMIT %(limit)s""",
            {"scope": scope, "schedule": schedule, "before": before, "limit": limit},
        )

    async def file(self, report: str, scope: int, kind: str) -> tuple[str, bytes] | None:
        """Its name and bytes. kind: pdf or xlsx."""
        assert kind in ("pdf", "xlsx")
        rows = await self._rows(
            f"SELECT o.id || ' ' || r.begins AS name, r.{kind} AS file {_REPORTS} AND r.id = %(id)s",
            {"id": report, "scope": scope},
        )
        return (f"{rows[0]['name']}.{kind}", bytes(rows[0]["file"])) if rows else None

    async def _rows(self, query: str, values: Mapping[str, Any]) -> list[Row]:
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query.encode(), values)
            return await cursor.fetchall()


def schedule_of(row: Row) -> Schedule:
    """As the worker takes it."""
    return Schedule(
        key=row["key"], organisation=row["organisation_key"], organisation_id=row["organisation"], name=row["name"],
        every=Every(row["every"]), at_hour=row["at_hour"], language=Language(row["language"]), kind=row["kind"],
        class_=row["class"], category=row["category"], next_at=row["next_at"],
    )  # fmt: skip
