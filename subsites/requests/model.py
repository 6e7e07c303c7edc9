r"""Requests of citizens: their states and the one table of legal moves. Pure.

Theory of operation. A request is received, taken in hand by an officer, and ends answered or rejected, or withdrawn
by who made it. What is work for a member is forwarded: it becomes an incident, which has states of its own, and is
answered when that is done. Whatever ended may be taken up again.

    received --take--> in hand --forward--> forwarded --answer--> answered
       |  \--answer, reject, forward        |   \--take--> in hand    |
       |                                    '--reject--> rejected ----+--take--> in hand
       '--withdraw (by the citizen, while nothing was forwarded) --> withdrawn

Messages go both ways in every state but `withdrawn`; one of the citizen's to an ended request takes it up again as
`received`, so that nobody talks to a closed door. Follow-up and evaluation come after the end and move nothing.
"""

from __future__ import annotations

from enum import StrEnum

from subsites.record.model import Machine

__all__ = ["ENDED", "MOST_MESSAGES", "MOVES", "Action", "Kind", "State"]


class State(StrEnum):
    """Where a request stands."""

    RECEIVED = "received"
    IN_HAND = "in_hand"
    FORWARDED = "forwarded"
    ANSWERED = "answered"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Kind(StrEnum):
    """What it is about."""

    REPORT = "report"
    HELP = "help"
    QUESTION = "question"
    COMPLAINT = "complaint"
    MATTER = "matter"


class Action(StrEnum):
    """What is done to a request; the word on record."""

    TAKE = "take"
    FORWARD = "forward"
    ANSWER = "answer"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    ASK_AGAIN = "ask-again"


ENDED = frozenset({State.ANSWERED, State.REJECTED, State.WITHDRAWN})
"""Nothing is left to do, but to ask how it was."""

MOST_MESSAGES = 10
"""That a citizen may send in a row before somebody says something."""

_AT_WORK = (State.RECEIVED, State.IN_HAND)

MOVES: Machine[State, Action] = Machine(
    "request",
    {(state, Action.TAKE): State.IN_HAND for state in State if state not in (State.IN_HAND, State.WITHDRAWN)}
    | {(state, Action.FORWARD): State.FORWARDED for state in _AT_WORK}
    | {(state, Action.ANSWER): State.ANSWERED for state in (*_AT_WORK, State.FORWARDED)}
    | {(state, Action.REJECT): State.REJECTED for state in (*_AT_WORK, State.FORWARDED)}
    | {(state, Action.WITHDRAW): State.WITHDRAWN for state in _AT_WORK}
    | {(state, Action.ASK_AGAIN): State.RECEIVED for state in (State.ANSWERED, State.REJECTED)},
)
