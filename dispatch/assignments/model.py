r"""Assignments: one member, or one department, on one incident. Pure.

Theory of operation. An assignment is offered, and from then on asks something of its member until it ends. An offer
that is not answered by `answer_by` expires. A member may decline until he is on scene; a dispatcher may clear it any
time. It ends as `handled` when the member gives feedback (or, sent to verify, has verified).

    offered --acknowledge--> acknowledged --en-route--> en_route --arrive--> on_scene --feedback--> handled
       |  \--expire--> expired      |  '----------------arrive-------------------^
       '----decline----> declined <-+---------------------'        clear (from any of these) --> cleared
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from dispatch.incidents.model import Action

__all__ = [
    "ANSWER_WITHIN", "OPEN", "STEPS", "Assignment", "AssignmentState", "IllegalStep", "Offer", "Purpose", "Sent",
    "stepped",
]  # fmt: skip

ANSWER_WITHIN = timedelta(seconds=60)
"""How long an offer waits for an answer where the dispatcher does not say."""


class AssignmentState(StrEnum):
    """Where an assignment stands."""

    OFFERED = "offered"
    ACKNOWLEDGED = "acknowledged"
    EN_ROUTE = "en_route"
    ON_SCENE = "on_scene"
    HANDLED = "handled"
    DECLINED = "declined"
    EXPIRED = "expired"
    CLEARED = "cleared"


class Purpose(StrEnum):
    """What somebody is sent for."""

    HANDLE = "handle"
    VERIFY = "verify"


_S = AssignmentState
OPEN = (_S.OFFERED, _S.ACKNOWLEDGED, _S.EN_ROUTE, _S.ON_SCENE)
"""States in which it still asks something of its member; the database holds the exclusive ones to one a member."""

STEPS: Mapping[tuple[AssignmentState, Action], AssignmentState] = {
    (_S.OFFERED, Action.ACKNOWLEDGE): _S.ACKNOWLEDGED,
    (_S.OFFERED, Action.EXPIRE): _S.EXPIRED,
    (_S.ACKNOWLEDGED, Action.EN_ROUTE): _S.EN_ROUTE,
    (_S.ACKNOWLEDGED, Action.ARRIVE): _S.ON_SCENE,
    (_S.EN_ROUTE, Action.ARRIVE): _S.ON_SCENE,
    **{(state, Action.DECLINE): _S.DECLINED for state in (_S.OFFERED, _S.ACKNOWLEDGED, _S.EN_ROUTE)},
    **{(state, Action.FEEDBACK): _S.HANDLED for state in (_S.ACKNOWLEDGED, _S.EN_ROUTE, _S.ON_SCENE)},
    **{(state, Action.CLEAR): _S.CLEARED for state in OPEN},
}
"""(state, action) -> the state after it."""


class IllegalStep(Exception):
    """The action is not legal for an assignment in this state."""

    def __init__(self, state: AssignmentState, action: Action) -> None:
        self.state, self.action = state, action
        super().__init__(f"an assignment that is {state} does not take '{action}'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """As it is stored; keys of other tables. metres, eta_s: of the recommendation, None unknown."""

    key: int
    id: str
    incident: int
    member: int | None
    department: int | None
    purpose: Purpose
    state: AssignmentState
    exclusive: bool
    offered_by: int | None
    offered_at: datetime
    answer_by: datetime | None = None
    delivered_at: datetime | None = None
    acknowledged_at: datetime | None = None
    en_route_at: datetime | None = None
    on_scene_at: datetime | None = None
    arrival_proposed_at: datetime | None = None
    ended_at: datetime | None = None
    reason: str | None = None
    metres: float | None = None
    eta_s: float | None = None
    policy: str | None = None


def stepped(assignment: Assignment, action: Action, now: datetime, reason: str | None = None) -> Assignment:
    """The assignment after that action. Raises IllegalStep."""
    try:
        state = STEPS[assignment.state, action]
    except KeyError:
        raise IllegalStep(assignment.state, action) from None
    after = replace(assignment, state=state, reason=reason or assignment.reason)
    match state:
        case AssignmentState.ACKNOWLEDGED:
            return replace(after, acknowledged_at=now, delivered_at=assignment.delivered_at or now)
        case AssignmentState.EN_ROUTE:
            return replace(after, en_route_at=now)
        case AssignmentState.ON_SCENE:
            return replace(after, on_scene_at=now)
        case _:
            return replace(after, ended_at=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A member to send: id; metres, eta_s: of the recommendation, None unknown."""

    member: str
    metres: float | None = None
    eta_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Who is sent. departments: ids. policy: how the next is found when one declines; None: a dispatcher decides."""

    members: Sequence[Sent] = ()
    departments: Sequence[str] = ()
    exclusive: bool = True
    answer_within: timedelta = field(default=ANSWER_WITHIN)
    policy: str | None = None
