"""Distributions: open while households sign for what they get, closed for good after that. Pure."""

from __future__ import annotations

from enum import StrEnum

from subsites.record.model import Machine

__all__ = ["MOVES", "Action", "State"]


class State(StrEnum):
    """Where a distribution stands."""

    OPEN = "open"
    CLOSED = "closed"


class Action(StrEnum):
    """What is done to a distribution; the word on record."""

    CLOSE = "close"


MOVES: Machine[State, Action] = Machine("distribution", {(State.OPEN, Action.CLOSE): State.CLOSED})
