"""How stock changes, in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Entry", "Move"]


class Move(StrEnum):
    """Why stock changes; the word in the ledger."""

    DELIVERY = "delivery"
    ISSUE = "issue"
    TRANSFER = "transfer"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the ledger. store, other: keys; change: what comes (positive) or goes; receipt: key, of an issue."""

    store: int
    commodity: str
    kind: Move
    change: int
    other: int | None = None
    receipt: int | None = None
    note: str | None = None
