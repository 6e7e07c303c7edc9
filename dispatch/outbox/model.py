"""What happened, as it is told to viewers, handhelds and webhooks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

__all__ = ["Entry", "Happening", "Topic"]


class Topic(StrEnum):
    """What it is about; `type` of the message that viewers and handhelds get."""

    INCIDENT = "incident"
    ASSIGNMENT = "assignment"
    ALERT = "alert"
    NOTICE = "notice"
    CHANNEL = "channel"
    SHIFT = "shift"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One row of the outbox, committed with what it tells of.

    organisations: keys; viewers see it whose subtree holds one of them. members: keys of those whose handhelds are
    told. body: JSON; the thing as it is now, with its id and version, so that getting it twice does no harm.
    """

    topic: Topic
    organisations: tuple[int, ...]
    body: dict[str, Any]
    members: tuple[int, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A happening as it stands in the outbox. key: grows with time, though keys may become visible out of order."""

    key: int
    at: datetime
    topic: str
    organisations: frozenset[int]
    members: frozenset[int]
    body: dict[str, Any]
