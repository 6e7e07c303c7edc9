"""Who is sent to an incident, and why somebody is not."""

from __future__ import annotations

from typing import Any

from dispatch.assignments.model import AssignmentState, Offer, Purpose, Sent
from dispatch.assignments.store import AssignmentStore
from dispatch.incidents.desk import Desk
from dispatch.incidents.model import Incident
from registry.api.problems import Conflict, NotFound

__all__ = ["involve", "send"]


async def send(desk: Desk, incident: Incident, purpose: Purpose, offer: Offer, sent: Sent) -> str:
    """Offer it to a member; his id. Raises Conflict (off duty, sent already, handled it himself), NotFound."""
    store = AssignmentStore(desk.connection)
    member = await store.assignee(sent.member, desk.actor.organisation)
    if member is None:
        raise NotFound(f"there is no member {sent.member!r} that you may send")
    if not member.on_duty:
        raise Conflict(f"{member.id} ({member.name}) is off duty")
    if purpose is Purpose.VERIFY and member.key == incident.handled_by:
        raise Conflict(f"{member.id} ({member.name}) handled it: somebody else must verify")
    made = await store.offer(
        _fields(desk, incident, purpose, offer) | {
            "member": member.key, "department": None, "metres": sent.metres, "eta_s": sent.eta_s,
            "answer_by": desk.now + offer.answer_within,
        }
    )  # fmt: skip
    if made is None:
        with_ = await store.busy_with(member.key) or incident.id
        raise Conflict(f"{member.id} ({member.name}) is assigned to {with_} already: choose somebody else")
    return member.id


async def involve(desk: Desk, incident: Incident, purpose: Purpose, offer: Offer, department: str) -> str:
    """Offer it to a department (id), which is what is given back. Raises Conflict, NotFound."""
    store = AssignmentStore(desk.connection)
    key = await store.department(department, desk.actor.organisation)
    if key is None:
        raise NotFound(f"there is no department {department!r} that you may send it to")
    made = await store.offer(
        _fields(desk, incident, purpose, offer) | {
            "member": None, "department": key, "metres": None, "eta_s": None, "answer_by": None
        }
    )  # fmt: skip
    if made is None:
        raise Conflict(f"{department} is on {incident.id} already")
    return department


def _fields(desk: Desk, incident: Incident, purpose: Purpose, offer: Offer) -> dict[str, Any]:
    return {
        "incident": incident.key, "purpose": purpose, "state": AssignmentState.OFFERED, "exclusive": offer.exclusive,
        "offered_by": desk.actor.user, "offered_at": desk.now, "policy": offer.policy,
    }  # fmt: skip
