"""Offers and needs: their states, and how well an offer answers a need. Pure.

Two that are of one category and of different sides may suit each other. What they have in common decides how well:
each word that both say counts 1, and nearness up to 1, which falls to nothing at 5 km. Chinese has no blanks between
its words, so of it every two signs that stand together count as a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from subsites.record.model import Machine
from tracker.geo.geodesy import distance

__all__ = ["MOVES", "Action", "Category", "Proposal", "Side", "State", "Wanted", "proposals", "words_of"]


class State(StrEnum):
    """Where a listing stands. EXPIRED: open, but its last day is over; stored as open."""

    OPEN = "open"
    EXPIRED = "expired"
    MATCHED = "matched"
    CLOSED = "closed"


class Side(StrEnum):
    """Who has, and who needs."""

    OFFER = "offer"
    NEED = "need"


class Category(StrEnum):
    """What it is about."""

    WORK = "work"
    HOUSING = "housing"
    CARE = "care"
    GOODS = "goods"
    TRANSPORT = "transport"
    SKILLS = "skills"


class Action(StrEnum):
    """What is done to a listing; the word on record."""

    MATCH = "match"
    EXTEND = "extend"
    CLOSE = "close"
    REOPEN = "reopen"


MOVES: Machine[State, Action] = Machine(
    "listing",
    {
        (State.OPEN, Action.MATCH): State.MATCHED,
        (State.OPEN, Action.EXTEND): State.OPEN,
        (State.EXPIRED, Action.EXTEND): State.OPEN,
        (State.MATCHED, Action.REOPEN): State.OPEN,
        (State.CLOSED, Action.REOPEN): State.OPEN,
        **{(state, Action.CLOSE): State.CLOSED for state in State if state is not State.CLOSED},
    },
)

_NEAR_M = 5_000.0
_LATIN = re.compile(r"[^\W\d_]{3,}|\d+")
_HAN = re.compile(r"[\u3400-\u9fff]{2,}")
_EMPTY = frozenset({"the", "and", "for", "with", "from", "that", "this", "have", "has", "need", "needs", "offer", "can",
                    "near", "one",
                    "synthetic", "需要", "提供", "可以", "一个", "我们", "一名", "有人"})  # fmt: skip
"""Words that say nothing of what it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A listing as far as it decides. Degrees WGS 84; None: nobody said where."""

    id: str
    text: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One that may suit. words: that both say, by letter; metres: between them, None where one has no place."""

    id: str
    words: tuple[str, ...]
    metres: float | None

    @property
    def score(self) -> float:
        """The higher the better."""
        return len(self.words) + (0.0 if self.metres is None else max(0.0, 1.0 - self.metres / _NEAR_M))


def words_of(text: str) -> frozenset[str]:
    """What a text says, in words that can be compared."""
    low = text.lower()
    pairs = (run[at : at + 2] for run in _HAN.findall(low) for at in range(len(run) - 1))
    latin = (word for word in _LATIN.findall(low) if not _HAN.search(word))
    return frozenset({*latin, *pairs}) - _EMPTY


def proposals(one: Wanted, others: Iterable[Wanted], *, most: int) -> Sequence[Proposal]:
    """The best of the others, the best first; of two that are as good, the one named first."""
    said = words_of(one.text)
    found = [
        Proposal(id=other.id, words=tuple(sorted(said & words_of(other.text))), metres=_metres(one, other))
        for other in others
    ]
    return sorted(found, key=lambda each: -each.score)[:most]


def _metres(one: Wanted, other: Wanted) -> float | None:
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    return distance(one.latitude, one.longitude, other.latitude, other.longitude)
