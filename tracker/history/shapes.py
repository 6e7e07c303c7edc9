"""The shapes of the history's requests and answers, as the OpenAPI document shows them."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from registry.api.problems import BadRequest
from tracker.history.queries import RefusedRow, ReplayRow, StoredFix
from tracker.history.tracks import Track
from tracker.model.batch import instant
from tracker.pipeline.trips import Leg

__all__ = [
    "FixPage",
    "FixQuery",
    "LegOut",
    "RefusedPage",
    "RefusedQuery",
    "Replay",
    "ReplayQuery",
    "SamplesAnswer",
    "SamplesQuery",
    "Span",
    "TrackAnswer",
    "TrackQuery",
    "TripsAnswer",
    "cursor_of",
    "parts_of",
]


def _in_calendar(moment: datetime) -> datetime:
    """Away from the ends of the calendar, where arithmetic overflows."""
    if not 1900 <= moment.year <= 2500:
        raise ValueError("the year must be between 1900 and 2500")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_in_calendar)]


class Span(BaseModel):
    """from <= fix time < to; RFC 3339 with an offset."""

    model_config = ConfigDict(extra="forbid")

    since: Moment = Field(alias="from", description="not before this time")
    until: Moment = Field(alias="to", description="before this time")


class TrackQuery(Span):
    """How a track is wanted."""

    simplify: float | None = Field(
        None, ge=0, le=100_000, allow_inf_nan=False, description="leave out positions nearer to the line than this, m"
    )
    shape: Literal["columns", "geojson"] = Field(
        "columns", alias="format", description="an array a field, or a GeoJSON feature"
    )


class TrackAnswer(BaseModel):
    """A track as columns: position i is element i of each; null is unknown."""

    member: str
    name: str
    count: int
    stored: int = Field(description="positions before simplification")
    time: list[datetime]
    latitude: list[float]
    longitude: list[float]
    speed: list[float | None] = Field(description="m/s")
    course: list[float | None] = Field(description="degrees true")
    altitude: list[float | None] = Field(description="m above mean sea level")
    accuracy: list[float | None] = Field(description="m at 95 %")
    battery: list[float | None] = Field(description="0 to 1")
    distance: list[float | None] = Field(description="m from the position before")


class LegOut(BaseModel):
    """A trip or a stop, from one position to another."""

    kind: Literal["trip", "stop"]
    start: datetime
    end: datetime
    start_latitude: float
    start_longitude: float
    end_latitude: float
    end_longitude: float
    distance: float = Field(description="m along the track, 0 for a stop")
    average_speed: float | None = Field(description="m/s, of a trip")
    top_speed: float | None = Field(description="m/s, of a trip")

    @classmethod
    def of(cls, leg: Leg, track: Track) -> LegOut:
        """From the rows of the track that it names."""
        first, last = track[leg.start], track[leg.end]
        seconds = (int(last["fix_time"]) - int(first["fix_time"])) / 1e6
        return cls.model_construct(
            kind=leg.kind, start=instant(int(first["fix_time"])), end=instant(int(last["fix_time"])),
            start_latitude=float(first["latitude"]), start_longitude=float(first["longitude"]),
            end_latitude=float(last["latitude"]), end_longitude=float(last["longitude"]), distance=leg.distance,
            average_speed=leg.distance / seconds if leg.kind == "trip" and seconds else None, top_speed=leg.max_speed,
        )  # fmt: skip


class TripsAnswer(BaseModel):
    """Trips and the stops between them, in order of time."""

    member: str
    name: str
    items: list[LegOut]


class ReplayQuery(BaseModel):
    """A past moment."""

    model_config = ConfigDict(extra="forbid")

    at: Moment
    organisation: str | None = Field(None, description="only this organisation and what is below it")
    window_s: float = Field(3_600, gt=0, le=7 * 86_400, alias="window", description="oldest position shown, s")


class ReplayItem(BaseModel):
    """Where a member was."""

    member: str
    name: str
    post: str | None
    organisation: str
    device: str
    key: int = Field(description="of the device, as in the frames of /live")
    time: datetime
    latitude: float
    longitude: float
    speed: float | None
    course: float | None

    @classmethod
    def of(cls, row: ReplayRow) -> ReplayItem:
        """From what the query read."""
        return cls.model_construct(
            member=row.member, name=row.name, post=row.post, organisation=row.organisation, device=row.device,
            key=row.key, time=row.fix_time, latitude=row.latitude, longitude=row.longitude, speed=row.speed,
            course=row.course,
        )  # fmt: skip


class Replay(BaseModel):
    """Everybody at one moment."""

    at: datetime
    items: list[ReplayItem]


class SamplesQuery(Span):
    """A span of time, both ends included, and how closely it is wanted."""

    step: float = Field(10, ge=1, le=3_600, allow_inf_nan=False, description="one position in this time, s")
    organisation: str | None = Field(None, description="only this organisation and what is below it")
    window_s: float = Field(3_600, gt=0, le=7 * 86_400, alias="window", description="oldest position at the start, s")


class CarrierOut(BaseModel):
    """A device and the member who carried it."""

    key: int = Field(description="of the device, as in the frames of /live")
    device: str
    member: str
    name: str
    post: str | None
    organisation: str


class SamplesAnswer(BaseModel):
    """Everybody's way as columns, by device and time: where each was at `from`, then the last position of each step."""

    since: datetime = Field(alias="from")
    until: datetime = Field(alias="to")
    count: int
    carriers: list[CarrierOut]
    device: list[int] = Field(description="keys")
    time: list[float] = Field(description="s after `from`; negative where the first position is older")
    latitude: list[float]
    longitude: list[float]
    speed: list[float | None] = Field(description="m/s")
    course: list[float | None] = Field(description="degrees true")


