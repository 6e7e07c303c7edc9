"""Reading and editing the catalogue. It is the whole city's: only administrators of the root organisation edit it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg_pool import AsyncConnectionPool

from dispatch.kinds.model import Category, Kind
from dispatch.kinds.store import KindStore
from registry.api.problems import Conflict, Forbidden, NotFound
from registry.api.route import Caller
from registry.organisations.model import ROOT_KEY

__all__ = ["KindService"]


class KindService:
    """One async function a command."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def all(self, category: Category | None, class_: str | None = None, *, retired: bool) -> Sequence[Kind]:
        """In the order of codes."""
        async with self._pool.connection() as connection:
            return await KindStore(connection).all(category, class_, retired=retired)

    async def find(self, code: str) -> Kind:
        """The kind of that code. Raises NotFound."""
        async with self._pool.connection() as connection:
            found = await KindStore(connection).find(code)
        if found is None:
            raise NotFound(f"there is no kind {code!r}")
        return found

    async def add(self, kind: Mapping[str, Any], caller: Caller) -> Kind:
        """Add one: the fields of Kind but key and retired. Raises Conflict, Forbidden."""
        _refuse_others(caller)
        async with self._pool.connection() as connection:
            if not await KindStore(connection).add(kind):
                raise Conflict(f"there is a kind {kind['code']!r} already")
        return await self.find(kind["code"])

    async def change(self, code: str, changes: Mapping[str, Any], caller: Caller) -> Kind:
        """Change the fields named; clocks that run already keep their limits. Raises Forbidden, NotFound."""
        _refuse_others(caller)
        async with self._pool.connection() as connection:
            await KindStore(connection).change(code, changes)
        return await self.find(code)


def _refuse_others(caller: Caller) -> None:
    if caller.organisation != ROOT_KEY:
        raise Forbidden("the catalogue is the whole city's: ask an administrator of the city")
