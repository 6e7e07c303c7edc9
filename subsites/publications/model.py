r"""Party and government affairs that are published: their states and the one table of legal moves. Pure.

Theory of operation. Somebody writes a draft and submits it; somebody who wrote none of it approves it or sends it back;
it is published for a time, and the public reads it while that lasts. What is withdrawn the public reads no more. To
change a text is to take it up again as a draft, so that nothing is read that nobody approved.

    draft --submit--> submitted --approve--> approved --publish--> published --withdraw--> withdrawn
      ^                  |                      |                      |                       |
      '---- send-back ---'---- revise ----------'----------------------'-----------------------'
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from subsites.record.model import Machine

__all__ = ["MOVES", "TEXTS", "Action", "Section", "State", "is_readable"]


class State(StrEnum):
    """Where a publication stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Section(StrEnum):
    """Where the public finds it."""

    PARTY = "party"
    GOVERNMENT = "government"
    FINANCE = "finance"
    SERVICES = "services"
    NOTICE = "notice"


class Action(StrEnum):
    """What is done to a publication; the word on record."""

    SUBMIT = "submit"
    APPROVE = "approve"
    SEND_BACK = "send-back"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    REVISE = "revise"


MOVES: Machine[State, Action] = Machine(
    "publication",
    {
        (State.DRAFT, Action.SUBMIT): State.SUBMITTED,
        (State.SUBMITTED, Action.APPROVE): State.APPROVED,
        (State.SUBMITTED, Action.SEND_BACK): State.DRAFT,
        (State.APPROVED, Action.PUBLISH): State.PUBLISHED,
        (State.PUBLISHED, Action.WITHDRAW): State.WITHDRAWN,
    }
    | {(state, Action.REVISE): State.DRAFT for state in (State.APPROVED, State.PUBLISHED, State.WITHDRAWN)},
)

TEXTS = ("title_en", "title_zh", "body_en", "body_zh")


def is_readable(text: Mapping[str, str | None]) -> bool:
    """Whether it has title and text in one language at least. text: TEXTS."""
    return any(text[f"title_{language}"] and text[f"body_{language}"] for language in ("en", "zh"))
