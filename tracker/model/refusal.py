"""Why a fix was refused. The same words go to devices, to the record of refused fixes and to the metrics."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["Refusal"]


class Refusal(IntEnum):
    """One code a row in columnar batches (int8); `word` is what people and devices read."""

    NONE = 0
    OUT_OF_RANGE = 1
    FUTURE = 2
    TOO_OLD = 3
    JUMP = 4
    CONFLICT = 5
    NOT_FINITE = 6
    TOO_FAST = 7
    UNSTORABLE = 8

    @property
    def word(self) -> str:
        """The reason in words, stable across releases."""
        return _WORDS[self]


_WORDS = {
    Refusal.NONE: "accepted",
    Refusal.OUT_OF_RANGE: "latitude, longitude, speed or course out of range",
    Refusal.FUTURE: "fix time lies in the future",
    Refusal.TOO_OLD: "fix time is older than this server takes",
    Refusal.JUMP: "impossible jump from the previous fix",
    Refusal.CONFLICT: "another fix of the same device and instant is already stored",
    Refusal.NOT_FINITE: "a number is not finite",
    Refusal.TOO_FAST: "the device sends more than its rate limit",
    Refusal.UNSTORABLE: "the database refuses a value of it",
}
