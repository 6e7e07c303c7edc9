"""What the coverage page asks: cells of a territory, gaps, and what each member covered."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from typing import Any

from psycopg_pool import AsyncConnectionPool

from insight.coverage.model import LONGEST_DAYS, resolution_for
from insight.coverage.rollup_store import drop_before, rebuild, sum_changed
from insight.coverage.store import CoverageStore, Row
from insight.statistics.model import local_day, midnight
from insight.statistics.service import period_of
from insight.statistics.store import StatisticsStore
from registry.api.problems import NotFound
from registry.api.route import Caller

__all__ = ["CoverageService"]


class CoverageService:
    """now: aware UTC. zone: IANA name of the zone whose days count."""

    def __init__(self, pool: AsyncConnectionPool, now: Callable[[], datetime], zone: str) -> None:
        self._pool, self._now, self._zone = pool, now, zone

    async def sum_changed(self) -> int:
        """The worker's part: a round; how many hours."""
        async with self._pool.connection() as connection:
            return await sum_changed(connection, self._zone, self._now())

    async def rebuild(self) -> int:
        """Make all of which there are positions anew; how many hours."""
        async with self._pool.connection() as connection:
            return await rebuild(connection, self._zone, self._now())

    async def drop_older(self, keep: timedelta) -> None:
        """Forget what is older than that."""
        async with self._pool.connection() as connection:
            await drop_before(connection, self._now() - keep)

    async def cells(
        self, caller: Caller, organisation: str | None, begins: date | None, ends: date | None, resolution: int | None
    ) -> dict[str, Any]:  # fmt: skip
        """api.CellsOut's fields; resolution None: as fine as there is room. Raises BadRequest, NotFound."""
        begin, end = period_of(self._today(), begins, ends, longest=LONGEST_DAYS)
        async with self._seen(caller, organisation) as (store, about):
            finest = resolution_for(await store.size(about["key"]))
            chosen = finest if resolution is None else min(resolution, finest)
            items = await store.cells(about["key"], begin, end, chosen)
            until = await store.summed_until()
        return {
            "organisation": about, "since": begin, "until": end, "resolution": chosen, "summed_until": until,
            "items": items, "totals": _totals(items),
        }  # fmt: skip

    async def gaps(self, caller: Caller, organisation: str | None, hours: int, limit: int) -> Sequence[Row]:
        """Lowest organisations with cells not visited for that long, the worst first. Raises NotFound."""
        async with self._seen(caller, organisation) as (store, about):
            return await store.gaps(about["key"], self._now() - timedelta(hours=hours), limit)

    async def members(
        self, caller: Caller, organisation: str | None, begins: date | None, ends: date | None, *, after: int,
        limit: int,
    ) -> Sequence[Row]:  # fmt: skip
        """Members below, in the order of keys. Raises BadRequest, NotFound."""
        begin, end = period_of(self._today(), begins, ends, longest=LONGEST_DAYS)
        async with self._seen(caller, organisation) as (store, about):
            return await store.members(
                about["key"], midnight(begin, self._zone), midnight(end, self._zone), after=after, limit=limit
            )

    def _today(self) -> date:
        return local_day(self._now(), self._zone)

    @asynccontextmanager
    async def _seen(self, caller: Caller, organisation: str | None) -> AsyncIterator[tuple[CoverageStore, Row]]:
        async with self._pool.connection() as connection:
            about = await StatisticsStore(connection).organisation(caller.organisation, organisation)
            if about is None:
                raise NotFound(f"there is no organisation {organisation!r} that you may see")
            yield CoverageStore(connection), about


def _totals(items: Sequence[Row]) -> Row:
    return {
        name: sum(row[name] for row in items)
        for name in ("cells", "visited", "visits", "dwell_s", "off_post_s", "mock")
    }
