"""SQL of themes: what belongs to them, and incidents counted by them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

from registry.scope.queries import BELOW_ASKED, BELOW_SCOPE

__all__ = ["ThemeStore", "period_of"]

Row = dict[str, Any]

_THEME = "t.code, t.version, t.name_en, t.name_zh, t.classes, t.kinds"
_OVERDUE = "i.ended_at IS NULL AND (i.marks > 0 OR i.due_at <= %(now)s)"
_COUNTS = f"""count(i.key) AS reported, count(*) FILTER (WHERE i.state = 'closed') AS closed,
    count(*) FILTER (WHERE i.state = 'closed' AND i.marks = 0) AS on_time,
    count(i.key) FILTER (WHERE i.ended_at IS NULL) AS open, count(*) FILTER (WHERE {_OVERDUE}) AS overdue"""
"""As the statistics count them."""
_INCIDENTS = f"""SELECT i.*, b.theme FROM incidents i JOIN kind_themes b ON b.kind = i.kind
    WHERE i.reported_at >= (%(begins)s::date)::timestamp AT TIME ZONE %(zone)s
      AND i.reported_at < (%(ends)s::date + 1)::timestamp AT TIME ZONE %(zone)s AND NOT i.drill
      AND i.place_organisation IN {BELOW_SCOPE}
      AND (%(organisation)s::text IS NULL OR i.place_organisation IN {BELOW_ASKED})"""
_OF_THEME = f"({_INCIDENTS} AND b.theme = %(theme)s)"


def period_of(
    scope: int, organisation: str | None, begins: date, ends: date, zone: str, now: datetime
) -> dict[str, Any]:
    """What is counted, as the queries take it. scope: key; organisation: id; days, both included, of that zone."""
    return {"scope": scope, "organisation": organisation, "begins": begins, "ends": ends, "zone": zone, "now": now}


class ThemeStore:
    """Over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, code: str, *, lock: bool = False) -> Row | None:
        """The one of that code."""
        rows = await self._rows(
            f"SELECT {_THEME} FROM themes t WHERE t.code = %(code)s {'FOR UPDATE' if lock else ''}", {"code": code}
        )
        return rows[0] if rows else None

    async def change(self, code: str, changes: Mapping[str, Any]) -> None:
        """Write names, classes and kinds."""
        await self._connection.execute(
            """UPDATE themes SET name_en = %(name_en)s, name_zh = %(name_zh)s, classes = %(classes)s,
                                 kinds = %(kinds)s, version = version + 1 WHERE code = %(code)s""",
            dict(changes) | {"code": code},
        )

    async def unknown(self, classes: list[str], kinds: list[str]) -> list[str]:
        """Those that the catalogue has not."""
        rows = await self._rows(
            """SELECT c AS word FROM unnest(%(classes)s::text[]) c WHERE c NOT IN (SELECT class FROM incident_kinds)
               UNION ALL
               SELECT k FROM unnest(%(kinds)s::text[]) k WHERE k NOT IN (SELECT code FROM incident_kinds)""",
            {"classes": classes, "kinds": kinds},
        )
        return [row["word"] for row in rows]

    async def all(self, period: Mapping[str, Any]) -> list[Row]:
        """Every theme and its counts, in order."""
        return await self._rows(
            f"""SELECT {_THEME}, {_COUNTS} FROM themes t LEFT JOIN ({_INCIDENTS}) i ON i.theme = t.code
                GROUP BY t.code ORDER BY t.position, t.code""",
            period,
        )

    async def without(self, period: Mapping[str, Any]) -> int:
        """Incidents of kinds that belong to no theme."""
        rows = await self._rows(f"SELECT count(*) AS n FROM ({_INCIDENTS} AND b.theme IS NULL) i", period)
        return int(rows[0]["n"])

    async def by_kind(self, period: Mapping[str, Any]) -> list[Row]:
        """Counts of a theme's kinds, the most frequent first, 30 at most."""
        return await self._rows(
            f"""SELECT k.code, k.name_en, k.name_zh, {_COUNTS} FROM {_OF_THEME} i
                JOIN incident_kinds k ON k.key = i.kind
                GROUP BY k.key ORDER BY reported DESC, k.code LIMIT 30""",
            period,
        )

    async def grids(self, period: Mapping[str, Any]) -> list[Row]:
        """Where it happens most, 12 at most: what is open counts before what was reported."""
        return await self._rows(
            f"""SELECT o.id, o.name, o.level, {_COUNTS} FROM {_OF_THEME} i
                JOIN organisations o ON o.key = i.place_organisation
                GROUP BY o.key ORDER BY reported DESC, open DESC, o.id LIMIT 12""",
            period,
        )

    async def open(self, period: Mapping[str, Any]) -> list[Row]:
        """Open incidents, overdue and urgent ones first, 50 at most."""
        return await self._rows(
            f"""SELECT i.id, i.state, i.priority, k.name_en, k.name_zh, i.address, o.name AS organisation_name,
                       i.reported_at, i.due_at, {_OVERDUE} AS overdue
                FROM {_OF_THEME} i JOIN incident_kinds k ON k.key = i.kind
                JOIN organisations o ON o.key = i.place_organisation
                WHERE i.ended_at IS NULL ORDER BY overdue DESC, i.priority, i.reported_at LIMIT 50""",
            period,
        )

    async def _rows(self, query: str, values: Mapping[str, Any]) -> list[Row]:
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query.encode(), dict(values))
            return await cursor.fetchall()
