"""Saving views and finding them again: one's own are changed by nobody else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from insight.views.model import MOST_VIEWS
from insight.views.store import Row, ViewStore
from registry.api.problems import Conflict, NotFound
from registry.api.route import Caller
from registry.idempotency.queries import claim, keep

__all__ = ["ViewService"]


class ViewService:
    """now: aware UTC."""

    def __init__(self, pool: AsyncConnectionPool, now: Callable[[], datetime]) -> None:
        self._pool, self._now = pool, now

    async def page(self, caller: Caller, *, before: int, limit: int) -> Sequence[Row]:
        """Own ones and those shared, the newest first."""
        async with self._pool.connection() as connection:
            return await _store(connection, caller).page(before=before, limit=limit)

    async def add(self, caller: Caller, view: Mapping[str, Any], *, idempotency_key: str | None = None) -> Row:
        """Save one: name, shared, page, query. Raises Conflict where there are too many."""
        async with self._pool.connection() as connection:
            store = _store(connection, caller)
            made = await claim(connection, caller.user, idempotency_key, "saved view")
            if made is None:
                if await store.count() >= MOST_VIEWS:
                    raise Conflict(f"you have {MOST_VIEWS} views: remove one that you do not need any more")
                made = await store.add(dict(view) | {"changed_at": self._now()})
                await keep(connection, caller.user, idempotency_key, made)
            return _there(await store.find(made), made)

    async def change(self, caller: Caller, view: str, version: int, changes: Mapping[str, Any]) -> Row:
        """Change an own one. version: the one seen. Raises Conflict, NotFound."""
        async with self._pool.connection() as connection:
            store = _store(connection, caller)
            found = _there(await store.lock_own(view), view)
            if found["version"] != version:
                raise Conflict(f"you saw version {version}; it is {found['version']}: read it again")
            await store.change(found["key"], dict(changes) | {"changed_at": self._now()})
            return _there(await store.find(view), view)

    async def remove(self, caller: Caller, view: str) -> None:
        """Remove an own one. Raises NotFound."""
        async with self._pool.connection() as connection:
            store = _store(connection, caller)
            await store.remove(_there(await store.lock_own(view), view)["key"])


def _store(connection: AsyncConnection, caller: Caller) -> ViewStore:
    return ViewStore(connection, caller.user, caller.organisation)


def _there(found: Row | None, view: str) -> Row:
    if found is None:
        raise NotFound(f"there is no view {view!r} of yours")
    return found
