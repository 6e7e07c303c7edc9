"""SQL of coverage: cells, gaps and members, always below an organisation that the caller was found to see."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

__all__ = ["CoverageStore", "Row"]

Row = dict[str, Any]

_BELOW = "IN (SELECT descendant FROM organisation_closure WHERE ancestor = {ancestor})"
_ASKED = _BELOW.format(ancestor="%(organisation)s")
_OWN = f"""own AS (SELECT organisation, cell FROM territory_cells WHERE inside AND organisation {_ASKED})"""
# Bit arithmetic of tracker/geo/cells.parents_of: set the resolution and fill the finer digits.
_PARENT = """(cell & ~(15::bigint << 52)) | (%(resolution)s::bigint << 52)
    | ((1::bigint << (3 * (15 - %(resolution)s))) - 1)"""

_CELLS = f"""
    WITH {_OWN}, visits AS (
        SELECT own.cell, coalesce(sum(d.members), 0) AS visits, coalesce(sum(d.dwell_s), 0) AS dwell_s,
               coalesce(sum(d.off_post_s), 0) AS off_post_s, coalesce(sum(d.mock), 0) AS mock,
               max(d.last_fix) AS last_visit
        FROM own LEFT JOIN coverage_days d ON d.cell = own.cell AND d.day >= %(begins)s AND d.day < %(ends)s
        GROUP BY own.cell
    )
    SELECT {_PARENT} AS cell, count(*)::int AS cells, count(last_visit)::int AS visited,
           sum(visits)::bigint AS visits, sum(dwell_s) AS dwell_s, sum(off_post_s) AS off_post_s,
           sum(mock)::bigint AS mock, max(last_visit) AS last_visit
    FROM visits GROUP BY 1 ORDER BY 1"""

_GAPS = f"""
    WITH {_OWN}, seen AS (
        SELECT DISTINCT cell FROM coverage_days WHERE day >= %(day)s::date - 1 AND last_fix >= %(since)s
    )
    SELECT o.id, o.name, o.level, count(*)::int AS cells, count(*) FILTER (WHERE seen.cell IS NULL)::int AS missed
    FROM own JOIN organisations o ON o.key = own.organisation LEFT JOIN seen ON seen.cell = own.cell
    GROUP BY o.key, o.id, o.name, o.level HAVING count(*) > count(seen.cell)
    ORDER BY count(*) FILTER (WHERE seen.cell IS NULL)::float8 / count(*) DESC, o.key LIMIT %(limit)s"""

_MEMBERS = f"""
    WITH page AS (
        SELECT key, id, name, organisation FROM members WHERE key > %(after)s AND organisation {_ASKED}
        ORDER BY key LIMIT %(limit)s
    )
    SELECT page.key, page.id, page.name, o.id AS organisation, o.name AS organisation_name, walked.*, post.post_cells
    FROM page JOIN organisations o ON o.key = page.organisation
    CROSS JOIN LATERAL (
        SELECT count(*)::int AS post_cells FROM territory_cells t
        WHERE t.inside AND t.organisation {_BELOW.format(ancestor="page.organisation")}) post
    CROSS JOIN LATERAL (
        SELECT count(*)::int AS cells, count(*) FILTER (WHERE EXISTS (
                   SELECT FROM territory_cells t WHERE t.cell = h.cell AND t.inside
                   AND t.organisation {_BELOW.format(ancestor="page.organisation")}))::int AS post_visited,
               coalesce(sum(dwell_s), 0) AS dwell_s, coalesce(sum(off_post_s), 0) AS off_post_s,
               coalesce(sum(mock), 0)::bigint AS mock, max(last_fix) AS last_fix
        FROM (SELECT cell, sum(dwell_s) AS dwell_s, sum(off_post_s) AS off_post_s, sum(mock) AS mock,
                     max(last_fix) AS last_fix FROM coverage_hours
              WHERE member = page.key AND hour >= %(begins_at)s AND hour < %(ends_at)s GROUP BY cell) h) walked
    ORDER BY page.key"""


class CoverageStore:
    """Over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def size(self, organisation: int) -> int:
        """How many cells lie in its territory."""
        rows = await self._rows(f"WITH {_OWN} SELECT count(*) AS n FROM own", {"organisation": organisation})
        return int(rows[0]["n"])

    async def cells(self, organisation: int, begins: date, ends: date, resolution: int) -> list[Row]:
        """Each cell of the territory at that resolution, those never visited, too; visits: members on each day."""
        return await self._rows(
            _CELLS, {"organisation": organisation, "begins": begins, "ends": ends, "resolution": resolution}
        )

    async def gaps(self, organisation: int, since: datetime, limit: int) -> list[Row]:
        """Lowest organisations with cells that nobody visited since then, the worst first."""
        # The local day of `since` is never more than a day before the one in UTC.
        values = {"organisation": organisation, "since": since, "day": since.date(), "limit": limit}
        return await self._rows(_GAPS, values)

    async def members(
        self, organisation: int, begins_at: datetime, ends_at: datetime, *, after: int, limit: int
    ) -> list[Row]:  # fmt: skip
        """Members with a key behind `after`, and what they covered."""
        return await self._rows(
            _MEMBERS,
            {"organisation": organisation, "begins_at": begins_at, "ends_at": ends_at, "after": after, "limit": limit},
        )

    async def summed_until(self) -> datetime | None:
        """How far the sums reach."""
        rows = await self._rows("SELECT summed_until FROM coverage_state", {})
        found: datetime | None = rows[0]["summed_until"]
        return found

    async def _rows(self, query: str, values: Mapping[str, Any]) -> list[Row]:
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query.encode(), values)
            return await cursor.fetchall()
