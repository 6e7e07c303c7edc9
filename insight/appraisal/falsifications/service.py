"""Work that looks pretended: marked by a person or the program, confirmed or dismissed by a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from psycopg_pool import AsyncConnectionPool

from insight.appraisal.falsifications.store import FalsificationStore
from insight.rows_store import Row
from registry.api.problems import Conflict, Forbidden, NotFound
from registry.api.route import Caller

__all__ = ["FalsificationService"]


class FalsificationService:
    """One async function a command. now: aware UTC."""

    def __init__(self, pool: AsyncConnectionPool, now: Callable[[], datetime]) -> None:
        self._pool, self._now = pool, now

    async def page(self, caller: Caller, *, before: int, limit: int, state: str | None) -> list[Row]:
        """Proposed and decided, the newest first."""
        async with self._pool.connection() as connection:
            return await FalsificationStore(connection).page(
                caller.organisation, before=before, limit=limit, state=state
            )

    async def mark(self, caller: Caller, incident: str, member: str, note: str) -> Row:
        """Propose one by hand. Raises NotFound."""
        async with self._pool.connection() as connection:
            store = FalsificationStore(connection)
            made = await store.mark(caller.organisation, incident, member, note, caller.name, self._now())
            if not made:
                raise NotFound("there is no such incident and member that you may see")
            return await _found(store, caller, made)

    async def judge(self, caller: Caller, falsification: str, *, confirms: bool, reason: str) -> Row:
        """Confirm or dismiss it; nobody judges himself. Raises Conflict, Forbidden, NotFound."""
        async with self._pool.connection() as connection:
            store = FalsificationStore(connection)
            found = await _found(store, caller, falsification)
            if caller.member is not None and caller.member == found["member_key"]:
                raise Forbidden("nobody judges himself")
            state = "confirmed" if confirms else "dismissed"
            if not await store.decide(found["key"], state, reason, caller.name, self._now()):
                raise Conflict(f"{falsification} is decided already")
            return await _found(store, caller, falsification)


async def _found(store: FalsificationStore, caller: Caller, falsification: str) -> Row:
    rows = await store.page(caller.organisation, before=0, limit=1, one=falsification)
    if not rows:
        raise NotFound(f"there is no falsification {falsification!r} that you may see")
    return rows[0]
