"""The bodies of /listings, in and out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import BaseModel, Field, model_validator

from registry.api.fields import Id, Line
from subsites.matching.model import Category, Side, State
from subsites.record.shapes import ContactIn, EntryOut, Latitude, Longitude, NoteIn, RoomQuery, Text, VersionIn

__all__ = [
    "ExtendIn", "ListingDetail", "ListingIn", "ListingOut", "ListingPage", "ListingQuery", "MatchIn",
]  # fmt: skip


class ListingIn(ContactIn):
    """An offer or a need. organisation: id; ends_on: its last day."""

    organisation: Id
    side: Side
    category: Category
    title: Annotated[Line, Field(max_length=120)]
    body: Text
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    ends_on: date

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("say both latitude and longitude, or neither")
        return self


class ListingOut(ListingIn, extra="ignore"):
    """A listing. name, telephone: masked. partner: id of what it was brought together with."""

    id: str
    version: int
    organisation_name: str
    state: State
    telephone: str | None
    partner: str | None
    author: str
    created_at: datetime
    ended_at: datetime | None


class Proposed(BaseModel):
    """One that may suit, and why: words that both say, metres between them. score: the higher the better."""

    listing: ListingOut
    words: list[str]
    metres: float | None
    score: float


class ListingDetail(ListingOut):
    """With what may suit, the best first, and the record."""

    proposals: list[Proposed]
    log: list[EntryOut]


class ListingPage(BaseModel):
    """Listings, the newest first."""

    items: list[ListingOut]
    next: str | None


class ListingQuery(RoomQuery):
    """Which ones."""

    state: State | None = None
    kind: Category | None = None
    side: Side | None = None


class MatchIn(NoteIn):
    """other: id of the listing that it is brought together with; note: what was agreed."""

    other: Id


class ExtendIn(VersionIn):
    """ends_on: its new last day."""

    ends_on: date
