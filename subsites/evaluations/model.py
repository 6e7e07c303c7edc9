"""How good the public found a service: words to choose from, and what is low enough to be followed up. Pure."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["LOW", "By", "Tag"]

LOW = 2
"""A score up to here is looked into."""


class Tag(StrEnum):
    """What was good or bad about it; which of both, the score says."""

    ATTITUDE = "attitude"
    SPEED = "speed"
    CLARITY = "clarity"
    RESULT = "result"
    PLACE = "place"


class By(StrEnum):
    """What results are grouped by."""

    ORGANISATION = "organisation"
    WINDOW = "window"
    SERVICE = "service"
    DAY = "day"
