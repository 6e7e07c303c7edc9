"""Offers and needs: listed, proposed to each other, brought together, closed; each ends by itself on its last day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg_pool import AsyncConnectionPool

from registry.access.queries import put_look
from registry.api.problems import BadRequest
from registry.api.route import Call, Caller
from registry.privacy.queries import Vault
from subsites.matching.model import MOVES, Action, State, Wanted, proposals
from subsites.matching.store import ListingStore, listing
from subsites.record.contact import Contacts
from subsites.record.desk import Desk, Subject, as_seen, at_the_desk
from subsites.record.model import Told, actor_of

__all__ = ["MatchingService"]

_PROPOSED = 10


class MatchingService:
    """One async function a command. now: aware UTC."""

    def __init__(self, pool: AsyncConnectionPool, vault: Vault, now: Callable[[], datetime]) -> None:
        self._pool, self._now, self._contacts = pool, now, Contacts(vault, "listings")

    async def page(self, caller: Caller, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """The newest first, contacts masked."""
        async with self._pool.connection() as connection:
            store = ListingStore(connection, self._now().date())
            rows = await store.page(caller.organisation, before=before, limit=limit, filters=filters)
        return [self._masked(row) for row in rows]

    async def find(self, one: str, caller: Caller) -> tuple[Told, Sequence[Told], Sequence[Told]]:
        """One, what may suit it (the best first), and what was done to it. Raises NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(self._subject(), one)
            return self._masked(row), await self._proposed(desk, caller, row), await desk.log_of(self._subject(), row)

    async def add(self, caller: Caller, said: Mapping[str, Any], key: str | None) -> Told:
        """A new one. Raises BadRequest, NotFound."""
        contact = await self._contacts.sealed(said["name"], said["telephone"])
        names = ("side", "category", "title", "body", "latitude", "longitude", "ends_on")
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            _not_over(desk, said["ends_on"])
            fields = {name: said[name] for name in names} | contact | {
                "organisation": await desk.organisation(said["organisation"]), "state": State.OPEN,
                "author": caller.name, "created_at": desk.now,
            }  # fmt: skip
            return self._masked(await desk.add_once(self._subject(), key, fields))

    async def match(self, one: str, caller: Caller, version: int | None, other: str, note: str) -> Told:
        """Both were brought together. Raises BadRequest, Conflict, NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row, partner = await self._both(desk, one, other)
            as_seen(row, version)
            if row["category"] != partner["category"] or row["side"] == partner["side"]:
                raise BadRequest("an offer and a need of one category are brought together")
            await self._moved(desk, partner, Action.MATCH, note=note, partner=row["key"], ended_at=desk.now)
            return await self._moved(desk, row, Action.MATCH, note=note, partner=partner["key"], ended_at=desk.now)

    async def extend(self, one: str, caller: Caller, version: int | None, ends_on: Any) -> Told:
        """Another last day. Raises BadRequest, Conflict, NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            _not_over(desk, ends_on)
            row = await desk.find(self._subject(), one, version=version, lock=True)
            return await self._moved(desk, row, Action.EXTEND, note=ends_on.isoformat(), ends_on=ends_on)

    async def close(self, one: str, caller: Caller, version: int | None, note: str) -> Told:
        """It is over. Raises Conflict, NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(self._subject(), one, version=version, lock=True)
            return await self._moved(desk, row, Action.CLOSE, note=note, ended_at=desk.now)

    async def reopen(self, one: str, caller: Caller, version: int | None, note: str) -> Told:
        """It is looked for again; its partner, where there was one, too. Raises Conflict, NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(self._subject(), one, version=version, lock=True)
            again = {"partner": None, "ended_at": None}
            if row["partner"] is not None:
                partner = await desk.find(self._subject(), row["partner"], lock=True)
                await self._moved(desk, partner, Action.REOPEN, note=note, **again)
            return await self._moved(desk, row, Action.REOPEN, note=note, **again)

    async def reveal(self, one: str, call: Call, purpose: str) -> Told:
        """Name and telephone in full; that somebody looked, and why, is on record. Raises NotFound."""
        async with at_the_desk(self._pool, actor_of(call.user), self._now()) as desk:
            row = await desk.find(self._subject(), one)
            await put_look(desk.connection, call, "reveal", "listings", one, purpose)
            return self._contacts.full(row)

    async def _both(self, desk: Desk, one: str, other: str) -> tuple[Told, Told]:
        """Both, locked in one order, so that two who match the same wait for each other."""
        rows = {each: await desk.find(self._subject(), each, lock=True) for each in sorted({one, other})}
        return rows[one], rows[other]

    async def _proposed(self, desk: Desk, caller: Caller, row: Told) -> list[Told]:
        if row["state"] != State.OPEN:
            return []
        others = await ListingStore(desk.connection, self._now().date()).others(row, caller.organisation)
        by_id = {other["id"]: other for other in others}
        found = proposals(_wanted(row), map(_wanted, others), most=_PROPOSED)
        return [
            {"listing": self._masked(by_id[one.id]), "words": list(one.words), "metres": one.metres, "score": one.score}
            for one in found
        ]

    async def _moved(self, desk: Desk, row: Told, action: Action, *, note: str, **also: Any) -> Told:
        return self._masked(await desk.move(self._subject(), row, MOVES, action, note=note, **also))

    def _subject(self) -> Subject:
        return listing(self._now().date())

    def _masked(self, row: Told) -> Told:
        return row | self._contacts.masked(row)


def _not_over(desk: Desk, ends_on: Any) -> None:
    if ends_on < desk.now.date():
        raise BadRequest("its last day is over already: say a later one")


def _wanted(row: Told) -> Wanted:
    return Wanted(
        id=row["id"], text=f"{row['title']} {row['body']}", latitude=row["latitude"], longitude=row["longitude"]
    )
