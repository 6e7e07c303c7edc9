"""The bodies of /distributions and /receipts, in and out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from pydantic import AwareDatetime, BaseModel, Field, model_validator

from registry.api.fields import Id, Line
from registry.api.paging import PageQuery
from subsites.distribution.model import State
from subsites.record.shapes import EntryOut, Latitude, Longitude, RoomQuery, Text
from subsites.stock.shapes import Quantity

__all__ = [
    "DistributionDetail", "DistributionIn", "DistributionOut", "DistributionPage", "DistributionQuery", "HouseholdPage",
    "HouseholdQuery", "MineList", "ReachOut", "ReachQuery", "ReceiptIn", "ReceiptOut", "SignedOut",
]  # fmt: skip

_MOST_POINTS = 4_000
_Groups = Annotated[list[Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")]], Field(max_length=20)]
_Point = tuple[Annotated[int, Field(ge=0, le=1_000)], Annotated[int, Field(ge=0, le=1_000)]]
_Stroke = Annotated[list[_Point], Field(min_length=1, max_length=1_000)]


class ReachQuery(BaseModel, extra="forbid"):
    """Households of an area; groups: in which somebody is of one of them (none: all); least_people: that live there."""

    organisation: Id
    groups: str = Field("", max_length=400, pattern=r"^[a-z0-9_,]*$", description="codes with commas between")
    least_people: int = Field(1, ge=0, le=50)


class ReachOut(BaseModel):
    """How many would get something."""

    households: int
    people: int


class Goods(BaseModel, extra="forbid"):
    """What each household gets."""

    commodity: Id
    quantity: Quantity


class DistributionIn(BaseModel, extra="forbid"):
    """organisation: the area's id; store: id of where the goods lie."""

    organisation: Id
    title: Annotated[Line, Field(max_length=120)]
    note: Text | None = None
    store: Id
    groups: _Groups = []
    least_people: int = Field(1, ge=0, le=50)
    goods: list[Goods] = Field(min_length=1, max_length=10)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({one.commodity for one in self.goods}) < len(self.goods):
            raise ValueError("name each commodity once")
        return self


class DistributionOut(DistributionIn, extra="ignore"):
    """households: who are to get something; received: how many of them signed."""

    id: str
    version: int
    organisation_name: str
    state: State
    store_name: str
    households: int
    received: int
    author: str
    created_at: datetime
    ended_at: datetime | None


class DistributionDetail(DistributionOut):
    """With what was done to it."""

    log: list[EntryOut]


class DistributionPage(BaseModel):
    """Distributions, the newest first."""

    items: list[DistributionOut]
    next: str | None


class DistributionQuery(RoomQuery):
    """Which ones."""

    state: State | None = None


class ReceiptOut(BaseModel):
    """That a household got it. by_name: who handed it out."""

    id: str
    distribution: str
    household: str
    signed_at: datetime
    by_name: str


class Listed(BaseModel):
    """A household of a distribution. head: masked; receipt: once it signed."""

    household: str
    address: str | None
    head: str | None
    people: int
    organisation_name: str
    receipt: str | None
    signed_at: datetime | None
    by_name: str | None


class HouseholdPage(BaseModel):
    """Households in the order of their keys."""

    items: list[Listed]
    next: str | None


class HouseholdQuery(PageQuery):
    """Which of a distribution's."""

    received: bool | None = None
    q: str | None = Field(None, min_length=1, max_length=100, description="part of the address, or the id")


class Mine(DistributionOut):
    """An open distribution with the households of the caller's area."""

    listed: list[Listed]


class MineList(BaseModel):
    """What is to be handed out in the caller's area, for a handheld that works without a network."""

    items: list[Mine]


class ReceiptIn(BaseModel, extra="forbid"):
    """What a household signs. signature: strokes of points (x, y) in thousandths of the field's width and height."""

    household: Id
    recipient: Annotated[Line, Field(max_length=80)]
    signature: list[_Stroke] = Field(min_length=1, max_length=100)
    signed_at: AwareDatetime
    latitude: Latitude | None = None
    longitude: Longitude | None = None

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        points = sum(map(len, self.signature))
        if not len(self.signature) < points <= _MOST_POINTS:
            raise ValueError(f"a signature is a line, of {_MOST_POINTS} points at most")
        return self


class SignedOut(BaseModel):
    """A receipt in full. None where this server's key does not open it."""

    recipient: str | None
    signature: list[list[tuple[int, int]]] | None
