"""What search is made of: where texts come from, and what is found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

__all__ = ["Candidate", "Found", "Match", "Source"]


class Match(IntEnum):
    """How well a text answers; lower is better. SHORT: by initials or by the beginnings of syllables."""

    EXACT = 0
    EXACT_SHORT = 1
    PREFIX = 2
    PREFIX_SHORT = 3
    INFIX = 4
    INFIX_SHORT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One kind of what is searched.

    kind: its word in the API, and the table's name. texts: SQL with %(keys)s -> rows (key, organisation,
    place_organisation or NULL, texts), without what is no more. shown: SQL with %(keys)s and %(roots)s (of
    registry/scope) -> rows (key, id, name, detail, organisation's id, latitude, longitude), as they are now.
    """

    kind: str
    texts: str
    shown: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that the index gave. depth: levels from the top of the tree."""

    kind: str
    key: int
    texts: list[str]
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is found. organisation: id; latitude, longitude: None where it has no place."""

    kind: str
    id: str
    name: str
    detail: str
    organisation: str
    latitude: float | None
    longitude: float | None
    match: Match
