"""Help cases: opened for a household, planned, visited and closed; every step of it is on record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg_pool import AsyncConnectionPool

from registry.access.queries import put_look
from registry.api.problems import BadRequest, NotFound
from registry.api.route import Call, Caller, Role
from registry.idempotency.queries import claim, is_repeated, keep
from registry.privacy.queries import Vault
from subsites.assistance.model import MOVES, Action, State
from subsites.assistance.store import CASE, CaseStore
from subsites.record.desk import Desk, as_seen, at_the_desk
from subsites.record.model import Told, actor_of, masked_name

__all__ = ["AssistanceService", "Detail"]

Detail = tuple[Told, Sequence[Told], Sequence[Told], Sequence[Told]]
"""A case, its steps, its visits, and what was done to it."""

_PHONE = "people.telephone"


class AssistanceService:
    """One async function a command. now: aware UTC."""

    def __init__(self, pool: AsyncConnectionPool, vault: Vault, now: Callable[[], datetime]) -> None:
        self._pool, self._vault, self._now = pool, vault, now

    async def page(self, caller: Caller, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """The newest first, names masked; filters: those of every room, state, kind, overdue."""
        asked = dict(filters) | {"overdue_on": self._now().date() if filters["overdue"] else None}
        async with self._pool.connection() as connection:
            rows = await CaseStore(connection).page(caller.organisation, before=before, limit=limit, filters=asked)
        return [_masked(row) for row in rows]

    async def mine(self, caller: Caller) -> list[Detail]:
        """Those that the caller, a member, helps with, as long as they last; names in full, for he is to find them."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            return [await _detail(desk, row) for row in await CaseStore(desk.connection).helped_by(caller.member)]

    async def find(self, case: str, caller: Caller) -> Detail:
        """One, its name masked. Raises NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            return await _detail(desk, _masked(await desk.find(CASE, case)))

    async def open(self, caller: Caller, said: Mapping[str, Any], key: str | None) -> Told:
        """A new one. Raises BadRequest, NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            earlier = await claim(desk.connection, caller.user, key, CASE.table)
            if earlier is not None:
                return _masked(await desk.find(CASE, earlier))
            fields = await _whom(desk, caller.organisation, said) | {
                "kind": said["kind"], "title": said["title"], "need": said["need"], "state": State.OPEN,
                "author": caller.name, "created_at": desk.now, "next_visit_on": said["next_visit_on"],
                "helper": await _helper(desk, said),
            }  # fmt: skip
            made = await desk.add(CASE, fields)
            await CaseStore(desk.connection).plan(made["key"], said["steps"])
            await keep(desk.connection, caller.user, key, made["id"])
            return _masked(made)

    async def plan(self, case: str, caller: Caller, said: Mapping[str, Any]) -> Told:
        """Who helps from now on, with what, and when the next visit is. Raises Conflict, NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(CASE, case, version=said["version"], lock=True)
            helper = await _helper(desk, said)
            also = {"helper": helper, "next_visit_on": said["next_visit_on"]}
            moved = await desk.move(CASE, row, MOVES, Action.PLAN, **also)
            await CaseStore(desk.connection).plan(row["key"], said["steps"])
            return _masked(moved)

    async def done(self, case: str, caller: Caller, version: int | None, number: int) -> Told:
        """A step is done. Raises Conflict, NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await _of(desk, caller, case, version)
            if not await CaseStore(desk.connection).done(row["key"], number, caller.name, desk.now):
                raise NotFound(f"{case} has no step {number} that is not done yet: read it again")
            return _masked(await desk.move(CASE, row, MOVES, Action.STEP, note=f"{number}"))

    async def visit(self, case: str, caller: Caller, said: Mapping[str, Any], key: str | None) -> Told:
        """Somebody was there. Raises BadRequest, Conflict, NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            if said["at"] > desk.now:
                raise BadRequest("the visit lies in the future: say when it was")
            row = await _of(desk, caller, case, None)
            if await is_repeated(desk.connection, caller.user, key, "visit of", case):
                return _masked(row)
            visit = {name: said[name] for name in ("at", "note", "latitude", "longitude")}
            await CaseStore(desk.connection).visit(
                row["key"], visit | {"by_name": caller.name, "member": caller.member}
            )
            also = {"next_visit_on": said["next_visit_on"]}
            return _masked(await desk.move(CASE, row, MOVES, Action.VISIT, **also))

    async def close(self, case: str, caller: Caller, version: int | None, result: str, outcome: str) -> Told:
        """It has ended, and how. Raises Conflict, NotFound."""
        also = {"result": result, "outcome": outcome, "ended_at": self._now(), "next_visit_on": None}
        return await self._move(case, caller, version, Action.CLOSE, note=outcome, also=also)

    async def reopen(self, case: str, caller: Caller, version: int | None, note: str) -> Told:
        """It goes on. Raises Conflict, NotFound."""
        also = {"result": None, "outcome": None, "ended_at": None}
        return await self._move(case, caller, version, Action.REOPEN, note=note, also=also)

    async def reveal(self, case: str, call: Call, purpose: str) -> Told:
        """Name and telephone in full; that somebody looked, and why, is on record. Raises NotFound."""
        async with at_the_desk(self._pool, actor_of(call.user), self._now()) as desk:
            row = await desk.find(CASE, case)
            await put_look(desk.connection, call, "reveal", CASE.table, case, purpose)
        sealed = row["telephone_sealed"]
        telephone = None if sealed is None else self._vault.opened(bytes(sealed), _PHONE)
        return {"name": row["name"], "telephone": telephone}

    async def _move(
        self, case: str, caller: Caller, version: int | None, action: Action, *, note: str, also: Mapping[str, Any]
    ) -> Told:
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(CASE, case, version=version, lock=True)
            return _masked(await desk.move(CASE, row, MOVES, action, note=note, **also))


async def _detail(desk: Desk, row: Told) -> Detail:
    store = CaseStore(desk.connection)
    return row, await store.steps(row["key"]), await store.visits(row["key"]), await desk.log_of(CASE, row)


async def _of(desk: Desk, caller: Caller, case: str, version: int | None) -> Told:
    """One that the caller may work on: of a member, one that he helps with. Raises Conflict, NotFound."""
    if caller.role is not Role.MEMBER:
        return await desk.find(CASE, case, version=version, lock=True)
    rows = await CaseStore(desk.connection).helped_by(caller.member, case, lock=True)
    if not rows:
        raise NotFound(f"there is no case {case!r} that you help with")
    as_seen(rows[0], version)
    return rows[0]


async def _whom(desk: Desk, scope: int, said: Mapping[str, Any]) -> dict[str, Any]:
    """household, person, and the organisation that they live in: keys."""
    store, person, household = CaseStore(desk.connection), None, said["household"]
    if said["person"] is not None:
        found = await store.household_of(said["person"], scope)
        if found is None:
            raise NotFound(f"there is no person {said['person']!r} with a household that you may see")
        person, household = found
    home = await store.household(household, scope)
    if home is None:
        raise NotFound(f"there is no household {household!r} that you may see")
    return {"household": home[0], "organisation": home[1], "person": person}


async def _helper(desk: Desk, said: Mapping[str, Any]) -> int | None:
    return None if said["helper"] is None else await desk.key_of("members", said["helper"], "member")


def _masked(row: Told) -> Told:
    return row | {"name": None if row["name"] is None else masked_name(row["name"])}
