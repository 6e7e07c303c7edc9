"""Distributions: who gets what of a store, and the receipts that households sign, each of which moves the stock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import orjson
from psycopg.errors import UniqueViolation
from psycopg_pool import AsyncConnectionPool

from registry.access.queries import put_look
from registry.api.problems import BadRequest, Conflict, NotFound
from registry.api.route import Call, Caller
from registry.idempotency.queries import claim, keep
from registry.privacy.queries import Vault
from registry.scope.queries import roots_of
from subsites.distribution.model import MOVES, Action, State
from subsites.distribution.store import DISTRIBUTION, RECEIPT, DistributionStore
from subsites.record.desk import Desk, at_the_desk
from subsites.record.model import Told, actor_of, masked_name
from subsites.stock.model import Entry, Move
from subsites.stock.store import STORE, book

__all__ = ["DistributionService"]

_AHEAD = timedelta(minutes=5)
_RECIPIENT, _SIGNATURE = "receipts.recipient", "receipts.signature"


class DistributionService:
    """One async function a command. now: aware UTC."""

    def __init__(self, pool: AsyncConnectionPool, vault: Vault, now: Callable[[], datetime]) -> None:
        self._pool, self._vault, self._now = pool, vault, now

    async def page(self, caller: Caller, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """The newest first."""
        async with self._pool.connection() as connection:
            store = DistributionStore(connection)
            return await store.page(caller.organisation, before=before, limit=limit, filters=filters)

    async def mine(self, caller: Caller) -> list[Told]:
        """What is to be handed out in the caller's area, each with its households there."""
        async with self._pool.connection() as connection:
            store, roots = DistributionStore(connection), await roots_of(connection, caller)
            found = await store.mine(roots)
            return [one | {"listed": _masked(await store.listed(one["key"], roots))} for one in found]

    async def find(self, distribution: str, caller: Caller) -> tuple[Told, Sequence[Told]]:
        """One, and what was done to it. Raises NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(DISTRIBUTION, distribution)
            return row, await desk.log_of(DISTRIBUTION, row)

    async def listed(self, distribution: str, caller: Caller, **asked: Any) -> list[Told]:
        """A page of its households, heads masked. Raises NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(DISTRIBUTION, distribution)
            store = DistributionStore(desk.connection)
            return _masked(await store.listed(row["key"], [caller.organisation], **asked))

    async def reach(self, caller: Caller, asked: Mapping[str, Any]) -> Told:
        """How many households and people criteria reach. Raises NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            area = await desk.organisation(asked["organisation"])
            return await DistributionStore(desk.connection).reach(dict(asked) | {"scope": area})

    async def open(self, caller: Caller, asked: Mapping[str, Any], key: str | None) -> Told:
        """A new one, whose list is made now. Raises BadRequest (nobody), NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            earlier = await claim(desk.connection, caller.user, key, DISTRIBUTION.table)
            if earlier is not None:
                return await desk.find(DISTRIBUTION, earlier)
            area = await desk.organisation(asked["organisation"])
            fields = {name: asked[name] for name in ("title", "note", "groups", "least_people")} | {
                "organisation": area, "state": State.OPEN, "author": caller.name, "created_at": desk.now,
                "store": (await desk.find(STORE, asked["store"]))["key"],
            }  # fmt: skip
            made = await desk.add(DISTRIBUTION, fields)
            await _known(desk, asked["goods"])
            await DistributionStore(desk.connection).put_on(made["key"], dict(asked) | {"scope": area}, asked["goods"])
            await keep(desk.connection, caller.user, key, made["id"])
            made = await desk.told(DISTRIBUTION, made["key"])
            if made["households"] == 0:
                raise BadRequest("no household of this area suits: choose other groups, or a larger area")
            return made

    async def close(self, distribution: str, caller: Caller, version: int | None, note: str) -> Told:
        """Nothing more is handed out of it. Raises Conflict, NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(DISTRIBUTION, distribution, version=version, lock=True)
            return await desk.move(DISTRIBUTION, row, MOVES, Action.CLOSE, note=note, ended_at=desk.now)

    async def sign(self, distribution: str, caller: Caller, said: Mapping[str, Any], key: str | None) -> Told:
        """A household has got its goods and signed, once. Raises BadRequest, Conflict, NotFound.

        Whoever may see the household may hand out there, also what an organisation above has opened.
        """
        sealed = await self._sealed(said)
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            if said["signed_at"] > desk.now + _AHEAD:
                raise BadRequest("it was signed in the future: set the phone's clock")
            earlier = await claim(desk.connection, caller.user, key, RECEIPT.table)
            if earlier is not None:
                return await desk.find(RECEIPT, earlier)
            row, household, organisation = await _door(desk, caller, distribution, said["household"])
            fields = {name: said[name] for name in ("signed_at", "latitude", "longitude")} | sealed | {
                "organisation": organisation, "distribution": row["key"], "household": household,
                "received_at": desk.now, "by_name": caller.name, "member": caller.member,
            }  # fmt: skip
            made = await _once(desk, fields)
            await book(desk, [_issue(row, made, one) for one in row["goods"]])
            await keep(desk.connection, caller.user, key, made["id"])
            return made

    async def reveal(self, receipt: str, call: Call, purpose: str) -> Told:
        """Who signed, and how; that somebody looked, and why, is on record. Raises NotFound."""
        async with at_the_desk(self._pool, actor_of(call.user), self._now()) as desk:
            row = await desk.find(RECEIPT, receipt)
            await put_look(desk.connection, call, "reveal", RECEIPT.table, receipt, purpose)
        signature = self._vault.opened(bytes(row["signature_sealed"]), _SIGNATURE)
        return {
            "recipient": self._vault.opened(bytes(row["recipient_sealed"]), _RECIPIENT),
            "signature": None if signature is None else orjson.loads(signature),
        }

    async def _sealed(self, said: Mapping[str, Any]) -> dict[str, bytes]:
        sealer = await self._vault.sealer()
        strokes = orjson.dumps(said["signature"]).decode()
        return {
            "recipient_sealed": sealer.seal(said["recipient"], _RECIPIENT),
            "signature_sealed": sealer.seal(strokes, _SIGNATURE),
        }


async def _known(desk: Desk, goods: Sequence[Mapping[str, Any]]) -> None:
    codes = [one["commodity"] for one in goods]
    cursor = await desk.connection.execute("SELECT code FROM commodities WHERE code = ANY(%s)", (codes,))
    known = {code for (code,) in await cursor.fetchall()}
    if missing := sorted(set(codes) - known):
        raise NotFound(f"there is no commodity {missing[0]!r}: GET /api/v1/commodities")


async def _door(desk: Desk, caller: Caller, distribution: str, household: str) -> tuple[Told, int, int]:
    """(distribution, household's key, its organisation's key), if it is open and the household is on its list."""
    store = DistributionStore(desk.connection)
    row = await store.by_id(distribution)
    roots = await roots_of(desk.connection, caller)
    found = None if row is None else await store.listed_household(row["key"], household, roots)
    if row is None or found is None:
        raise NotFound(f"household {household!r} is on no list {distribution!r} that you may see")
    if row["state"] != State.OPEN:
        raise Conflict("this distribution is closed: nothing more is handed out of it")
    return row, *found


async def _once(desk: Desk, fields: Mapping[str, Any]) -> Told:
    try:
        return await desk.add(RECEIPT, fields)
    except UniqueViolation as error:
        raise Conflict("this household has signed for it already") from error


def _issue(row: Told, receipt: Told, goods: Mapping[str, Any]) -> Entry:
    return Entry(
        store=row["store_key"], commodity=goods["commodity"], kind=Move.ISSUE, change=-goods["quantity"],
        receipt=receipt["key"],
    )  # fmt: skip


def _masked(rows: Sequence[Told]) -> list[Told]:
    return [row | {"head": None if row["head"] is None else masked_name(row["head"])} for row in rows]
