"""The incidents behind a figure: the same conditions as the sums, read from the incidents themselves.

Where many places are asked for a source, a priority, an hour or a time that something took, which no index knows, the
sums tell on which days there are such incidents, and only these days are read. Days that have changed since they were
summed are read, too, so nothing is missed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from psycopg import AsyncConnection
from psycopg.rows import dict_row

from insight.statistics.conditions import FIGURES, TOOK
from insight.statistics.model import EDGES, SOURCES, code_of, midnight
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

    def codes(self) -> list[tuple[str, list[int]]]:
        """Columns of statistics_sums, each with codes of which a day with such an incident has one."""
        said = {"hour": self.hour, "priority": self.priority}
        if self.source is not None:
            said["source"] = SOURCES.index(self.source) + 1
        found = [("codes", [code_of(part, value)]) for part, value in said.items() if value is not None]
        if self.clock is not None:
            first, last = bisect_right(EDGES, self.from_s or 0.0), len(EDGES)
            if self.to_s is not None:
                last = bisect_left(EDGES, self.to_s)
            column = "responses" if self.clock == "response" else "codes"
            found.append((column, [code_of(self.clock, row) for row in range(first, last + 1)]))
        return found


_PAGE = f"""
    SELECT i.key, i.id, k.code AS kind, k.name_en AS kind_en, k.name_zh AS kind_zh, i.state, i.priority, i.description,
           jsonb_build_object('id', o.id, 'name', o.name, 'level', o.level) AS place_organisation, i.reported_at,
           i.on_scene_at, i.ended_at, {TOOK["response"]} AS response_s, i.marks > 0 AS late, i.escalations, i.sent_back
    FROM (SELECT i.* FROM incidents i
          WHERE NOT i.drill AND i.place_organisation = ANY(%(organisations)s)
            AND (%(kinds)s::int[] IS NULL OR i.kind = ANY(%(kinds)s)) AND {{kind}} AND {{where}} AND {{after}}
          ORDER BY i.reported_at DESC, i.key DESC LIMIT %(limit)s) i
    JOIN incident_kinds k ON k.key = i.kind JOIN organisations o ON o.key = i.place_organisation
    ORDER BY i.reported_at DESC, i.key DESC"""  # of constants: values are bound
_AFTER = """(i.reported_at, i.key) < ((SELECT reported_at FROM incidents WHERE key = %(after)s), %(after)s)"""


# Newest first. A note of a change is on the list until the transaction that sums its day.
_DAYS = """
    SELECT DISTINCT day FROM (
        SELECT begins AS day FROM statistics_sums
        WHERE NOT monthly AND organisation = %(organisation)s AND subject = ANY(%(subjects)s) AND {where}
        UNION ALL SELECT (hour AT TIME ZONE %(zone)s)::date FROM statistics_changes WHERE hour IS NOT NULL
        UNION ALL
        SELECT ((hour + interval '59 min') AT TIME ZONE %(zone)s)::date FROM statistics_changes WHERE hour IS NOT NULL
    ) days
    WHERE day >= %(begins)s AND day < %(ends)s
      AND day <= coalesce(
          (SELECT reported_at AT TIME ZONE %(zone)s FROM incidents WHERE key = %(after)s), %(ends)s)::date
    ORDER BY day DESC"""
_MANY_PLACES = 200


class BehindStore:
    """Over one connection. zone: of the days, IANA. many: so many places, and days are chosen by their sums."""

    def __init__(self, connection: AsyncConnection, zone: str, now: datetime, *, many: int = _MANY_PLACES) -> None:
        self._connection, self._zone, self._now, self._many = connection, zone, now, many

    async def page(self, scope: Scope, which: Which, *, after: int, limit: int) -> list[Row]:
        """Fields of api.BehindOut and key, the newest first; behind the one with key `after`, 0 from the newest."""
        places = await self._places(scope.organisation)
        if len(places) < self._many or which.figure == "overdue" or not which.codes():
            return await self._read(scope, which, places, after, limit)
        found: list[Row] = []
        for day in await self._days(scope, which, after):
            one = replace(scope, begins=day, ends=day + timedelta(days=1))
            found += await self._read(one, which, places, after, limit - len(found))
            if len(found) == limit:
                break
        return found

    async def _read(self, scope: Scope, which: Which, places: list[int], after: int, limit: int) -> list[Row]:
        # Of one kind an index has the newest first: the planner sees that in an equation only.
        single = scope.kinds is not None and len(scope.kinds) == 1
        kind = "i.kind = (%(kinds)s::int[])[1]" if single else "true"
        query = _PAGE.format(kind=kind, where=which.where(), after=_AFTER if after else "true")
        values = scope.values() | {
            "organisations": places, "zone": self._zone, "now": self._now, "after": after, "limit": limit,
            "begins_at": midnight(scope.begins, self._zone), "ends_at": midnight(scope.ends, self._zone),
            "source": which.source, "priority": which.priority, "hour": which.hour, "from_s": which.from_s,
            "to_s": which.to_s,
        }  # fmt: skip
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            # A plan for values that are not known yet looks through years of what happened anywhere.
            await cursor.execute(query.encode(), values, prepare=False)
            return await cursor.fetchall()

    async def _days(self, scope: Scope, which: Which, after: int) -> list[date]:
        """That may have such incidents, the newest first."""
        met = which.codes()
        where = " AND ".join(f"{column} && %(codes_{row})s::smallint[]" for row, (column, _) in enumerate(met))
        cursor = await self._connection.execute(
            _DAYS.format(where=where).encode(),
            {f"codes_{row}": codes for row, (_, codes) in enumerate(met)}
            | {"organisation": scope.organisation, "subjects": list(scope.subjects), "zone": self._zone, "after": after,
               "begins": scope.begins, "ends": scope.ends},
        )  # fmt: skip
        return [day for (day,) in await cursor.fetchall()]

    async def _places(self, organisation: int) -> list[int]:
        """As an array the planner sees how many places there are, and chooses its index by that."""
        cursor = await self._connection.execute(
            "SELECT descendant FROM organisation_closure WHERE ancestor = %s", (organisation,)
        )
        return [key for (key,) in await cursor.fetchall()]
