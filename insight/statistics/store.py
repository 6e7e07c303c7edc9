"""SQL of the figures: sums over the roll-ups, always below the caller's organisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

from insight.statistics.conditions import WHERE_OVERDUE
from insight.statistics.model import COUNTS
from insight.statistics.pieces import pieces

__all__ = ["Scope", "StatisticsStore"]

_SUMS = ", ".join(f"coalesce(sum({name}), 0)::bigint AS {name}" for name in COUNTS)
# The rows of statistics_sums that a period and those before it are added up from (pieces.py).
_PIECES = """
    unnest(%(monthly)s::boolean[], %(begins)s::date[], %(ends)s::date[], %(back)s::int[])
        AS p (monthly, begins, ends, back)
    JOIN statistics_sums s ON s.monthly = p.monthly AND s.begins >= p.begins AND s.begins < p.ends
        AND s.organisation = ANY(%(organisations)s) AND s.subject = ANY(%(subjects)s)"""
_STOCK = ("people", "households", "buildings", "houses", "places", "things", "establishments")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is asked for. organisation: key; kinds: keys, None all; days from begins up to ends, without it.

    subjects: of the sums that together hold these kinds. months: that are summed, their first days; large: those of
    each kind, too (model.LARGE).
    """

    organisation: int
    kinds: tuple[int, ...] | None
    subjects: tuple[int, ...]
    begins: date
    ends: date
    months: frozenset[date] = frozenset()
    large: bool = True

    def in_days(self) -> Scope:
        """The same without sums of months."""
        return replace(self, months=frozenset())

    def values(self) -> dict[str, Any]:
        """Whose and which incidents, as queries of incidents take it."""
        return {"organisation": self.organisation, "kinds": None if self.kinds is None else list(self.kinds)}

    def sums(self, before: int) -> dict[str, Any]:
        """As _PIECES takes it. before: so many periods of the same length, too."""
        found = pieces(self.begins, self.ends, before, self.months)
        return {
            "organisations": [self.organisation], "subjects": list(self.subjects),
            "monthly": [one.monthly for one in found], "begins": [one.begins for one in found],
            "ends": [one.ends for one in found], "back": [one.back for one in found],
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

    async def groups(self) -> list[Row]:
        """key, category, class ('' of a whole category) of the groups of kinds that have sums."""
        return await self._rows("SELECT key, category, class FROM statistics_groups", {})

    async def months(self) -> frozenset[date]:
        """The first days of the months that are summed."""
        return frozenset(
            row["month"] for row in await self._rows("SELECT month FROM statistics_months WHERE summed", {})
        )

    async def totals(self, scope: Scope, before: int) -> list[Row]:
        """The counts of the whole, a row a period that has any: back 0 is the one asked for."""
        return await self._rows(f"SELECT p.back, {_SUMS} FROM {_PIECES} GROUP BY p.back", scope.sums(before))

    async def by_time(self, scope: Scope, bucket: str) -> list[Row]:
        """Counts by day, week (of Monday) or month, in order."""
        days = scope if bucket == "month" else scope.in_days()
        return await self._rows(
            f"""SELECT date_trunc(%(bucket)s, s.begins)::date AS day, {_SUMS} FROM {_PIECES}
                GROUP BY 1 ORDER BY 1""",
            days.sums(0) | {"bucket": bucket},
        )

    async def by_kind(self, scope: Scope, kinds: Sequence[int], before: int) -> list[Row]:
        """Counts by kind (key) and period."""
        each = scope if scope.large else scope.in_days()
        return await self._rows(
            f"SELECT s.subject AS kind, p.back, {_SUMS} FROM {_PIECES} GROUP BY s.subject, p.back",
            each.sums(before) | {"subjects": list(kinds)},
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
            f"SELECT s.organisation, p.back, {_SUMS} FROM {_PIECES} GROUP BY s.organisation, p.back",
            scope.sums(before) | {"organisations": list(children)},
        )

    async def parts(self, scope: Scope, before: int) -> list[Row]:
        """back, code, incidents: hours, sources, priorities and histograms, by period."""
        return await self._rows(
            f"""SELECT p.back, u.code, sum(u.incidents)::bigint AS incidents FROM {_PIECES}
                CROSS JOIN LATERAL unnest(s.codes || s.responses, s.code_counts || s.response_counts)
                    AS u (code, incidents)
                GROUP BY p.back, u.code""",
            scope.sums(before),
        )

    async def responses(self, scope: Scope, children: Sequence[int]) -> list[Row]:
        """Organisation (key), code, incidents: the response times of each organisation below."""
        return await self._rows(
            f"""SELECT s.organisation, u.code, sum(u.incidents)::bigint AS incidents FROM {_PIECES}
                CROSS JOIN LATERAL unnest(s.responses, s.response_counts) AS u (code, incidents)
                GROUP BY 1, 2""",
            scope.sums(0) | {"organisations": list(children)},
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
            await cursor.execute(query.encode(), values, prepare=False)  # planned for these values
            return await cursor.fetchall()
