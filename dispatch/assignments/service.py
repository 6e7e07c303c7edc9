"""Commands that move an assignment and its incident together: dispatch, acknowledge ... feedback, verify."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from psycopg_pool import AsyncConnectionPool

from dispatch.assignments.model import OPEN, Assignment, AssignmentState, IllegalStep, Offer, Purpose, stepped
from dispatch.assignments.sending import involve, send
from dispatch.assignments.store import AssignmentStore
from dispatch.assignments.verification import refuse_handlers, send_back
from dispatch.incidents.actor import WORKER, Actor, handheld
from dispatch.incidents.desk import Desk, Place, at_the_desk
from dispatch.incidents.model import Action, Incident, State
from dispatch.incidents.service import Now
from dispatch.incidents.store import IncidentStore, Told
from registry.api.problems import BadRequest, Conflict, Forbidden, NotFound
from registry.api.route import Role
from registry.idempotency.queries import is_repeated

__all__ = ["AssignmentService"]


class AssignmentService:
    """One async function a command. now: aware UTC."""

    def __init__(self, pool: AsyncConnectionPool, now: Now) -> None:
        self._pool, self._now = pool, now

    async def dispatch(self, incident: str, actor: Actor, version: int | None, offer: Offer) -> Told:
        """Send members and departments: all of them or none. A reported incident is accepted by that.

        Raises Conflict where a member is off duty or has an exclusive assignment already, BadRequest, NotFound.
        """
        if not offer.members and not offer.departments:
            raise BadRequest("name members or departments to send")
        async with at_the_desk(self._pool, actor, self._now()) as desk:
            found = await desk.lock(incident, version)
            if found.state is State.REPORTED:
                found = await desk.act(found, Action.ACCEPT)
            purpose = Purpose.VERIFY if found.state is State.FEEDBACK else Purpose.HANDLE
            names = [await send(desk, found, purpose, offer, one) for one in offer.members]
            names += [await involve(desk, found, purpose, offer, one) for one in offer.departments]
            await desk.act(found, Action.DISPATCH, note=f"{purpose}: {', '.join(names)}", policy=offer.policy)
            return await _told(desk, incident)

    async def step(
        self, assignment: str, actor: Actor, action: Action, *, reason: str | None = None, place: Place | None = None,
        idempotency_key: str | None = None,
    ) -> Told:  # fmt: skip
        """Acknowledge, decline, go en route, arrive or clear; the incident as it is then.

        place: where the member stands. Raises Conflict, Forbidden, NotFound.
        """
        async with at_the_desk(self._pool, actor, self._now()) as desk:
            found, one = await self._locked(desk, assignment)
            _refuse_strangers(one, actor, action)
            if await is_repeated(desk.connection, actor.user, idempotency_key, action, assignment):
                return await _told(desk, found.id)
            one = await self._step(desk, one, action, reason)
            after = await desk.act(found, action, note=_note(one, reason), place=place)
            if action in (Action.DECLINE, Action.EXPIRE, Action.CLEAR):
                if one.member is not None:
                    desk.also_tell(one.member)
                await self._return_if_alone(desk, after)
            return await _told(desk, found.id)

    async def pending(self, member: int) -> list[Told]:
        """The incidents that still ask something of this member (key), the oldest first."""
        async with self._pool.connection() as connection:
            incidents = await AssignmentStore(connection).incidents_of(member)
            store = IncidentStore(connection)
            told = [await store.told(one, handheld(member, "")) for one in incidents]
        return [one for one in told if one is not None]

    async def delivered(self, assignment: str, member: int) -> None:
        """His handheld shows it. Raises NotFound."""
        async with at_the_desk(self._pool, handheld(member, ""), self._now()) as desk:
            found, one = await self._locked(desk, assignment)
            if one.delivered_at is None:
                await AssignmentStore(desk.connection).save(replace(one, delivered_at=desk.now))
                desk.tell_again(found)

    async def propose_arrival(self, assignment: str) -> bool:
        """The member is near enough: a person is asked to confirm. False when it was asked already, or is over."""
        async with at_the_desk(self._pool, WORKER, self._now()) as desk:
            found, one = await self._locked(desk, assignment)
            on_the_way = one.state in (AssignmentState.ACKNOWLEDGED, AssignmentState.EN_ROUTE)
            if one.arrival_proposed_at is not None or not on_the_way:
                return False
            await AssignmentStore(desk.connection).save(replace(one, arrival_proposed_at=desk.now))
            await desk.act(found, Action.PROPOSE_ARRIVAL, note=one.id)
            return True

    async def feedback(
        self, incident: str, actor: Actor, version: int | None, note: str, *, place: Place | None = None,
        idempotency_key: str | None = None,
    ) -> Told:  # fmt: skip
        """The handler is done. The incident waits for verification once all who were sent are.

        Raises Conflict, Forbidden (the actor is not on it), NotFound.
        """
        async with at_the_desk(self._pool, actor, self._now()) as desk:
            await desk.lock(incident)
            if await is_repeated(desk.connection, actor.user, idempotency_key, Action.FEEDBACK, incident):
                return await _told(desk, incident)
            found = await desk.lock(incident, version)
            mine = await self._own(desk, found)
            for one in mine:
                await self._step(desk, one, Action.FEEDBACK, note)
            rest = await AssignmentStore(desk.connection).of_incident(found.key, *OPEN, purpose=Purpose.HANDLE)
            if rest and found.state is State.HANDLING:
                await desk.act(found, Action.NOTE, note=f"done with their part: {note}", place=place)
            else:
                handler = actor.member if actor.member is not None else mine[0].member
                await desk.act(found, Action.FEEDBACK, note=note, place=place, handled_by=handler)
            return await _told(desk, incident)

    async def verify(
        self, incident: str, actor: Actor, version: int | None, passed: bool, note: str, *,
        place: Place | None = None, idempotency_key: str | None = None,
    ) -> Told:  # fmt: skip
        """Somebody else than the handler looked at it on the spot; what did not pass is sent back.

        Raises Conflict, Forbidden, NotFound.
        """
        async with at_the_desk(self._pool, actor, self._now()) as desk:
            await desk.lock(incident)
            if await is_repeated(desk.connection, actor.user, idempotency_key, Action.VERIFY, incident):
                return await _told(desk, incident)
            found = await desk.lock(incident, version)
            await refuse_handlers(desk, found)
            if passed:
                await desk.act(found, Action.VERIFY, note=note, place=place)
            else:
                await send_back(desk, found, note, place)
            for member in await AssignmentStore(desk.connection).end_all(
                found.key, desk.now, "verified", Purpose.VERIFY
            ):
                desk.also_tell(member)
            return await _told(desk, incident)

    async def hand_over(self, assignments: Sequence[str], actor: Actor, taker: int, name: str, note: str) -> list[str]:
        """These assignments go to another member (key, id), as they stand; the incidents (ids). All or none.

        Raises Conflict where the taker has an exclusive one already, NotFound.
        """
        incidents = []
        async with at_the_desk(self._pool, actor, self._now()) as desk:
            for assignment in assignments:
                found, one = await self._locked(desk, assignment)
                if not await AssignmentStore(desk.connection).give(one.key, taker):
                    raise Conflict(f"{name} has an assignment already: choose somebody else")
                if one.member is not None:
                    desk.also_tell(one.member)
                await desk.act(found, Action.HAND_OVER, note=f"{one.id} to {name}: {note}")
                incidents.append(found.id)
        return incidents

    async def page(
        self, actor: Actor, *, before: int, limit: int, filters: dict[str, Any]
    ) -> list[dict[str, Any]]:  # fmt: skip
        """Assignments, the newest first; a member's own for a member."""
        async with self._pool.connection() as connection:
            return await AssignmentStore(connection).page(
                scope=actor.organisation, member=(actor.member or 0) if actor.only_own else None, before=before,
                limit=limit, filters=filters,
            )  # fmt: skip

    async def _locked(self, desk: Desk, assignment: str) -> tuple[Incident, Assignment]:
        """The incident, locked, and the assignment on it."""
        store = AssignmentStore(desk.connection)
        incident = await store.incident_of(assignment)
        if incident is None:
            raise NotFound(f"there is no assignment {assignment!r} that you may see")
        try:
            locked = await desk.lock(incident)
        except NotFound:
            raise NotFound(f"there is no assignment {assignment!r} that you may see") from None
        found = await store.find(assignment)
        assert found is not None
        if desk.actor.only_own and found.member != desk.actor.member:
            raise NotFound(f"there is no assignment {assignment!r} that you may see")
        return locked, found

    async def _step(self, desk: Desk, assignment: Assignment, action: Action, reason: str | None) -> Assignment:
        try:
            after = stepped(assignment, action, desk.now, reason)
        except IllegalStep as illegal:
            raise Conflict(f"{assignment.id}: {illegal}") from illegal
        await AssignmentStore(desk.connection).save(after)
        return after

    async def _return_if_alone(self, desk: Desk, incident: Incident) -> None:
        """Nobody is left on it: it waits for a dispatcher, or the next candidate."""
        rest = await AssignmentStore(desk.connection).of_incident(incident.key, *OPEN, purpose=Purpose.HANDLE)
        if not rest and incident.state in (State.DISPATCHED, State.HANDLING):
            await desk.act(incident, Action.RETURN, note="nobody is left on it")

    async def _own(self, desk: Desk, incident: Incident) -> list[Assignment]:
        """The actor's open assignments to handle it; of a dispatcher who speaks for them, all that are open."""
        open_ = await AssignmentStore(desk.connection).of_incident(incident.key, *OPEN, purpose=Purpose.HANDLE)
        actor = desk.actor
        mine = [one for one in open_ if one.member is not None and one.member == actor.member]
        if not mine and actor.role is Role.OFFICER:
            mine = [one for one in open_ if one.department == actor.organisation]
        if not mine and actor.speaks_for_others:
            mine = [one for one in open_ if one.state is not AssignmentState.OFFERED]
        if not mine:
            raise Forbidden("who gives feedback must be assigned to it")
        return mine


def _refuse_strangers(assignment: Assignment, actor: Actor, action: Action) -> None:
    """A member acts for himself, an officer for the department, a dispatcher for those who tell by radio."""
    own = assignment.member is not None and assignment.member == actor.member
    officer = actor.role is Role.OFFICER and assignment.department == actor.organisation
    if action is Action.CLEAR:
        own = officer = False
    if not (own or officer or actor.speaks_for_others or actor.role is None):
        raise Forbidden(f"only who is assigned, or a dispatcher, may {action} it")


def _note(assignment: Assignment, reason: str | None) -> str:
    return assignment.id if reason is None else f"{assignment.id}: {reason}"


async def _told(desk: Desk, incident: str) -> Told:
    told = await desk.store.told(incident, desk.actor)
    if told is None:
        raise NotFound(f"there is no incident {incident!r} that you may see")
    return told
