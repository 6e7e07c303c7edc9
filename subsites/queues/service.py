"""Tickets: taken by anybody, called by windows in the order of arrival, never one by two."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from psycopg_pool import AsyncConnectionPool

from registry.api.problems import Conflict, NotFound
from registry.api.route import Caller
from subsites.queues.halls import Picture, picture_of
from subsites.queues.model import LAST_NUMBER, MOST_WAITING, MOVES, Action, State
from subsites.queues.store import TICKET, WINDOW, QueueStore
from subsites.record.desk import Desk, at_the_desk
from subsites.record.model import CITIZEN, Actor, Told, actor_of, code_hash, code_of

__all__ = ["TicketService"]


class TicketService:
    """One async function a command. now: aware UTC; zone: IANA, of the days on which numbers begin again."""

    def __init__(self, pool: AsyncConnectionPool, now: Callable[[], datetime], zone: str) -> None:
        self._pool, self._now, self._zone = pool, now, ZoneInfo(zone)

    async def take(self, service: str, caller: Caller | None, said: bytes, key: str | None) -> tuple[Told, str]:
        """A ticket of a service and its code. caller None: by telephone. Raises Conflict, NotFound."""
        code = code_of(secrets.choice, key, said)
        actor = CITIZEN if caller is None else actor_of(caller)
        async with at_the_desk(self._pool, actor, self._now()) as desk:
            earlier = await desk.filed(TICKET, code)
            if earlier is not None:
                return earlier, code
            found = await self._service(desk, service)
            fields = await self._numbered(desk, found) | {
                "organisation": found["hall"], "service": found["key"], "state": State.WAITING,
                "source": "phone" if caller is None else "desk", "code_hash": code_hash(code), "created_at": desk.now,
            }  # fmt: skip
            return await desk.add(TICKET, fields), code

    async def look(self, code: str) -> tuple[Told, Picture]:
        """The ticket of a code, and its hall. Raises NotFound."""
        async with at_the_desk(self._pool, CITIZEN, self._now()) as desk:
            row = await _held(desk, code)
            return row, await picture_of(QueueStore(desk.connection), row["organisation_key"], self._day())

    async def leave(self, code: str) -> None:
        """The holder does not wait any longer. Raises Conflict, NotFound."""
        async with at_the_desk(self._pool, CITIZEN, self._now()) as desk:
            row = await _held(desk, code, lock=True)
            await desk.move(TICKET, row, MOVES, Action.LEAVE, ended_at=desk.now)

    async def page(self, caller: Caller, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """The newest first; filters: state, today, service, organisation, open."""
        asked = {name: value for name, value in filters.items() if name != "today"}
        asked["day"] = self._day() if filters["today"] else None
        async with self._pool.connection() as connection:
            store = QueueStore(connection)
            return await store.tickets(caller.organisation, before=before, limit=limit, filters=asked)

    async def call(self, window: str, caller: Caller) -> Told:
        """Call the next one. Raises Conflict where it is closed or has somebody, NotFound where nobody waits."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            await desk.find(WINDOW, window, lock=True)
            at = await desk.find(WINDOW, window)  # once more: who waited for the lock has not seen what was called
            if at["state"] != "open":
                raise Conflict("this window is closed: open it first")
            if at["ticket"] is not None:
                raise Conflict(f"{at['label']} is at this window: finish that first")
            row = await QueueStore(desk.connection).next_ticket(at["service_keys"], self._day())
            if row is None:
                raise NotFound("nobody waits for what this window serves")
            return await desk.move(
                TICKET, row, MOVES, Action.CALL, window=at["key"], calls=row["calls"] + 1, called_at=desk.now
            )

    async def recall(self, ticket: str, caller: Caller, version: int | None) -> Told:
        """Call the same once more."""
        async with self._desk(caller) as desk:
            row = await desk.find(TICKET, ticket, version=version, lock=True)
            return await desk.move(TICKET, row, MOVES, Action.RECALL, calls=row["calls"] + 1, called_at=desk.now)

    async def serve(self, ticket: str, caller: Caller, version: int | None) -> Told:
        """Somebody has come."""
        return await self._move(ticket, caller, version, Action.SERVE, serving_at=self._now())

    async def finish(self, ticket: str, caller: Caller, version: int | None) -> Told:
        """It is settled."""
        return await self._move(ticket, caller, version, Action.FINISH, ended_at=self._now())

    async def no_show(self, ticket: str, caller: Caller, version: int | None) -> Told:
        """Nobody has come."""
        return await self._move(ticket, caller, version, Action.NO_SHOW, ended_at=self._now())

    async def come_back(self, ticket: str, caller: Caller, version: int | None) -> Told:
        """Who did not come waits again, where the number stands. Raises Conflict on another day."""
        async with self._desk(caller) as desk:
            row = await desk.find(TICKET, ticket, version=version, lock=True)
            if row["day"] != self._day():
                raise Conflict("this ticket is of another day: take a new one")
            return await desk.move(TICKET, row, MOVES, Action.RETURN, window=None, ended_at=None)

    async def transfer(self, ticket: str, caller: Caller, version: int | None, service: str) -> Told:
        """It waits for another service of the same hall. Raises Conflict, NotFound."""
        async with self._desk(caller) as desk:
            row = await desk.find(TICKET, ticket, version=version, lock=True)
            found = await self._service(desk, service)
            if found["hall"] != row["organisation_key"]:
                raise Conflict("this service is of another hall")
            return await desk.move(
                TICKET, row, MOVES, Action.TRANSFER, note=found["name_en"], service=found["key"], window=None,
                serving_at=None,
            )  # fmt: skip

    def _desk(self, caller: Caller) -> AbstractAsyncContextManager[Desk]:
        return at_the_desk(self._pool, actor_of(caller), self._now())

    async def _move(self, ticket: str, caller: Caller, version: int | None, action: Action, **also: Any) -> Told:
        async with self._desk(caller) as desk:
            row = await desk.find(TICKET, ticket, version=version, lock=True)
            return await desk.move(TICKET, row, MOVES, action, **also)

    async def _service(self, desk: Desk, service: str) -> Told:
        """Staff take tickets of what they may see, the public of any. Raises NotFound."""
        found = await QueueStore(desk.connection).service(service)
        if found is None or not await _may_see(desk, found):
            raise NotFound(f"there is no service {service!r} here")
        return found

    async def _numbered(self, desk: Desk, service: Told) -> dict[str, Any]:
        """Day and label of the next number. Raises Conflict where there is none."""
        store, day = QueueStore(desk.connection), self._day()
        if not service["taking"]:
            raise Conflict("no tickets are given out for this now")
        number = await store.next_number(service["key"], day)
        waiting = sum(one["service"] == service["key"] for one in await store.waiting(service["hall"], day))
        if number > LAST_NUMBER or waiting >= MOST_WAITING:
            raise Conflict("too many people wait already: come another day")
        return {"day": day, "label": f"{service['letter']}{number:03}"}

    def _day(self) -> date:
        return self._now().astimezone(self._zone).date()


async def _held(desk: Desk, code: str, *, lock: bool = False) -> Told:
    row = await desk.by_code(TICKET, code_hash(code), lock=lock)
    if row is None:
        raise NotFound("there is no ticket with this code: compare it with what you noted")
    return row


async def _may_see(desk: Desk, service: Told) -> bool:
    actor: Actor = desk.actor
    if actor.organisation is None:
        return True
    try:
        return bool(await desk.organisation(service["organisation"]))
    except NotFound:
        return False
