"""Stores: goods come, go to another store, and are counted. What is handed out is booked by distributions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Forbidden
from registry.api.route import Caller
from registry.idempotency.queries import is_repeated
from registry.organisations.model import ROOT_KEY
from subsites.record.desk import Desk, at_the_desk
from subsites.record.model import Told, actor_of
from subsites.stock.model import Entry, Move
from subsites.stock.store import STORE, StockStore, book

__all__ = ["StockService"]


class StockService:
    """One async function a command. now: aware UTC."""

    def __init__(self, pool: AsyncConnectionPool, now: Callable[[], datetime]) -> None:
        self._pool, self._now = pool, now

    async def commodities(self) -> list[Told]:
        """What may be handed out."""
        async with self._pool.connection() as connection:
            return await StockStore(connection).commodities()

    async def put_commodity(self, caller: Caller, commodity: Mapping[str, Any]) -> None:
        """Add one, or change the one of that code. Raises Forbidden."""
        if caller.organisation != ROOT_KEY:
            raise Forbidden("commodities are the whole city's: ask an administrator of the city")
        async with self._pool.connection() as connection:
            await StockStore(connection).put_commodity(commodity)

    async def page(self, caller: Caller, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """Stores, the newest first."""
        async with self._pool.connection() as connection:
            return await StockStore(connection).page(caller.organisation, before=before, limit=limit, filters=filters)

    async def add(self, caller: Caller, store: Mapping[str, Any], key: str | None) -> Told:
        """A store. Raises NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            fields = dict(store) | {
                "organisation": await desk.organisation(store["organisation"]), "created_at": desk.now,
            }  # fmt: skip
            return await desk.add_once(STORE, key, fields)

    async def move(self, store: str, caller: Caller, move: Mapping[str, Any], key: str | None) -> Told:
        """Goods come, are counted, or go to another store. Raises BadRequest, Conflict (not enough), NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(STORE, store)
            if not await is_repeated(desk.connection, caller.user, key, "stock of", store):
                await book(desk, await _entries(desk, row, move))
            return await desk.told(STORE, row["key"])

    async def ledger(
        self, caller: Caller, *, before: int, limit: int, store: str | None, commodity: str | None
    ) -> list[Told]:
        """Entries, the newest first."""
        async with self._pool.connection() as connection:
            return await StockStore(connection).ledger(
                caller.organisation, before=before, limit=limit, store=store, commodity=commodity
            )

    async def report(self, caller: Caller, organisation: str | None, days: int) -> tuple[datetime, list[Told]]:
        """Since when, and what changed from then to now."""
        since = self._now() - timedelta(days=days)
        async with self._pool.connection() as connection:
            return since, await StockStore(connection).report(caller.organisation, organisation, since)


async def _entries(desk: Desk, row: Told, move: Mapping[str, Any]) -> list[Entry]:
    kind, commodity, quantity, note = Move(move["kind"]), move["commodity"], move["quantity"], move["note"]
    if kind is not Move.TRANSFER:
        return [Entry(store=row["key"], commodity=commodity, kind=kind, change=quantity, note=note)]
    other = (await desk.find(STORE, move["to"]))["key"]
    if other == row["key"]:
        raise BadRequest("goods go from one store to another: say a different one")
    return [
        Entry(store=here, other=there, commodity=commodity, kind=kind, change=change, note=note)
        for here, there, change in ((row["key"], other, -quantity), (other, row["key"], quantity))
    ]
