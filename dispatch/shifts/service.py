"""Shifts, rosters, and handing one member's open work to another.

A member on a roster is sent on duty when his shift begins and off duty when it is over, once each, by whichever process
looks first; in between an administrator may say otherwise. Members who were never on a roster are on duty as the
registry says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from dispatch.assignments.service import AssignmentService
from dispatch.incidents.actor import Actor
from dispatch.incidents.service import Now
from dispatch.outbox.model import Happening, Topic
from dispatch.outbox.store import put
from dispatch.shifts.store import HandOver, OnDuty, Shift, ShiftStore
from registry.api.problems import BadRequest, NotFound

__all__ = ["ShiftService"]


class ShiftService:
    """One async function a command. now: aware UTC."""

    def __init__(self, pool: AsyncConnectionPool, assignments: AssignmentService, now: Now) -> None:
        self._pool, self._assignments, self._now = pool, assignments, now

    async def add(
        self, actor: Actor, *, organisation: str, name: str, starts_at: datetime, ends_at: datetime,
        members: Sequence[str],
    ) -> Shift:  # fmt: skip
        """Add one. Raises BadRequest, NotFound."""
        scope = _scope(actor)
        _check(starts_at, ends_at)
        async with self._pool.connection() as connection:
            store = ShiftStore(connection)
            key = await store.organisation_key(organisation, scope)
            if key is None:
                raise NotFound(f"there is no organisation {organisation!r} that you may see")
            fields = {"organisation": key, "name": name, "starts_at": starts_at, "ends_at": ends_at}
            found = await _found(store, await store.add(fields), scope)
            await store.set_members(found.key, await _keys(store, members, scope))
            return await _told(connection, found.id, scope)

    async def change(self, shift: str, actor: Actor, changes: Mapping[str, Any]) -> Shift:
        """Change name, starts_at, ends_at or members. Raises BadRequest, NotFound."""
        scope = _scope(actor)
        async with self._pool.connection() as connection:
            store = ShiftStore(connection)
            found = await _found(store, shift, scope)
            _check(changes.get("starts_at", found.starts_at), changes.get("ends_at", found.ends_at))
            await store.change(found.key, {name: value for name, value in changes.items() if name != "members"})
            if "members" in changes:
                await store.set_members(found.key, await _keys(store, changes["members"], scope))
            return await _told(connection, shift, scope)

    async def remove(self, shift: str, actor: Actor) -> None:
        """Remove one; who is on duty stays so. Raises NotFound."""
        async with self._pool.connection() as connection:
            store = ShiftStore(connection)
            await store.remove((await _found(store, shift, _scope(actor))).key)

    async def find(self, shift: str, actor: Actor) -> tuple[Shift, list[HandOver]]:
        """One of them, and what was handed over. Raises NotFound."""
        async with self._pool.connection() as connection:
            store = ShiftStore(connection)
            found = await _found(store, shift, _scope(actor))
            return found, await store.hand_overs(found.key)

    async def page(
        self, actor: Actor, *, after: int, limit: int, member: str | None = None, since: datetime | None = None,
        until: datetime | None = None,
    ) -> list[Shift]:  # fmt: skip
        """In the order of keys; see `ShiftStore.page`."""
        async with self._pool.connection() as connection:
            return await ShiftStore(connection).page(
                _scope(actor), after=after, limit=limit, member=member, since=since, until=until
            )

    async def roster(self, actor: Actor, at: datetime | None, organisation: str | None) -> list[OnDuty]:
        """Who is on a shift at that instant; None: now."""
        async with self._pool.connection() as connection:
            return await ShiftStore(connection).roster(_scope(actor), at or self._now(), organisation)

    async def hand_over(self, shift: str, actor: Actor, *, member: str, taker: str, note: str) -> HandOver:
        """The member's open assignments go to the taker, the state of each as it is; all or none.

        Raises BadRequest, Conflict (the taker is busy), NotFound.
        """
        scope = _scope(actor)
        async with self._pool.connection() as connection:
            store = ShiftStore(connection)
            found = await _found(store, shift, scope)
            keys = await store.member_keys([member, taker], scope)
            if member == taker or len(keys) != 2 or member not in found.members:
                raise BadRequest("name a member of the shift, and another member who takes over")
            assignments = await store.open_assignments(keys[member])
        incidents = await self._assignments.hand_over(assignments, actor, keys[taker], taker, note)
        async with self._pool.connection() as connection:
            store = ShiftStore(connection)
            await store.add_hand_over({
                "shift": found.key, "member": keys[member], "taker": keys[taker], "by_name": actor.name,
                "at": self._now(), "note": note, "incidents": incidents,
            })  # fmt: skip
            return (await store.hand_overs(found.key))[-1]

    async def round(self) -> tuple[int, int]:
        """Send on and off duty whoever is due: (on, off)."""
        async with self._pool.connection() as connection:
            store = ShiftStore(connection)
            return await store.begin(self._now()), await store.end(self._now())


def _scope(actor: Actor) -> int:
    assert actor.organisation is not None, "shifts are people's business"
    return actor.organisation


def _check(starts_at: datetime, ends_at: datetime) -> None:
    if starts_at >= ends_at:
        raise BadRequest("a shift ends after it starts")


async def _keys(store: ShiftStore, members: Sequence[str], scope: int) -> list[int]:
    keys = await store.member_keys(members, scope)
    if missing := [member for member in members if member not in keys]:
        raise BadRequest(f"no members that you may see: {', '.join(missing[:5])}")
    return list(keys.values())


async def _found(store: ShiftStore, shift: str, scope: int) -> Shift:
    found = await store.find(shift, scope)
    if found is None:
        raise NotFound(f"there is no shift {shift!r} that you may see")
    return found


async def _told(connection: AsyncConnection, shift: str, scope: int) -> Shift:
    """The shift as it is now; the command centre and its members are told."""
    store = ShiftStore(connection)
    found = await _found(store, shift, scope)
    organisation = await store.organisation_key(found.organisation, scope)
    assert organisation is not None
    members = tuple((await store.member_keys(found.members, scope)).values())
    body = {
        "id": found.id, "organisation": found.organisation, "name": found.name, "starts_at": found.starts_at,
        "ends_at": found.ends_at,
    }  # fmt: skip
    await put(connection, Happening(topic=Topic.SHIFT, organisations=(organisation,), members=members, body=body))
    return found