class FixQuery(BaseModel):
    """Which stored fixes."""

    model_config = ConfigDict(extra="forbid")

    device: str
    since: Moment | None = Field(None, alias="from", description="not before this time")
    until: Moment | None = Field(None, alias="to", description="before this time")
    cursor: str | None = Field(None, description="`next` of the page before")
    limit: int = Field(200, ge=1, le=5_000)


class FixOut(BaseModel):
    """A stored fix in the names that devices send."""

    time: datetime
    received_at: datetime
    latitude: float
    longitude: float
    speed: float | None
    course: float | None
    altitude: float | None
    accuracy: float | None
    hdop: float | None
    battery: float | None
    event: str | None
    attributes: dict[str, Any]

    @classmethod
    def of(cls, stored: StoredFix) -> FixOut:
        """From a row of `positions`."""
        fix = stored.to_fix()
        return cls.model_construct(
            time=stored.fix_time, received_at=stored.received_at, latitude=stored.latitude, longitude=stored.longitude,
            speed=stored.speed, course=stored.course, altitude=stored.altitude, accuracy=stored.accuracy,
            hdop=stored.hdop, battery=stored.battery, event=fix.event, attributes=dict(fix.attributes),
        )  # fmt: skip


class FixPage(BaseModel):
    """Stored fixes, oldest first."""

    items: list[FixOut]
    next: str | None = Field(description="cursor of the next page; null at the end")


class RefusedQuery(BaseModel):
    """Which refused fixes."""

    model_config = ConfigDict(extra="forbid")

    device: str
    cursor: str | None = Field(None, description="`next` of the page before")
    limit: int = Field(100, ge=1, le=1_000)


class RefusedOut(BaseModel):
    """A fix that was kept apart, and why."""

    reason: str
    time: datetime | None
    received_at: datetime
    latitude: float | None
    longitude: float | None
    detail: dict[str, Any] | None

    @classmethod
    def of(cls, row: RefusedRow) -> RefusedOut:
        """From a row of `refused_fixes`."""
        return cls.model_construct(
            reason=row.reason, time=row.fix_time, received_at=row.received_at, latitude=row.latitude,
            longitude=row.longitude, detail=None if row.detail is None else dict(row.detail),
        )  # fmt: skip


class RefusedPage(BaseModel):
    """Refused fixes, the newest first."""

    items: list[RefusedOut]
    next: str | None = Field(description="cursor of the next page; null at the end")


def cursor_of(*parts: str) -> str:
    """An opaque cursor."""
    return base64.urlsafe_b64encode("|".join(parts).encode()).decode()


def parts_of(cursor: str, number: int) -> list[str]:
    """What a cursor was made of. Raises BadRequest."""
    try:
        parts = base64.urlsafe_b64decode(cursor.encode()).decode().split("|")
    except (binascii.Error, UnicodeError) as error:
        raise BadRequest("cursor is not one of ours") from error
    if len(parts) != number:
        raise BadRequest("cursor is not one of ours")
    return parts
