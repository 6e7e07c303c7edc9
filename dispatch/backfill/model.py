"""Incidents of the past, told step by step, made again by the same moves as today's. Pure.

A told incident is replayed: its report makes it, every further step is `moved` (or `escalated`) at the step's own time.
What the table of moves does not allow is refused, so nothing can be brought in that could not have happened here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from dispatch.assignments.model import OPEN, Assignment, AssignmentState, IllegalStep, Purpose, stepped
from dispatch.incidents.model import Action, Clock, IllegalMove, Incident, Limits, State, changes, escalated, moved

__all__ = ["Entry", "Known", "NotPossible", "Replayed", "Step", "Told", "replay"]

_ANSWER_WITHIN = timedelta(minutes=1)
_OF_ASSIGNMENTS = frozenset(
    {Action.ACKNOWLEDGE, Action.DECLINE, Action.EXPIRE, Action.EN_ROUTE, Action.ARRIVE, Action.CLEAR, Action.FEEDBACK}
)
_NOT_TOLD = frozenset({Action.MERGE, Action.APPROVE, Action.REFUSE, Action.HAND_OVER, Action.PROPOSE_ARRIVAL})


class NotPossible(Exception):
    """It could not have happened so; the message says which step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step. member: id of who acts by his handheld; members: ids of who is sent."""

    at: datetime
    action: Action
    actor: str
    member: str | None = None
    members: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An incident as a file tells it. organisation: id, of the place; steps: the report first, in order of time."""

    kind: str
    organisation: str
    latitude: float
    longitude: float
    description: str
    source: str
    address: str | None
    priority: int | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Keys by id of what a file may name.

    kinds: code -> (key, priority, limits); above: an organisation's next higher one, None above districts.
    """

    organisations: Mapping[str, int]
    members: Mapping[str, int]
    kinds: Mapping[str, tuple[int, int, Limits]]
    above: Mapping[int, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row of the log. before, after: as in incident_log."""

    version: int
    step: Step
    member: int | None
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(slots=True)
class Replayed:
    """What one told incident becomes; its assignments hold the incident's key only."""

    incident: Incident
    entries: list[Entry] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)


def replay(told: Told, key: int, known: Known) -> Replayed:
    """The incident of that key with its log and assignments. Raises NotPossible."""
    first, *rest = told.steps
    if first.action is not Action.REPORT:
        raise NotPossible("the first step must be report")
    incident, limits = _reported(told, first, key, known)
    done = Replayed(incident)
    done.entries.append(_entry(None, incident, first, known))
    before = first.at
    for step in rest:
        if step.at < before:
            raise NotPossible(f"{step.action} lies before the step before it")
        before = step.at
        try:
            _take(done, step, limits, known)
        except (IllegalMove, IllegalStep, NotPossible) as error:
            raise NotPossible(f"{step.action} at {step.at.isoformat()}: {error}") from error
    return done


def _reported(told: Told, first: Step, key: int, known: Known) -> tuple[Incident, Limits]:
    if told.kind not in known.kinds:
        raise NotPossible(f"there is no kind {told.kind!r}: `gridwarden export kinds` lists them")
    if told.organisation not in known.organisations:
        raise NotPossible(f"there is no organisation {told.organisation!r}")
    kind, priority, limits = known.kinds[told.kind]
    organisation = known.organisations[told.organisation]
    incident = Incident(
        key=key, id=f"I-{key}", version=1, state=State.REPORTED, kind=kind, priority=told.priority or priority,
        organisation=organisation, place_organisation=organisation, latitude=told.latitude, longitude=told.longitude,
        address=told.address, description=told.description, source=told.source, reporter_user=None,
        reporter_member=_member(first, known), contact=None, drill=False, reported_at=first.at, clock=Clock.ACCEPT,
        due_at=first.at + limits.of(Clock.ACCEPT),
    )  # fmt: skip
    return incident, limits


def _take(done: Replayed, step: Step, limits: Limits, known: Known) -> None:
    if step.action in _NOT_TOLD or step.action is Action.REPORT:
        raise NotPossible("this step cannot be brought in")
    also: dict[str, Any] = {}
    if step.action is Action.DISPATCH:
        _send(done, step, known)
    elif step.action in _OF_ASSIGNMENTS:
        also = _step(done, step, known)
    elif step.action is Action.SEND_BACK:
        also = {"sent_back": done.incident.sent_back + 1, "on_scene_at": None}
        _take_up_again(done)
    elif step.action in (Action.CLOSE, Action.REJECT):
        also = {"disposition": step.note}
    elif step.action is Action.VERIFY and _member(step, known) == done.incident.handled_by is not None:
        raise NotPossible("the handler never verifies")
    if step.action is Action.ESCALATE:
        above = known.above.get(done.incident.organisation)
        after = escalated(done.incident, above, step.at, limits)
    else:
        after = moved(done.incident, step.action, step.at, limits, **also)
    done.entries.append(_entry(done.incident, after, step, known))
    done.incident = after


def _send(done: Replayed, step: Step, known: Known) -> None:
    if not step.members:
        raise NotPossible("dispatch names nobody")
    purpose = Purpose.VERIFY if done.incident.state is State.FEEDBACK else Purpose.HANDLE
    for member in step.members:
        done.assignments.append(
            Assignment(
                key=0, id="", incident=done.incident.key, member=_key_of(member, known), department=None,
                purpose=purpose, state=AssignmentState.OFFERED, exclusive=True, offered_by=None, offered_at=step.at,
                answer_by=step.at + _ANSWER_WITHIN,
            )
        )  # fmt: skip


def _step(done: Replayed, step: Step, known: Known) -> dict[str, Any]:
    """Move the assignment of the step's member; what the incident takes on beside."""
    member = _member(step, known)
    for row, one in enumerate(done.assignments):
        if one.member == member and one.state in OPEN:
            done.assignments[row] = stepped(one, step.action, step.at, step.note)
            return {"handled_by": member} if step.action is Action.FEEDBACK else {}
    raise NotPossible(f"{step.member!r} was not sent to it")


def _take_up_again(done: Replayed) -> None:
    for row, one in enumerate(done.assignments):
        if one.state is AssignmentState.HANDLED and one.purpose is Purpose.HANDLE:
            done.assignments[row] = replace(one, state=AssignmentState.ACKNOWLEDGED, ended_at=None, on_scene_at=None)


def _entry(before: Incident | None, after: Incident, step: Step, known: Known) -> Entry:
    was, is_ = changes(before, after)
    return Entry(version=after.version, step=step, member=_member(step, known), before=was, after=is_)


def _member(step: Step, known: Known) -> int | None:
    return None if step.member is None else _key_of(step.member, known)


def _key_of(member: str, known: Known) -> int:
    if member not in known.members:
        raise NotPossible(f"there is no member {member!r}")
    return known.members[member]
