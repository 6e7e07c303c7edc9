"""Places, things (components after GB/T 30428), and establishments."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import orjson
from pydantic import AfterValidator, Field

from registry.api.fields import Id, Line
from registry.elements.shapes.common import (
    Address,
    ElementIn,
    ElementOut,
    Latitude,
    Longitude,
    Name,
    PlacedQuery,
)  # fmt: skip

__all__ = [
    "EstablishmentIn",
    "EstablishmentOut",
    "EstablishmentQuery",
    "PlaceIn",
    "PlaceOut",
    "PlaceQuery",
    "ThingIn",
    "ThingOut",
    "ThingQuery",
]

PlaceKind = Literal[
    "shop", "unit", "fire_safety", "camera", "service_window", "school", "hospital", "site", "other"
]  # fmt: skip
Risk = Literal["low", "medium", "high"]
EstablishmentKind = Literal["company", "self_employed", "association", "institution", "department"]
ThingState = Literal["in_order", "damaged", "missing", "removed"]
Number = Annotated[str, Field(min_length=3, max_length=40)]
Stream = Annotated[str, Field(max_length=500, pattern=r"^(https?://|/[^/\s\x00-\x1f\x7f])[^\s\x00-\x1f\x7f]+$")]
"""A URL, or a path of this server."""
_MOST_DETAILS = 8_000


def _bounded(details: dict[str, Any]) -> dict[str, Any]:
    if len(orjson.dumps(details)) > _MOST_DETAILS:
        raise ValueError(f"at most {_MOST_DETAILS} bytes of JSON")
    return details


Details = Annotated[dict[Annotated[str, Field(max_length=100)], Any], AfterValidator(_bounded)]
Employees = Annotated[int, Field(ge=0, le=10_000_000)]


class PlaceIn(ElementIn):
    """A place. building, house, establishment: ids. risk: of a key fire-safety place.

    stream: a camera's live picture.
    """

    kind: PlaceKind
    name: Line
    address: Address = ""
    latitude: Latitude
    longitude: Longitude
    building: Id | None = None
    house: Id | None = None
    establishment: Id | None = None
    contact: Line | None = None
    telephone: Number | None = None
    risk: Risk | None = None
    stream: Stream | None = None
    details: Details = Field(default_factory=dict)


class PlaceOut(ElementOut):
    """A place. telephone: masked, and left out of lists."""

    kind: PlaceKind
    name: str
    address: str
    latitude: float
    longitude: float
    building: str | None
    house: str | None
    establishment: str | None
    contact: str | None
    telephone: str | None
    risk: Risk | None
    stream: str | None
    details: dict[str, Any]


class PlaceQuery(PlacedQuery):
    """A page of places."""

    kind: PlaceKind | None = None
    building: str | None = Field(None, max_length=128, description="id")
    risk: Risk | None = None


class ThingIn(ElementIn):
    """A component. code: of a kind of the category component in the catalogue."""

    code: Id
    name: Name = ""
    address: Address = ""
    latitude: Latitude
    longitude: Longitude
    owner_department: Line | None = None
    state: ThingState = "in_order"
    installed_on: date | None = None
    details: Details = Field(default_factory=dict)


class ThingOut(ElementOut):
    """A component."""

    code: str
    name: str
    address: str
    latitude: float
    longitude: float
    owner_department: str | None
    state: ThingState
    installed_on: date | None
    details: dict[str, Any]


class ThingQuery(PlacedQuery):
    """A page of things."""

    code: str | None = Field(None, max_length=128)
    state: ThingState | None = None


class EstablishmentIn(ElementIn):
    """A company, association or institution. responsible: who answers for it. building, house: ids."""

    kind: EstablishmentKind
    name: Line
    credit_code: Line | None = None
    industry: Line | None = None
    responsible: Line | None = None
    telephone: Number | None = None
    employees: Employees | None = None
    address: Address = ""
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    building: Id | None = None
    house: Id | None = None


class EstablishmentOut(ElementOut):
    """A company, association or institution. telephone: masked, and left out of lists."""

    kind: EstablishmentKind
    name: str
    credit_code: str | None
    industry: str | None
    responsible: str | None
    telephone: str | None
    employees: int | None
    address: str
    latitude: float | None
    longitude: float | None
    building: str | None
    house: str | None


class EstablishmentQuery(PlacedQuery):
    """A page of establishments."""

    kind: EstablishmentKind | None = None
    building: str | None = Field(None, max_length=128, description="id")
