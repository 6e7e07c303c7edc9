r"""Public opinion: what people think, moderated and answered in public; and what they are asked. Pure.

Theory of operation. An opinion is received and read by a moderator: it is published or kept back, with a reason that
its author reads by his code. What is published others may join by a voice, and is answered in public. What turns out to
be wrong to publish is kept back again.

    received --publish--> published --answer--> answered (again: answered)
        |                    ^  |                   |
        '--keep--> kept -----'  '------ keep -------'

A survey is written, opened, answered once by each browser, and closed with a conclusion; its counts are public then.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum

from subsites.record.model import Machine

__all__ = [
    "MOST_ANSWERS", "MOST_WAITING", "MOVES", "PUBLIC", "SURVEY_MOVES", "Action", "State", "SurveyAction", "SurveyState",
    "Topic", "voter_hash",
]  # fmt: skip


class State(StrEnum):
    """Where an opinion stands."""

    RECEIVED = "received"
    PUBLISHED = "published"
    ANSWERED = "answered"
    KEPT = "kept"


class Topic(StrEnum):
    """What it is about."""

    ENVIRONMENT = "environment"
    SAFETY = "safety"
    SERVICES = "services"
    TRANSPORT = "transport"
    PARTY = "party"
    OTHER = "other"


class Action(StrEnum):
    """What is done to an opinion; the word on record."""

    PUBLISH = "publish"
    KEEP = "keep"
    ANSWER = "answer"


class SurveyState(StrEnum):
    """Where a survey stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class SurveyAction(StrEnum):
    """What is done to a survey; the word on record."""

    OPEN = "open"
    CLOSE = "close"


PUBLIC = frozenset({State.PUBLISHED, State.ANSWERED})
"""What anybody reads."""

MOST_WAITING = 500
"""Opinions of an organisation that nobody has read; then it takes no more."""

MOST_ANSWERS = 100_000
"""Of a survey."""

MOVES: Machine[State, Action] = Machine(
    "opinion",
    {(state, Action.PUBLISH): State.PUBLISHED for state in (State.RECEIVED, State.KEPT)}
    | {(state, Action.KEEP): State.KEPT for state in (State.RECEIVED, *PUBLIC)}
    | {(state, Action.ANSWER): State.ANSWERED for state in PUBLIC},
)

SURVEY_MOVES: Machine[SurveyState, SurveyAction] = Machine(
    "survey",
    {
        (SurveyState.DRAFT, SurveyAction.OPEN): SurveyState.OPEN,
        (SurveyState.OPEN, SurveyAction.CLOSE): SurveyState.CLOSED,
    },
)


def voter_hash(of: str, voter: str) -> bytes:
    """What is stored of a browser's number: for each thing (id) another, so that nobody is followed between them."""
    return hashlib.sha256(f"voter {of} {voter}".encode()).digest()
