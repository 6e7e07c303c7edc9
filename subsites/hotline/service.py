"""The hotline: a call is taken, and becomes an answer, a request or an incident; then somebody asks how it was."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from psycopg_pool import AsyncConnectionPool

from registry.access.queries import put_look
from registry.api.problems import Conflict
from registry.api.route import Call, Caller
from registry.idempotency.queries import claim, keep
from registry.privacy.model import Number, normalised
from registry.privacy.queries import Vault
from subsites.hotline.model import MOVES, Action, State
from subsites.hotline.store import CALL, CallStore
from subsites.record.contact import Contacts
from subsites.record.desk import Desk, at_the_desk
from subsites.record.model import Told, actor_of, code_of
from subsites.requests.service import Incidents, Now, OrganisationAt, RequestService, incident_of

__all__ = ["HotlineService"]

_SAID = ("kind", "subject", "body", "latitude", "longitude", "address")
_PURPOSE = "a call to the hotline"


class HotlineService:
    """One async function a command. now: aware UTC."""

    def __init__(
        self, pool: AsyncConnectionPool, vault: Vault, requests: RequestService, organisation_at: OrganisationAt,
        incidents: Incidents, now: Now,
    ) -> None:  # fmt: skip
        self._pool, self._vault, self._now = pool, vault, now
        self._contacts = Contacts(vault, CALL.table)
        self._requests, self._organisation_at, self._incidents = requests, organisation_at, incidents

    async def page(self, caller: Caller, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """The newest first, contacts masked."""
        async with self._pool.connection() as connection:
            rows = await CallStore(connection).page(caller.organisation, before=before, limit=limit, filters=filters)
        return [self._masked(row) for row in rows]

    async def find(self, call: str, caller: Caller) -> tuple[Told, Sequence[Told], Sequence[Told]]:
        """One, what came from its number besides, and what was done to it. Raises NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(CALL, call)
            return self._masked(row), await self._besides(desk, caller, row), await desk.log_of(CALL, row)

    async def lookup(self, call: Call, telephone: str) -> list[Told]:
        """What came from a number before; that somebody looked is on record. Raises Unavailable."""
        blind = await self._vault.blind(Number.TELEPHONE, normalised(Number.TELEPHONE, telephone))
        async with self._pool.connection() as connection:
            found = await CallStore(connection).earlier(blind, call.user.organisation)
            await put_look(connection, call, "search", CALL.table, None, _PURPOSE, rows=len(found))
            return found

    async def take(self, caller: Caller, said: Mapping[str, Any], key: str | None) -> Told:
        """A call. Raises BadRequest, NotFound."""
        contact = await self._contacts.sealed(said["name"], said["telephone"])
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            fields = {name: said[name] for name in (*_SAID, "call_back")} | contact | {
                "organisation": await self._responsible(desk, caller, said), "state": State.OPEN,
                "operator": caller.name, "created_at": desk.now,
            }  # fmt: skip
            return self._masked(await desk.add_once(CALL, key, fields))

    async def answer(self, call: str, caller: Caller, version: int | None, text: str) -> Told:
        """The caller was told. Raises Conflict, NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(CALL, call, version=version, lock=True)
            return await self._become(desk, row, Action.ANSWER, note=text, answer=text)

    async def to_incident(self, call: str, caller: Caller, version: int | None, report: Mapping[str, Any]) -> Told:
        """Make an incident of it, in the same transaction. Raises BadRequest (no place, no such kind), Conflict."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(CALL, call, version=version, lock=True)
            _still_open(row)
            incident, key = await incident_of(desk, self._incidents, row, report, caller, source="hotline")
            return await self._become(desk, row, Action.INCIDENT, note=incident, incident=key)

    async def to_request(self, call: str, caller: Caller, version: int | None, key: str | None) -> tuple[Told, str]:
        """Make a request of it that the caller may follow by the code. Raises Conflict, NotFound.

        Sent again with the same long Idempotency-Key, it tells the same code.
        """
        code = code_of(secrets.choice, key, call.encode())
        await self._vault.sealer()  # its first check takes a connection of its own
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(CALL, call, lock=True)
            if await claim(desk.connection, caller.user, key, f"request of {call}") is not None:
                return self._masked(row), code
            row = await desk.find(CALL, call, version=version)
            _still_open(row)
            sent = {name: row[name] for name in _SAID} | {"language": "zh"}
            contact = await self._requests.contact(self._contacts.full(row))
            made = await self._requests.file_at(desk, sent, contact, row["organisation_key"], code, source="hotline")
            moved = await self._become(desk, row, Action.REQUEST, note=made["id"], request=made["key"])
            await keep(desk.connection, caller.user, key, made["id"])
            return moved, code

    async def called_back(
        self, call: str, caller: Caller, version: int | None, note: str, score: int | None
    ) -> Told:  # fmt: skip
        """Somebody called and asked how it was. Raises Conflict, NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(CALL, call, version=version, lock=True)
            if row["state"] != State.DONE:
                raise Conflict("say first what became of the call")
            changes = {"called_back_at": desk.now, "score": score, "score_comment": note}
            return self._masked(await desk.change(CALL, row, "call-back", changes, note=note))

    async def reveal(self, call: str, asked: Call, purpose: str) -> Told:
        """Name and telephone in full; that somebody looked, and why, is on record. Raises NotFound."""
        async with at_the_desk(self._pool, actor_of(asked.user), self._now()) as desk:
            row = await desk.find(CALL, call)
            await put_look(desk.connection, asked, "reveal", CALL.table, call, purpose)
            return self._contacts.full(row)

    async def _become(self, desk: Desk, row: Told, action: Action, *, note: str, **also: Any) -> Told:
        return self._masked(await desk.move(CALL, row, MOVES, action, note=note, ended_at=desk.now, **also))

    async def _besides(self, desk: Desk, caller: Caller, row: Told) -> list[Told]:
        if row["telephone_blind"] is None:
            return []
        return await CallStore(desk.connection).earlier(
            bytes(row["telephone_blind"]), caller.organisation, but=row["id"]
        )

    async def _responsible(self, desk: Desk, caller: Caller, said: Mapping[str, Any]) -> int:
        """The chosen organisation; else whose territory holds the place, as far as it is the caller's; else his own."""
        if said["organisation"] is not None:
            return await desk.organisation(said["organisation"])
        if said["latitude"] is not None:
            at = await self._organisation_at(desk.connection, said["latitude"], said["longitude"])
            if at is not None and await desk.sees(at[0]):
                return at[0]
        return caller.organisation

    def _masked(self, row: Told) -> Told:
        return row | self._contacts.masked(row)


def _still_open(row: Told) -> None:
    """Before anything is made of it. Raises Conflict."""
    if row["state"] != State.OPEN:
        raise Conflict("something became of this call already: read it again")
