"""The incidents behind a figure: the same conditions as the sums, read from the incidents themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

from insight.statistics.conditions import FIGURES, TOOK
from insight.statistics.model import midnight
from insight.statistics.store import Row, Scope

__all__ = ["BehindStore", "Which"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """figure: of conditions.FIGURES. hour: of the local day; clock: of model.CLOCKS, from from_s up to to_s seconds."""

    figure: str = "reported"
    source: str | None = None
    priority: int | None = None
    hour: int | None = None
    clock: str | None = None
    from_s: float | None = None
    to_s: float | None = None

    def where(self) -> str:
        """In SQL over incidents i; takes this object's fields, zone and now."""
        clauses = [FIGURES[self.figure]]
        if self.figure != "overdue":  # which is of any day
            clauses.append("i.reported_at >= %(begins_at)s AND i.reported_at < %(ends_at)s")
        if self.source is not None:
            clauses.append("i.source = %(source)s")
        if self.priority is not None:
            clauses.append("i.priority = %(priority)s")
        if self.hour is not None:
            clauses.append("extract(hour FROM i.reported_at AT TIME ZONE %(zone)s) = %(hour)s")
        if self.clock is not None:
            took = TOOK[self.clock]
            clauses.append(f"{took} >= coalesce(%(from_s)s::float8, 0)")
            clauses.append(f"{took} < coalesce(%(to_s)s::float8, 'infinity')")
        return " AND ".join(clauses)


_PAGE = f"""
    SELECT i.key, i.id, k.code AS kind, k.name_en AS kind_en, k.name_zh AS kind_zh, i.state, i.priority, i.description,
           jsonb_build_object('id', o.id, 'name', o.name, 'level', o.level) AS place_organisation, i.reported_at,
           i.on_scene_at, i.ended_at, {TOOK["response"]} AS response_s, i.marks > 0 AS late, i.escalations, i.sent_back
    FROM (SELECT i.* FROM incidents i
          WHERE NOT i.drill AND i.place_organisation = ANY(%(organisations)s)
            AND (%(kinds)s::int[] IS NULL OR i.kind = ANY(%(kinds)s)) AND {{where}} AND {{after}}
          ORDER BY i.reported_at DESC, i.key DESC LIMIT %(limit)s) i
    JOIN incident_kinds k ON k.key = i.kind JOIN organisations o ON o.key = i.place_organisation
    ORDER BY i.reported_at DESC, i.key DESC"""  # of constants: values are bound
_AFTER = """(i.reported_at, i.key) < ((SELECT reported_at FROM incidents WHERE key = %(after)s), %(after)s)"""


class BehindStore:
    """Over one connection. zone: of the days, IANA."""

    def __init__(self, connection: AsyncConnection, zone: str, now: datetime) -> None:
        self._connection, self._zone, self._now = connection, zone, now

    async def page(self, scope: Scope, which: Which, *, after: int, limit: int) -> list[Row]:
        """Fields of api.BehindOut and key, the newest first; behind the one with key `after`, 0 from the newest."""
        query = _PAGE.format(where=which.where(), after=_AFTER if after else "true")
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query.encode(), await self._values(scope, which) | {"after": after, "limit": limit})
            return await cursor.fetchall()

    async def _values(self, scope: Scope, which: Which) -> dict[str, Any]:
        # As an array the planner sees how many places there are, and chooses its index by that.
        cursor = await self._connection.execute(
            "SELECT descendant FROM organisation_closure WHERE ancestor = %s", (scope.organisation,)
        )
        return scope.values() | {
            "organisations": [key for (key,) in await cursor.fetchall()], "zone": self._zone, "now": self._now,
            "begins_at": midnight(scope.begins, self._zone), "ends_at": midnight(scope.ends, self._zone),
            "source": which.source, "priority": which.priority, "hour": which.hour, "from_s": which.from_s,
            "to_s": which.to_s,
        }  # fmt: skip
