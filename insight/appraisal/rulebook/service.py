"""The rules in force, changing them from the next period on, and trying them on the last."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from insight.appraisal.periods import Version, in_force, period_at
from insight.appraisal.rulebook.store import RulebookStore
from insight.appraisal.rules import Rules
from insight.appraisal.store import AppraisalStore
from insight.appraisal.verdicts import Change, compared
from insight.rows_store import Row
from registry.api.problems import Conflict, Forbidden
from registry.api.route import Caller

__all__ = ["RulebookService"]


class RulebookService:
    """One async function a command. now: aware UTC."""

    def __init__(self, pool: AsyncConnectionPool, now: Callable[[], datetime]) -> None:
        self._pool, self._now = pool, now

    async def rules(self) -> tuple[Version, list[Row]]:
        """The version in force, and all that were made."""
        async with self._pool.connection() as connection:
            store = RulebookStore(connection)
            return in_force(await store.versions(), self._now()), await store.page()

    async def change(self, caller: Caller, rules: Rules, note: str, seen: int) -> int:
        """From the next period; the version. seen: the newest version seen. Raises Conflict, Forbidden."""
        async with self._pool.connection() as connection:
            book, store, now = RulebookStore(connection), AppraisalStore(connection), self._now()
            await self._refuse_parts(connection, caller)
            await store.lock()
            versions = await book.versions()
            newest = max((one.number for one in versions), default=0)
            if newest != seen:
                raise Conflict(f"the rules are at version {newest}, you saw {seen}: read them again")
            current = period_at(versions, now)
            from_ = current.ends_at
            if rules.utc_offset_minutes != current.rules.utc_offset_minutes:
                if await store.last_frozen() is not None:
                    raise Conflict("the time of the place stays as it is once a period is frozen")
                from_ = current.starts_at - timedelta(days=1)
            await book.add(newest + 1, rules, note, from_, caller.name, now)
            return newest + 1

    async def preview(self, caller: Caller, rules: Rules) -> tuple[str | None, list[Change]]:
        """(the last frozen period, its scores by the rules it had and by these). Raises Forbidden."""
        async with self._pool.connection() as connection:
            await self._refuse_parts(connection, caller)
            last = await AppraisalStore(connection).last_frozen()
        if last is None:
            return None, []
        return last["period"], await asyncio.to_thread(compared, last["document"], rules)

    async def _refuse_parts(self, connection: AsyncConnection, caller: Caller) -> None:
        cursor = await connection.execute(
            "SELECT FROM organisations WHERE key = %s AND parent IS NULL", (caller.organisation,)
        )
        if await cursor.fetchone() is None:
            raise Forbidden("the rules are the whole city's: its administrators change them")
