"""/geofences: areas whose borders are watched, and who crossed them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from registry.api.paging import PageQuery, after_key, page_of
from registry.api.route import Call, Role, Route
from tracker.geofences.model import Geofence, GeofenceAlert, GeofenceKind
from tracker.geofences.service import GeofenceService
from tracker.geofences.store import NewGeofence

__all__ = ["routes"]

_WRITERS = frozenset({Role.ADMINISTRATOR, Role.COMMANDER, Role.DISPATCHER})


class GeofenceIn(BaseModel, extra="forbid"):
    """A geofence to store. geometry: GeoJSON Polygon or MultiPolygon, of a circle the Point of its centre."""

    organisation: str = Field(min_length=1, max_length=128)
    name: str = Field(min_length=1, max_length=200)
    kind: GeofenceKind
    geometry: dict[str, Any]
    radius_m: float | None = Field(None, gt=0, le=1_000_000, allow_inf_nan=False)
    dwell_s: float = Field(0.0, ge=0, le=86_400, allow_inf_nan=False)
    active: bool = True
    alert: GeofenceAlert = Field(GeofenceAlert.NONE, description="which crossings raise an alert")


class GeofenceChange(GeofenceIn):
    """What it shall be. version: the one you saw; 409 tells that it is another. Left out: whichever it is now."""

    version: int | None = Field(None, ge=0, lt=2**63)


class RemovalQuery(BaseModel, extra="forbid"):
    """Which one is to go."""

    version: int | None = Field(None, ge=0, lt=2**63, description="the one you saw; 409 tells that it is another")


class GeofenceOut(BaseModel):
    """A geofence."""

    key: int
    id: str
    organisation: str
    name: str
    kind: GeofenceKind
    geometry: dict[str, Any]
    radius_m: float | None
    dwell_s: float
    active: bool
    alert: GeofenceAlert
    version: int


class GeofencePage(BaseModel):
    """Geofences in the order of their keys."""

    items: list[GeofenceOut]
    next: str | None


class EventOut(BaseModel):
    """Somebody entered or left. time: of the fix that completed the dwell."""

    key: int
    geofence: str
    name: str
    device: str
    member: str | None
    kind: str
    time: datetime
    latitude: float
    longitude: float


class EventPage(BaseModel):
    """Events, the latest first."""

    items: list[EventOut]
    next: str | None


class EventQuery(PageQuery):
    """A page of events."""

    geofence: str | None = Field(None, max_length=128)


class _Handlers:
    def __init__(self, service: GeofenceService) -> None:
        self._service = service

    async def page(self, call: Call) -> GeofencePage:
        """A page of the caller's geofences."""
        query: PageQuery = call.query
        found = await self._service.list(call.user.organisation, after=after_key(query.cursor), limit=query.limit)
        return page_of(GeofencePage, found, query.limit, _out)

    async def one(self, call: Call) -> GeofenceOut:
        """One of them."""
        return _out(await self._service.find(call.user.organisation, call.path["id"]))

    async def add(self, call: Call) -> GeofenceOut:
        """Add one."""
        body: GeofenceIn = call.body
        return _out(await self._service.add(call.user.organisation, _new(body)))

    async def change(self, call: Call) -> GeofenceOut:
        """Replace one."""
        body: GeofenceChange = call.body
        return _out(await self._service.change(call.user.organisation, call.path["id"], _new(body)))

    async def remove(self, call: Call) -> None:
        """Remove one."""
        query: RemovalQuery = call.query
        await self._service.remove(call.user.organisation, call.path["id"], query.version)

    async def events(self, call: Call) -> EventPage:
        """A page of crossings."""
        query: EventQuery = call.query
        rows = await self._service.events(
            call.user.organisation, geofence=query.geofence, after=after_key(query.cursor), limit=query.limit
        )
        return page_of(EventPage, rows, query.limit, lambda row: EventOut(**asdict(row)))


def _new(body: GeofenceIn) -> NewGeofence:
    return NewGeofence(**body.model_dump())


def _out(one: Geofence) -> GeofenceOut:
    return GeofenceOut(**asdict(one))


def routes(service: GeofenceService) -> list[Route]:
    """The geofences' routes."""
    handlers, tag = _Handlers(service), "geofences"
    return [
        Route(method="GET", path="/geofences", handler=handlers.page, tag=tag, summary="Geofences",
              query=PageQuery, answer=GeofencePage),
        Route(method="POST", path="/geofences", handler=handlers.add, tag=tag, summary="Add a geofence",
              body=GeofenceIn, answer=GeofenceOut, status=201, roles=_WRITERS, problems=(404,)),
        Route(method="GET", path="/geofences/{id}", handler=handlers.one, tag=tag, summary="One geofence",
              answer=GeofenceOut, problems=(404,)),
        Route(method="PUT", path="/geofences/{id}", handler=handlers.change, tag=tag, summary="Change a geofence",
              body=GeofenceChange, answer=GeofenceOut, roles=_WRITERS, problems=(404, 409)),
        Route(method="DELETE", path="/geofences/{id}", handler=handlers.remove, tag=tag,
              summary="Remove a geofence and its events", query=RemovalQuery, status=204, roles=_WRITERS,
              problems=(404, 409)),
        Route(method="GET", path="/geofence-events", handler=handlers.events, tag=tag,
              summary="Who entered and left, the latest first", query=EventQuery, answer=EventPage),
    ]  # fmt: skip
