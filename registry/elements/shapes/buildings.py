"""Buildings and the houses in them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field

from registry.api.fields import Id, Line
from registry.elements.shapes.common import (
    Address,
    ElementIn,
    ElementOut,
    ElementQuery,
    Latitude,
    Longitude,
    Name,
    PlacedQuery,
)  # fmt: skip
from registry.organisations.territory import territory_from

__all__ = ["BuildingIn", "BuildingOut", "BuildingQuery", "Entrance", "HouseIn", "HouseOut", "HouseQuery"]

Use = Literal["residential", "commercial", "public", "industrial", "mixed", "other"]
HouseUse = Literal["home", "shop", "office", "storage", "other"]
Occupancy = Literal["owner", "rented", "vacant", "unknown"]
Height = Annotated[float, Field(gt=0, le=1_000, allow_inf_nan=False)]
Area = Annotated[float, Field(gt=0, le=1e6, allow_inf_nan=False)]
Year = Annotated[int, Field(ge=1000, le=2200)]
EntranceNumber = Annotated[int, Field(ge=1, le=200)]


class Entrance(BaseModel, extra="forbid"):
    """A way in. number: of the building's, from 1."""

    number: EntranceNumber
    name: Name = ""
    latitude: Latitude | None = None
    longitude: Longitude | None = None


def _floor(number: int) -> int:
    if number == 0:
        raise ValueError("there is no floor 0: the ground floor is 1, the first below it -1")
    return number


Floor = Annotated[int, Field(ge=-20, le=200), AfterValidator(_floor)]
Footprint = Annotated[dict[str, Any], AfterValidator(territory_from)]


class BuildingIn(ElementIn):
    """A building. footprint: GeoJSON Polygon or MultiPolygon; floors: above ground."""

    name: Name = ""
    address: Address = ""
    use: Use = "residential"
    latitude: Latitude
    longitude: Longitude
    footprint: Footprint | None = None
    height_m: Height | None = None
    floors: int = Field(1, ge=1, le=200)
    floors_below: int = Field(0, ge=0, le=20)
    entrances: list[Entrance] = Field(default_factory=list, max_length=200)
    built_year: Year | None = None


class BuildingOut(ElementOut):
    """A building."""

    name: str
    address: str
    use: Use
    latitude: float
    longitude: float
    footprint: dict[str, Any] | None
    height_m: float | None
    floors: int
    floors_below: int
    entrances: list[Entrance]
    built_year: int | None


class BuildingQuery(PlacedQuery):
    """A page of buildings."""

    use: Use | None = None


class HouseIn(ElementIn):
    """A home or unit behind one door. building: id; number: on the door; floor: -1 is the first below ground."""

    building: Id
    entrance: EntranceNumber = 1
    floor: Floor = 1
    number: Line
    use: HouseUse = "home"
    occupancy: Occupancy = "unknown"
    area_m2: Area | None = None


class HouseOut(ElementOut):
    """A home or unit. address: of its building; residents: how many live there."""

    building: str
    entrance: int
    floor: int
    number: str
    use: HouseUse
    occupancy: Occupancy
    area_m2: float | None
    address: str
    residents: int


class HouseQuery(ElementQuery):
    """A page of houses."""

    building: str | None = Field(None, max_length=128, description="id")
    occupancy: Occupancy | None = None
