"""The elements of basic data, and how each is described to the one machine that keeps them all. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from pydantic import BaseModel

from registry.elements.shapes.common import ElementIn, ElementPatch
from registry.elements.shapes.derived import page_shape, patch_of
from registry.privacy.model import Number

__all__ = ["Act", "Element", "ElementType", "Filter", "Reference"]


class Element(StrEnum):
    """Also the names of the tables, and of the paths below /registry."""

    BUILDINGS = "buildings"
    HOUSES = "houses"
    HOUSEHOLDS = "households"
    PEOPLE = "people"
    ESTABLISHMENTS = "establishments"
    PLACES = "places"
    THINGS = "things"


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that names a row of another element. is_home: the record lies where that one does."""

    element: Element
    is_home: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """One question that a list takes. where: SQL over the row `e`, with the value as %(name)s."""

    name: str
    where: str


@dataclass(frozen=True, kw_only=True)
class ElementType:
    """One element. prefix: of ids that are made here; word: for one of them, in messages.

    columns: stored as they are; json: of them, those that are documents. references: by column. sealed: which number
    stands in the column pair `…_sealed`, `…_blind`. extras: SQL over `e` of what is shown and not stored. searched:
    columns that `q` looks in. body, out, query: models of the API; patch and page follow from them. is_private: a look
    has a purpose and is on record.
    """

    element: Element
    prefix: str
    word: str
    body: type[ElementIn]
    out: type[BaseModel]
    query: type[BaseModel]
    columns: tuple[str, ...]
    json: frozenset[str] = frozenset()
    references: Mapping[str, Reference] = field(default_factory=dict)
    sealed: Mapping[str, Number] = field(default_factory=dict)
    extras: Mapping[str, str] = field(default_factory=dict)
    searched: tuple[str, ...] = ("id",)
    filters: tuple[Filter, ...] = ()
    is_private: bool = False

    @cached_property
    def patch(self) -> type[ElementPatch]:
        """The body of a change."""
        return patch_of(self.body)

    @cached_property
    def page(self) -> type[BaseModel]:
        """A page of them."""
        return page_shape(self.out, self.element.title())

    @property
    def is_placed(self) -> bool:
        """Whether it has a latitude and longitude of its own."""
        return "latitude" in self.columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who changes something, for the record. latitude, longitude: where he stood, both or neither."""

    actor: str
    user: int | None = None
    member: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    note: str | None = None
