r"""Incidents: their states, the one table of legal moves, and the clocks that run in each state. Pure.

Theory of operation. An incident is in one state; people, handhelds and workers act on it; `MOVES` says which action is
legal in which state and where it leads. Everything not in the table is an IllegalMove, whoever asks.

    reported --accept--> accepted --dispatch--> dispatched --acknowledge--> handling --feedback--> feedback
       |  \--reject--> rejected      ^                |                      ^   |                   |
       |--merge--> merged            '---- return ----+----------------------+---'     send back ----+
                                                                                                     |
    closed <--close-- verified <------------------------------- verify (never by the handler) -------'

`return` is what is left when every assignment was declined, went unanswered or was cleared. Two detours: an incident is
suspended (accepted, dispatched or handling; its assignments end, its clock stops with what was left) and resumes as
accepted; or its limit is deferred. Both are asked for by one person and approved by another. Closed, rejected and
merged ones are reopened. Escalating changes no state: the next higher organisation becomes responsible.

Clocks. In each state one limit of the kind runs: `accept` until accepted, `arrive` until somebody is on scene, `handle`
until feedback, `verify` until closed. `due_at` is when it runs out. A clock that goes on running keeps its `due_at`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

__all__ = [
    "ENDED",
    "MOVES",
    "Action",
    "Clock",
    "IllegalMove",
    "Incident",
    "Limits",
    "State",
    "changes",
    "escalated",
    "moved",
    "replayed",
]


class State(StrEnum):
    """Where an incident stands."""

    REPORTED = "reported"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    MERGED = "merged"
    DISPATCHED = "dispatched"
    HANDLING = "handling"
    FEEDBACK = "feedback"
    VERIFIED = "verified"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class Action(StrEnum):
    """What is done to an incident; the word in its log."""

    REPORT = "report"
    ACCEPT = "accept"
    REJECT = "reject"
    MERGE = "merge"
    DISPATCH = "dispatch"
    ACKNOWLEDGE = "acknowledge"
    DECLINE = "decline"
    EXPIRE = "expire"
    EN_ROUTE = "en-route"
    PROPOSE_ARRIVAL = "propose-arrival"
    ARRIVE = "arrive"
    CLEAR = "clear"
    RETURN = "return"
    FEEDBACK = "feedback"
    VERIFY = "verify"
    SEND_BACK = "send-back"
    CLOSE = "close"
    REOPEN = "reopen"
    SUSPEND = "suspend"
    DEFER = "defer"
    APPROVE = "approve"
    REFUSE = "refuse"
    RESUME = "resume"
    ESCALATE = "escalate"
    HAND_OVER = "hand-over"
    NOTE = "note"
    ATTACH = "attach"


class Clock(StrEnum):
    """Which limit runs."""

    ACCEPT = "accept"
    ARRIVE = "arrive"
    HANDLE = "handle"
    VERIFY = "verify"


ENDED = frozenset({State.REJECTED, State.MERGED, State.CLOSED})
"""Nothing is left to do."""

_STAYS = {
    Action.NOTE: frozenset(State),
    Action.ATTACH: frozenset(State),
    Action.ESCALATE: frozenset(State) - ENDED - {State.SUSPENDED},
    Action.SUSPEND: frozenset({State.ACCEPTED, State.DISPATCHED, State.HANDLING}),
    Action.DEFER: frozenset({State.ACCEPTED, State.DISPATCHED, State.HANDLING}),
    Action.REFUSE: frozenset({State.ACCEPTED, State.DISPATCHED, State.HANDLING}),
    Action.DECLINE: frozenset({State.DISPATCHED, State.HANDLING, State.FEEDBACK}),
    Action.EXPIRE: frozenset({State.DISPATCHED, State.HANDLING, State.FEEDBACK}),
    Action.EN_ROUTE: frozenset({State.HANDLING, State.FEEDBACK}),
    Action.PROPOSE_ARRIVAL: frozenset({State.HANDLING, State.FEEDBACK}),
    Action.ARRIVE: frozenset({State.HANDLING, State.FEEDBACK}),
    Action.CLEAR: frozenset({State.DISPATCHED, State.HANDLING, State.FEEDBACK}),
    Action.HAND_OVER: frozenset({State.DISPATCHED, State.HANDLING, State.FEEDBACK}),
}
"""Actions that leave the state as it is: an assignment moves, or a request is on record."""

MOVES: Mapping[tuple[State, Action], State] = {
    (State.REPORTED, Action.ACCEPT): State.ACCEPTED,
    (State.REPORTED, Action.REJECT): State.REJECTED,
    (State.REPORTED, Action.MERGE): State.MERGED,
    (State.ACCEPTED, Action.REJECT): State.REJECTED,
    (State.ACCEPTED, Action.MERGE): State.MERGED,
    (State.ACCEPTED, Action.DISPATCH): State.DISPATCHED,
    (State.DISPATCHED, Action.DISPATCH): State.DISPATCHED,
    (State.DISPATCHED, Action.ACKNOWLEDGE): State.HANDLING,
    (State.DISPATCHED, Action.RETURN): State.ACCEPTED,
    (State.HANDLING, Action.DISPATCH): State.HANDLING,
    (State.HANDLING, Action.ACKNOWLEDGE): State.HANDLING,
    (State.HANDLING, Action.RETURN): State.ACCEPTED,
    (State.HANDLING, Action.FEEDBACK): State.FEEDBACK,
    (State.FEEDBACK, Action.DISPATCH): State.FEEDBACK,  # somebody is sent to verify
    (State.FEEDBACK, Action.ACKNOWLEDGE): State.FEEDBACK,
    (State.FEEDBACK, Action.VERIFY): State.VERIFIED,
    (State.FEEDBACK, Action.SEND_BACK): State.HANDLING,
    (State.VERIFIED, Action.CLOSE): State.CLOSED,
    (State.VERIFIED, Action.SEND_BACK): State.HANDLING,
    (State.CLOSED, Action.REOPEN): State.ACCEPTED,
    (State.REJECTED, Action.REOPEN): State.REPORTED,
    (State.MERGED, Action.REOPEN): State.REPORTED,
    (State.ACCEPTED, Action.APPROVE): State.SUSPENDED,  # of a suspension; an approved deferral stays
    (State.DISPATCHED, Action.APPROVE): State.SUSPENDED,
    (State.HANDLING, Action.APPROVE): State.SUSPENDED,
    (State.SUSPENDED, Action.RESUME): State.ACCEPTED,
    **{(state, action): state for action, states in _STAYS.items() for state in states},
}
"""(state, action) -> the state after it."""


class IllegalMove(Exception):
    """The action is not legal in this state. legal: those that are."""

    def __init__(self, state: State, action: Action) -> None:
        self.state, self.action = state, action
        self.legal = sorted(legal for at, legal in MOVES if at is state)
        super().__init__(
            f"an incident that is {state} does not take '{action}'; what it takes now: {', '.join(self.legal)}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Of a kind, seconds: how long each clock runs."""

    accept_s: int
    arrive_s: int
    handle_s: int
    verify_s: int

    def of(self, clock: Clock) -> timedelta:
        """How long it runs."""
        return timedelta(seconds=getattr(self, f"{clock}_s"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An incident as it is stored; keys of other tables. 0006_dispatch.sql says what each is."""

    key: int
    id: str
    version: int
    state: State
    kind: int
    priority: int
    organisation: int
    place_organisation: int
    latitude: float
    longitude: float
    address: str | None
    description: str
    source: str
    reporter_user: int | None
    reporter_member: int | None
    contact: str | None
    drill: bool
    reported_at: datetime
    accepted_at: datetime | None = None
    dispatched_at: datetime | None = None
    on_scene_at: datetime | None = None
    handled_at: datetime | None = None
    verified_at: datetime | None = None
    ended_at: datetime | None = None
    clock: Clock | None = None
    due_at: datetime | None = None
    clock_left: timedelta | None = None
    escalations: int = 0
    marks: int = 0
    sent_back: int = 0
    request: dict[str, Any] | None = field(default=None)
    handled_by: int | None = None
    duplicate_of: int | None = None
    disposition: str | None = None
    policy: str | None = None


def moved(incident: Incident, action: Action, now: datetime, limits: Limits, **also: Any) -> Incident:
    """The incident after that action, its version one higher; `also`: fields that the action sets.

    Raises IllegalMove.
    """
    try:
        state = MOVES[incident.state, action]
    except KeyError:
        raise IllegalMove(incident.state, action) from None
    if action is Action.APPROVE and incident.request is not None and incident.request["what"] == "defer":
        state = incident.state
    after = replace(incident, state=state, version=incident.version + 1, **_stamps(incident, action, now))
    after = replace(after, **also)
    if state is State.SUSPENDED:
        left = None if incident.due_at is None else max(timedelta(0), incident.due_at - now)
        return replace(after, clock_left=left, due_at=None)
    if action is Action.RESUME:
        due = None if incident.clock_left is None else now + incident.clock_left
        return replace(after, clock=Clock.ARRIVE, due_at=due, clock_left=None)
    return _timed(incident, after, now, limits)


def escalated(incident: Incident, organisation: int | None, now: datetime, limits: Limits) -> Incident:
    """The incident with the next higher organisation responsible, which has half the limit anew.

    organisation: its key; None where there is no higher one: then the clock has run out for good.
    A clock that ran out leaves a supervision mark on it. Raises IllegalMove.
    """
    late = incident.due_at is not None and incident.due_at <= now
    after = moved(incident, Action.ESCALATE, now, limits, marks=incident.marks + late)
    if organisation is None:
        return replace(after, due_at=None)
    due = now + limits.of(incident.clock) / 2 if incident.clock is not None else None
    return replace(after, organisation=organisation, escalations=incident.escalations + 1, due_at=due)


def changes(before: Incident | None, after: Incident) -> tuple[dict[str, Any], dict[str, Any]]:
    """(what was, what is) of the fields that differ; of a new incident everything."""
    names = [one.name for one in fields(Incident)]
    if before is None:
        return {}, {name: getattr(after, name) for name in names}
    differ = [name for name in names if getattr(before, name) != getattr(after, name)]
    return {name: getattr(before, name) for name in differ}, {name: getattr(after, name) for name in differ}


def replayed(entries: list[dict[str, Any]]) -> dict[str, Any]:
    """The fields of an incident out of what its log says `after` each entry, oldest first."""
    state: dict[str, Any] = {}
    for after in entries:
        state |= after
    return state


def _stamps(incident: Incident, action: Action, now: datetime) -> dict[str, Any]:
    """When what happened; the first dispatch and the first arrival count."""
    match action:
        case Action.ACCEPT:
            return {"accepted_at": now}
        case Action.DISPATCH:
            return {"dispatched_at": incident.dispatched_at or now}
        case Action.ARRIVE:
            return {"on_scene_at": incident.on_scene_at or now}
        case Action.FEEDBACK:
            return {"handled_at": now}
        case Action.VERIFY:
            return {"verified_at": now}
        case Action.REJECT | Action.MERGE | Action.CLOSE:
            return {"ended_at": now}
        case Action.REOPEN:
            return {"ended_at": None, "on_scene_at": None, "handled_at": None, "verified_at": None}
        case Action.RETURN:
            return {"on_scene_at": None}
        case _:
            return {}


def _clock_of(incident: Incident) -> Clock | None:
    match incident.state:
        case State.REPORTED:
            return Clock.ACCEPT
        case State.ACCEPTED | State.DISPATCHED:
            return Clock.ARRIVE
        case State.HANDLING:
            return Clock.ARRIVE if incident.on_scene_at is None else Clock.HANDLE
        case State.FEEDBACK | State.VERIFIED:
            return Clock.VERIFY
        case _:
            return None


def _timed(before: Incident, after: Incident, now: datetime, limits: Limits) -> Incident:
    clock = _clock_of(after)
    if clock is None:
        return replace(after, clock=None, due_at=None)
    if clock is before.clock:
        return after
    return replace(after, clock=clock, due_at=now + limits.of(clock))
