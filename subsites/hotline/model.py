"""Calls to the hotline: open while the caller is on the line, done once something became of it. Pure."""

from __future__ import annotations

from enum import StrEnum

from subsites.record.model import Machine

__all__ = ["MOVES", "Action", "State"]


class State(StrEnum):
    """Where a call stands."""

    OPEN = "open"
    DONE = "done"


class Action(StrEnum):
    """What becomes of a call; the word on record."""

    ANSWER = "answer"
    INCIDENT = "forward"
    REQUEST = "request"


MOVES: Machine[State, Action] = Machine("call", {(State.OPEN, action): State.DONE for action in Action})
