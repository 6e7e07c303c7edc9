"""What search is made of: where texts come from, and what is found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from pydantic import BaseModel

__all__ = ["Candidate", "Found", "Match", "Source"]


class Match(IntEnum):
    """How well a text answers; lower is better. SHORT: by initials or by the beginnings of syllables."""

    EXACT = 0
    EXACT_SHORT = 1
    PREFIX = 2
    PREFIX_SHORT = 3
    INFIX = 4
    INFIX_SHORT = 5

    @property
    def word(self) -> Literal["exact", "prefix", "infix"]:
        """Without whether something was shortened."""
        return "exact" if self < Match.PREFIX else "prefix" if self < Match.INFIX else "infix"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One kind of what is searched.

    kind: its word in the API, and the table's name. texts: SQL with %(keys)s -> rows (key, organisation,
    place_organisation or NULL, texts), without what is no more. shown: SQL with %(keys)s and %(roots)s (of
    registry/scope) -> rows (key, id, name, detail, organisation's id, latitude, longitude, building's and
    house's id), as they are now.
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


class Found(BaseModel):
    """What is found. detail: where, or what. organisation: id; latitude, longitude: null where it has no place.

    building, house: ids of what it stands in, where that can be opened. match: how well it answers.
    """

    kind: str
    id: str
    name: str
    detail: str
    organisation: str
    latitude: float | None
    longitude: float | None
    building: str | None
    house: str | None
    match: Literal["exact", "prefix", "infix"]
