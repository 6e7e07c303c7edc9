"""SQL of the figures: sums over the roll-ups, always below the caller's organisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

from insight.statistics.conditions import WHERE_OVERDUE
from insight.statistics.model import COUNTS

__all__ = ["Scope", "StatisticsStore"]

_SUMS = ", ".join(f"coalesce(sum({name}), 0)::bigint AS {name}" for name in COUNTS)
_KINDS = "(%(kinds)s::int[] IS NULL AND kind = 0 OR kind = ANY(%(kinds)s::int[]))"
_DAYS = "day >= %(begins)s AND day < %(ends)s"
# Which of the periods of the same length a day lies in: 0 the one asked for, 1 the one before it, and so on.
_BACK = "(%(ends)s::date - 1 - day) / %(length)s"
_LONG_DAYS = "day >= %(earliest)s AND day < %(ends)s"
_STOCK = ("people", "households", "buildings", "houses", "places", "things", "establishments")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is asked for. organisation: key; kinds: keys, None all; days from begins up to ends, without it."""

    organisation: int
    kinds: tuple[int, ...] | None
    begins: date
    ends: date

    def values(self, before: int = 0) -> dict[str, Any]:
        """As the queries take it. before: so many periods of the same length, too."""
        length = self.ends - self.begins
        return {
            "organisation": self.organisation, "kinds": None if self.kinds is None else list(self.kinds),
            "begins": self.begins, "ends": self.ends, "length": length.days, "earliest": self.begins - before * length,
        }  # fmt: skip


class StatisticsStore:
    """Figures over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def organisation(self, caller: int, wanted: str | None) -> Row | None:
        """key, id, name, level of the organisation asked for (None: the caller's own), if the caller may see it."""
        rows = await self._rows(
            """SELECT o.key, o.id, o.name, o.level FROM organisations o
               JOIN organisation_closure c ON c.descendant = o.key AND c.ancestor = %(caller)s
               WHERE o.id = %(wanted)s OR (%(wanted)s::text IS NULL AND o.key = %(caller)s)""",
            {"caller": caller, "wanted": wanted},
        )
        return rows[0] if rows else None

    async def kinds(self) -> list[Row]:
        """The catalogue, retired ones too."""
        return await self._rows("SELECT key, code, category, class, name_en, name_zh FROM incident_kinds", {})

    async def totals(self, scope: Scope, before: int) -> list[Row]:
        """The counts of the whole, a row a period that has any: back 0 is the one asked for."""
        return await self._rows(
            f"""SELECT {_BACK} AS back, {_SUMS} FROM statistics_days
                WHERE organisation = %(organisation)s AND {_KINDS} AND {_LONG_DAYS} GROUP BY back""",
            scope.values(before),
        )

    async def by_time(self, scope: Scope, bucket: str) -> list[Row]:
        """Counts by day, week (of Monday) or month, in order."""
        return await self._rows(
            f"""SELECT date_trunc(%(bucket)s, day)::date AS day, {_SUMS} FROM statistics_days
                WHERE organisation = %(organisation)s AND {_KINDS} AND {_DAYS} GROUP BY 1 ORDER BY 1""",
            scope.values() | {"bucket": bucket},
        )

    async def by_kind(self, scope: Scope, before: int) -> list[Row]:
        """Counts by kind (key) and period."""
        return await self._rows(
            f"""SELECT kind, {_BACK} AS back, {_SUMS} FROM statistics_days
                WHERE organisation = %(organisation)s AND kind <> 0
                  AND (%(kinds)s::int[] IS NULL OR kind = ANY(%(kinds)s::int[])) AND {_LONG_DAYS}
                GROUP BY kind, back""",
            scope.values(before),
        )

    async def children(self, organisation: int) -> list[Row]:
        """key, id, name, level of the organisations below that have a territory's level."""
        return await self._rows(
            """SELECT key, id, name, level FROM organisations WHERE parent = %(organisation)s AND level <> 'department'
               ORDER BY id""",
            {"organisation": organisation},
        )

    async def by_child(self, scope: Scope, children: Sequence[int], before: int) -> list[Row]:
        """Counts by organisation (key) and period."""
        return await self._rows(
            f"""SELECT organisation, {_BACK} AS back, {_SUMS} FROM statistics_days
                WHERE organisation = ANY(%(children)s) AND {_KINDS} AND {_LONG_DAYS} GROUP BY organisation, back""",
            scope.values(before) | {"children": list(children)},
        )

    async def parts(self, scope: Scope, before: int) -> list[Row]:
        """back, code, incidents: hours, sources, priorities and histograms, by period."""
        return await self._rows(
            f"""SELECT back, code, sum(incidents)::bigint AS incidents FROM (
                    SELECT {_BACK} AS back, u.* FROM statistics_days
                    CROSS JOIN LATERAL unnest(codes || responses, code_counts || response_counts) AS u (code, incidents)
                    WHERE organisation = %(organisation)s AND {_KINDS} AND {_LONG_DAYS}) parts GROUP BY back, code""",
            scope.values(before),
        )

    async def responses(self, scope: Scope, children: Sequence[int]) -> list[Row]:
        """Organisation (key), code, incidents: the response times of each organisation below."""
        return await self._rows(
            f"""SELECT organisation, u.code, sum(u.incidents)::bigint AS incidents FROM statistics_days
                CROSS JOIN LATERAL unnest(responses, response_counts) AS u (code, incidents)
                WHERE organisation = ANY(%(children)s) AND {_KINDS} AND {_DAYS} GROUP BY 1, 2""",
            scope.values() | {"children": list(children)},
        )

    async def overdue(self, scope: Scope, now: datetime) -> int:
        """Open incidents of which a limit ran out, whenever reported."""
        rows = await self._rows(
            f"""SELECT count(*) AS n FROM incidents i WHERE {WHERE_OVERDUE} AND NOT i.drill
                 AND (%(kinds)s::int[] IS NULL OR i.kind = ANY(%(kinds)s::int[]))
                 AND i.place_organisation IN
                     (SELECT descendant FROM organisation_closure WHERE ancestor = %(organisation)s)""",
            scope.values() | {"now": now},
        )
        return int(rows[0]["n"])

    async def stock(self, organisation: int) -> Mapping[str, int]:
        """How many people, households, … and members on duty there are now."""
        counts = [
            f"""(SELECT count(*) FROM {table} t WHERE t.ended_at IS NULL AND t.organisation IN
                (SELECT descendant FROM organisation_closure WHERE ancestor = %(organisation)s)) AS {table}"""
            for table in _STOCK
        ]
        rows = await self._rows(
            f"""SELECT {", ".join(counts)}, (SELECT count(*) FROM members m WHERE m.on_duty AND m.organisation IN
                (SELECT descendant FROM organisation_closure WHERE ancestor = %(organisation)s)) AS members_on_duty""",
            {"organisation": organisation},
        )
        return rows[0]

    async def summed_at(self) -> datetime | None:
        """When the worker last looked."""
        rows = await self._rows("SELECT summed_at FROM statistics_state", {})
        found: datetime | None = rows[0]["summed_at"]
        return found

    async def _rows(self, query: str, values: Mapping[str, Any]) -> list[Row]:
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query.encode(), values)
            return await cursor.fetchall()
