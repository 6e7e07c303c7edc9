"""Help cases: their states and the one table of legal moves. Pure.

open --plan--> in hand --close--> closed
  '--visit--> in hand   '--plan, visit (stays)   (either --close--> closed; closed --reopen--> in hand)
"""

from __future__ import annotations

from enum import StrEnum

from subsites.record.model import Machine

__all__ = ["MOVES", "Action", "Kind", "Result", "State"]


class State(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    IN_HAND = "in_hand"
    CLOSED = "closed"


class Kind(StrEnum):
    """Why somebody needs help."""

    ELDERLY = "elderly"
    DISABILITY = "disability"
    POVERTY = "poverty"
    ILLNESS = "illness"
    DISASTER = "disaster"
    EMPLOYMENT = "employment"
    EDUCATION = "education"
    CHILDCARE = "childcare"
    OTHER = "other"


class Result(StrEnum):
    """How a case ended."""

    HELPED = "helped"
    IN_PART = "in_part"
    REFERRED = "referred"
    DECLINED = "declined"
    MOVED = "moved"


class Action(StrEnum):
    """What is done to a case; the word on record."""

    PLAN = "plan"
    STEP = "step"
    VISIT = "visit"
    CLOSE = "close"
    REOPEN = "reopen"


MOVES: Machine[State, Action] = Machine(
    "case",
    {(state, action): State.IN_HAND for state in (State.OPEN, State.IN_HAND) for action in (Action.PLAN, Action.VISIT)}
    | {(state, Action.STEP): State.IN_HAND for state in (State.OPEN, State.IN_HAND)}
    | {(state, Action.CLOSE): State.CLOSED for state in (State.OPEN, State.IN_HAND)}
    | {(State.CLOSED, Action.REOPEN): State.IN_HAND},
)
