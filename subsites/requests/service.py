"""Requests: filed and followed by whoever holds the code, worked on by the organisation's people."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from registry.access.queries import put_look
from registry.api.problems import BadRequest, Conflict, NotFound
from registry.api.route import Call, Caller
from registry.idempotency.queries import is_repeated
from subsites.evaluations.store import evaluate
from subsites.record.contact import Contacts
from subsites.record.desk import Desk, at_the_desk
from subsites.record.model import CITIZEN, Told, actor_of, code_hash, code_of
from subsites.requests.model import ENDED, MOST_MESSAGES, MOVES, Action, State
from subsites.requests.store import REQUEST, RequestStore

__all__ = ["Incidents", "Now", "OrganisationAt", "RequestService", "incident_of"]

Now = Callable[[], datetime]
OrganisationAt = Callable[[AsyncConnection, float, float], Awaitable[tuple[int, str] | None]]


class Incidents(Protocol):
    """Where what is work for a member goes."""

    async def report(self, connection: AsyncConnection, report: Mapping[str, Any], caller: Caller) -> str:
        """The id of a new incident, made in the transaction of that connection."""


class RequestService:
    """One async function a command. now: aware UTC."""

    def __init__(
        self, pool: AsyncConnectionPool, contacts: Contacts, organisation_at: OrganisationAt, incidents: Incidents,
        now: Now,
    ) -> None:  # fmt: skip
        self._pool, self._contacts, self._now = pool, contacts, now
        self._organisation_at, self._incidents = organisation_at, incidents

    async def file(self, sent: Mapping[str, Any], said: bytes, key: str | None) -> tuple[Told, str]:
        """A citizen's: the request and its code. said: the body as it came, `key`: its Idempotency-Key, if any.

        Raises BadRequest where no organisation can be found, NotFound where the chosen one is none of the public's.
        """
        code = code_of(secrets.choice, key, said)
        contact = await self.contact(sent)
        async with at_the_desk(self._pool, CITIZEN, self._now()) as desk:
            earlier = await desk.filed(REQUEST, code)
            if earlier is not None:
                return earlier, code
            organisation = await self._responsible(desk, sent)
            return await self.file_at(desk, sent, contact, organisation, code), code

    async def contact(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        """The columns of a name and a telephone, sealed. Raises BadRequest, Unavailable."""
        return await self._contacts.sealed(sent["name"], sent["telephone"])

    async def file_at(
        self, desk: Desk, sent: Mapping[str, Any], contact: Mapping[str, Any], organisation: int, code: str, *,
        source: str = "web",
    ) -> Told:  # fmt: skip
        """A new one in the desk's transaction. contact: columns; organisation: key; code: for its citizen."""
        names = ("kind", "subject", "body", "latitude", "longitude", "address", "language")
        fields = {name: sent[name] for name in names} | dict(contact) | {
            "organisation": organisation, "state": State.RECEIVED, "source": source, "code_hash": code_hash(code),
            "unread": True, "created_at": desk.now,
        }  # fmt: skip
        return await desk.add(REQUEST, fields)

    async def public_organisations(self) -> Sequence[Told]:
        """Whom a request may go to."""
        async with self._pool.connection() as connection:
            return await RequestStore(connection).public_organisations()

    async def look(self, code: str) -> tuple[Told, Sequence[Told]]:
        """What the holder of a code is told: the request, and what was said. Raises NotFound."""
        async with at_the_desk(self._pool, CITIZEN, self._now()) as desk:
            row = await _by_code(desk, code, lock=False)
            return row, await RequestStore(desk.connection).messages(row["key"])

    async def write(self, code: str, body: str) -> None:
        """A message of the citizen; to an ended request, it takes that up again. Raises Conflict, NotFound."""
        async with at_the_desk(self._pool, CITIZEN, self._now()) as desk:
            row, store = await _by_code(desk, code), RequestStore(desk.connection)
            if row["state"] == State.WITHDRAWN:
                raise Conflict("this request was withdrawn: file a new one")
            if await store.unanswered(row["key"]) >= MOST_MESSAGES:
                raise Conflict("wait for an answer before you write again")
            await store.say(row["key"], {"at": desk.now, "by_citizen": True, "author": CITIZEN.name, "body": body})
            if row["state"] in ENDED:
                await desk.move(REQUEST, row, MOVES, Action.ASK_AGAIN, unread=True, ended_at=None)
            else:
                await desk.change(REQUEST, row, "message", {"unread": True})

    async def withdraw(self, code: str) -> None:
        """The citizen needs it no more. Raises Conflict, NotFound."""
        async with at_the_desk(self._pool, CITIZEN, self._now()) as desk:
            row = await _by_code(desk, code)
            await desk.move(REQUEST, row, MOVES, Action.WITHDRAW, ended_at=desk.now, unread=False)

    async def rate(self, code: str, said: Mapping[str, Any]) -> None:
        """How the citizen found it, once, after it ended. Raises Conflict, NotFound."""
        async with at_the_desk(self._pool, CITIZEN, self._now()) as desk:
            row = await _by_code(desk, code)
            await evaluate(desk, REQUEST, row, said, after=(State.ANSWERED, State.REJECTED))
            await desk.change(REQUEST, row, "rate", {"unread": True}, note=f"{said['score']}/5")

    async def page(self, caller: Caller, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """The newest first, contacts masked."""
        async with self._pool.connection() as connection:
            store = RequestStore(connection)
            rows = await store.page(caller.organisation, before=before, limit=limit, filters=filters)
        return [self._masked(row) for row in rows]

    async def find(self, request: str, caller: Caller) -> tuple[Told, Sequence[Told], Sequence[Told]]:
        """One, what was said, and what was done to it. Raises NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(REQUEST, request)
            messages = await RequestStore(desk.connection).messages(row["key"])
            return self._masked(row), messages, await desk.log_of(REQUEST, row)

    async def take(self, request: str, caller: Caller, version: int | None) -> Told:
        """It is in the caller's hands."""
        return await self._move(request, caller, version, Action.TAKE, taken_by=caller.name, ended_at=None)

    async def answer(self, request: str, caller: Caller, version: int | None, text: str) -> Told:
        """The answer, which ends it."""
        return await self._move(request, caller, version, Action.ANSWER, say=text, answer=text, ended_at=self._now())

    async def reject(self, request: str, caller: Caller, version: int | None, text: str) -> Told:
        """It is none of ours; the citizen reads why."""
        return await self._move(request, caller, version, Action.REJECT, say=text, answer=text, ended_at=self._now())

    async def message(self, request: str, caller: Caller, text: str, key: str | None) -> Told:
        """Say something to the citizen; needs no version, it overwrites nothing. Raises Conflict, NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(REQUEST, request, lock=True)
            if row["state"] == State.WITHDRAWN:
                raise Conflict("it was withdrawn: nobody reads this any more")
            if await is_repeated(desk.connection, caller.user, key, "message to", request):
                return self._masked(row)
            await _say(desk, row, text)
            return self._masked(await desk.change(REQUEST, row, "message", {"unread": False}))

    async def send_on(self, request: str, caller: Caller, version: int | None, organisation: str, note: str) -> Told:
        """Another organisation of the caller's subtree is responsible. Raises Conflict, NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(REQUEST, request, version=version, lock=True)
            if row["state"] in ENDED:
                raise Conflict("it has ended: take it up again first")
            key = await desk.organisation(organisation)
            return self._masked(await desk.change(REQUEST, row, "send-on", {"organisation": key}, note=note))

    async def forward(self, request: str, caller: Caller, version: int | None, report: Mapping[str, Any]) -> Told:
        """Make an incident of it: kind, and latitude and longitude where the request has none.

        Raises BadRequest (no place, no such kind), Conflict, NotFound.
        """
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(REQUEST, request, version=version, lock=True)
            state = State(row["state"])
            if (state, Action.FORWARD) not in MOVES.moves:
                raise Conflict(f"a request that is {state.replace('_', ' ')} cannot be forwarded: read it again")
            incident, key = await incident_of(desk, self._incidents, row, report, caller, source="citizen")
            also = {"incident": key, "taken_by": caller.name, "unread": False}
            return self._masked(await desk.move(REQUEST, row, MOVES, Action.FORWARD, note=incident, **also))

    async def follow_up(
        self, request: str, caller: Caller, version: int | None, note: str, score: int | None = None
    ) -> Told:  # fmt: skip
        """Somebody asked the citizen afterwards how it went. Raises Conflict, NotFound.

        score: what the citizen said on the telephone; counts as the rating, where there is none yet.
        """
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(REQUEST, request, version=version, lock=True)
            if row["state"] not in ENDED:
                raise Conflict("follow-up comes after the end")
            if score is not None:
                said = {"score": score, "tags": [], "comment": note}
                await evaluate(desk, REQUEST, row, said, after=(State.ANSWERED, State.REJECTED))
            changed = await desk.change(REQUEST, row, "follow-up", {"followed_up_at": desk.now}, note=note)
            return self._masked(changed)

    async def reveal(self, request: str, call: Call, purpose: str) -> Told:
        """Name and telephone in full; that somebody looked, and why, is on record. Raises NotFound."""
        async with at_the_desk(self._pool, actor_of(call.user), self._now()) as desk:
            row = await desk.find(REQUEST, request)
            await put_look(desk.connection, call, "reveal", REQUEST.table, request, purpose)
            return self._contacts.full(row)

    def _masked(self, row: Told) -> Told:
        return row | self._contacts.masked(row)

    async def _move(
        self, request: str, caller: Caller, version: int | None, action: Action, *, say: str | None = None, **also: Any
    ) -> Told:  # fmt: skip
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(REQUEST, request, version=version, lock=True)
            moved = await desk.move(REQUEST, row, MOVES, action, note=say, unread=False, **also)
            if say is not None:
                await _say(desk, row, say)
            return self._masked(moved)

    async def _responsible(self, desk: Desk, sent: Mapping[str, Any]) -> int:
        """The chosen organisation, else the lowest whose territory holds the place."""
        if sent["organisation"] is not None:
            key = await RequestStore(desk.connection).public_organisation(sent["organisation"])
            if key is None:
                raise NotFound(f"there is no organisation {sent['organisation']!r}: GET /public/organisations")
            return key
        if sent["latitude"] is None:
            raise BadRequest("say where: choose an organisation, or send latitude and longitude")
        at = await self._organisation_at(desk.connection, sent["latitude"], sent["longitude"])
        if at is None:
            raise BadRequest("this place lies outside of the city: choose an organisation")
        return at[0]


async def incident_of(
    desk: Desk, incidents: Incidents, row: Told, report: Mapping[str, Any], caller: Caller, *, source: str
) -> tuple[str, int]:
    """(id, key) of an incident made of what a citizen said: subject, body, address, and the place if there is one.

    report: kind, and latitude and longitude where the row has none or better ones are known. Raises BadRequest.
    """
    place = {name: _given(report[name], row[name]) for name in ("latitude", "longitude")}
    if None in place.values():
        raise BadRequest("nobody said where: say latitude and longitude")
    said = {
        "kind": report["kind"], "description": f"{row['subject']}\n{row['body']}"[:4_000], "address": row["address"],
        "source": source,
    }  # fmt: skip
    incident = await incidents.report(desk.connection, place | said, caller)
    return incident, await RequestStore(desk.connection).incident_key(incident)


async def _by_code(desk: Desk, code: str, *, lock: bool = True) -> Told:
    row = await desk.by_code(REQUEST, code_hash(code), lock=lock)
    if row is None:
        raise NotFound("there is no request with this code: compare it with what you noted")
    return row


async def _say(desk: Desk, row: Told, text: str) -> None:
    message = {"at": desk.now, "by_citizen": False, "author": desk.actor.name, "body": text}
    await RequestStore(desk.connection).say(row["key"], message)


def _given(said: float | None, stands: float | None) -> float | None:
    return stands if said is None else said
