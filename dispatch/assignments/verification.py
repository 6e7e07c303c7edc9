"""Who may verify an incident, and what becomes of one that does not pass."""

from __future__ import annotations

from dispatch.assignments.model import OPEN, AssignmentState, Purpose
from dispatch.assignments.store import AssignmentStore
from dispatch.incidents.desk import Desk, Place
from dispatch.incidents.model import Action, Incident
from registry.api.problems import Forbidden
from registry.api.route import Role

__all__ = ["refuse_handlers", "send_back"]


async def refuse_handlers(desk: Desk, incident: Incident) -> None:
    """Raises Forbidden for who handled it, and for a member who was not sent to verify."""
    actor, store = desk.actor, AssignmentStore(desk.connection)
    handlers = await store.of_incident(incident.key, AssignmentState.HANDLED, purpose=Purpose.HANDLE)
    entries = [one for one in await desk.store.entries(incident.key) if one["action"] == Action.FEEDBACK]
    if actor.member is not None and actor.member in {one.member for one in handlers}:
        raise Forbidden("the handler never verifies: somebody else must")
    if actor.user is not None and entries and entries[-1]["user"] == actor.user:
        raise Forbidden("who gave the feedback never verifies: somebody else must")
    if not (actor.speaks_for_others or actor.role is Role.SUPERVISOR):
        sent = await store.of_incident(incident.key, *OPEN, purpose=Purpose.VERIFY)
        if actor.member is None or actor.member not in {one.member for one in sent}:
            raise Forbidden("you were not sent to verify this")


async def send_back(desk: Desk, incident: Incident, note: str, place: Place | None) -> None:
    """To those who handled it, as far as they are free; else to the dispatcher."""
    store = AssignmentStore(desk.connection)
    handlers = await store.of_incident(incident.key, AssignmentState.HANDLED, purpose=Purpose.HANDLE)
    again = [await store.take_up_again(one) for one in handlers]
    after = await desk.act(
        incident, Action.SEND_BACK, note=note, place=place, sent_back=incident.sent_back + 1, on_scene_at=None
    )
    if not any(again):
        await desk.act(after, Action.RETURN, note="the handlers are busy with other things")
