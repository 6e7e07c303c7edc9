"""What the live routes take and answer, as models; OpenAPI is made of them."""

from __future__ import annotations

import math
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, Field, field_validator

from registry.api.paging import PageQuery
from tracker.geo.cells import RESOLUTION

__all__ = [
    "Box",
    "CellOut",
    "DensityOut",
    "DensityQuery",
    "NearOut",
    "NearestOut",
    "NearestQuery",
    "PositionOut",
    "PositionPage",
    "PositionsQuery",
    "Status",
    "box_of",
    "cell_of",
]

Box = tuple[float, float, float, float]


class Status(StrEnum):
    """Live status: presence, or whether it moves."""

    ONLINE = "online"
    STALE = "stale"
    SILENT = "silent"
    MOVING = "moving"
    STOPPED = "stopped"


class PositionsQuery(PageQuery):
    """Last known positions, all or some."""

    organisation: str | None = Field(None, max_length=128, description="id; its whole subtree")
    bbox: str | None = Field(None, max_length=120, description="west,south,east,north in degrees")
    cell: str | None = Field(None, max_length=16, description="H3 cell, as /positions/density names them")
    status: Status | None = None

    @field_validator("bbox")
    @classmethod
    def _is_box(cls, text: str | None) -> str | None:
        if text is not None:
            box_of(text)
        return text

    @field_validator("cell")
    @classmethod
    def _is_cell(cls, text: str | None) -> str | None:
        if text is not None:
            cell_of(text)
        return text


class PositionOut(BaseModel):
    """The newest position of a device. speed m/s, course degrees true, accuracy metres, battery 0 to 1."""

    key: int
    device: str
    member: str | None
    name: str
    post: str | None
    organisation: str
    time: datetime
    age_s: float
    latitude: float
    longitude: float
    speed: float | None
    course: float | None
    altitude: float | None
    accuracy: float | None
    battery: float | None
    moving: bool
    emergency: bool
    presence: str
    silence: str | None = Field(description="why it is silent")


class PositionPage(BaseModel):
    """Positions in the order of device keys."""

    items: list[PositionOut]
    next: str | None


class NearestQuery(BaseModel, extra="forbid"):
    """The k nearest to a place."""

    lat: float = Field(ge=-90, le=90, allow_inf_nan=False)
    lon: float = Field(ge=-180, le=180, allow_inf_nan=False)
    k: int = Field(8, ge=1, le=200)
    post: str | None = Field(None, max_length=100)
    status: Status | None = None
    on_duty: bool | None = None
    organisation: str | None = Field(None, max_length=128)


class NearOut(PositionOut):
    """One of the nearest. metres: great circle; reasons: what a dispatcher wants to know, in words."""

    metres: float
    reasons: list[str]


class NearestOut(BaseModel):
    """Nearest first."""

    items: list[NearOut]


class DensityQuery(BaseModel, extra="forbid"):
    """How many are where."""

    resolution: int = Field(8, ge=4, le=RESOLUTION, description="H3 resolution")
    organisation: str | None = Field(None, max_length=128)


class CellOut(BaseModel):
    """An H3 cell and how many are in it; boundary: [longitude, latitude] corners, closed."""

    cell: str
    count: int
    boundary: list[tuple[float, float]]


class DensityOut(BaseModel):
    """Cells with somebody in them."""

    items: list[CellOut]


def box_of(text: str) -> Box:
    """Read west,south,east,north; west > east crosses the antimeridian. Raises ValueError."""
    numbers = [float(part) for part in text.split(",")]
    if len(numbers) != 4 or not all(math.isfinite(number) for number in numbers):
        raise ValueError("expected west,south,east,north in degrees")
    west, south, east, north = numbers
    if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90 or south > north:
        raise ValueError("expected -180 <= west, east <= 180 and -90 <= south <= north <= 90")
    return west, south, east, north


def cell_of(text: str) -> int:
    """Read an H3 cell in hexadecimal. Raises ValueError."""
    cell = int(text, 16)
    if cell >> 59 != 1:  # mode 1 in bits 59 to 62, the top bit 0: H3 index, "cell"
        raise ValueError("expected an H3 cell, as 8a1fb46622dffff")
    return cell
