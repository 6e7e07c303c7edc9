"""GET /positions, /positions/density and /nearest: where everybody is now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any

import numpy as np
from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel, Field, field_validator

from registry.api.paging import PageQuery, after_key, cursor_of
from registry.api.problems import NotFound
from registry.api.route import Call, Route
from registry.organisations.queries import visible_organisations
from tracker.geo.cells import RESOLUTION, boundary_of
from tracker.live.cell_index import CellIndex
from tracker.live.service import LiveService
from tracker.live.store import SeenStore, Who
from tracker.model.batch import instant
from tracker.model.presence import Presence, Silence

__all__ = ["routes"]


class Status(StrEnum):
    """Live status: presence, and whether it moves."""

    ONLINE = "online"
    STALE = "stale"
    SILENT = "silent"
    MOVING = "moving"
    STOPPED = "stopped"


class PositionsQuery(PageQuery):
    """Last known positions, all or some."""

    organisation: str | None = Field(None, max_length=128, description="id; its whole subtree")
    bbox: str | None = Field(None, max_length=120, description="west,south,east,north in degrees")
    status: Status | None = None

    @field_validator("bbox")
    @classmethod
    def _is_box(cls, text: str | None) -> str | None:
        if text is not None:
            box_of(text)
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

    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    k: int = Field(8, ge=1, le=200)
    post: str | None = Field(None, max_length=100)
    status: Status | None = None
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


def box_of(text: str) -> tuple[float, float, float, float]:
    """Read west,south,east,north; west > east crosses the antimeridian. Raises ValueError."""
    numbers = [float(part) for part in text.split(",")]
    if len(numbers) != 4 or not all(abs(number) <= 180 for number in numbers) or numbers[1] > numbers[3]:
        raise ValueError("expected west,south,east,north in degrees")
    return numbers[0], numbers[1], numbers[2], numbers[3]


class _Handlers:
    def __init__(self, live: LiveService, pool: AsyncConnectionPool, now: Callable[[], int]) -> None:
        self._live, self._pool, self._now = live, pool, now

    async def positions(self, call: Call) -> PositionPage:
        """A page of positions."""
        query: PositionsQuery = call.query
        passes = self._passing(query.status)
        if query.bbox is not None:
            passes &= self._in_box(query.bbox)
        keys = np.flatnonzero(passes)
        keys = keys[keys > after_key(query.cursor)]
        seen = await self._seen(keys.tolist(), call, query.organisation, query.limit)
        more = cursor_of(seen[-1].key) if len(seen) == query.limit else None
        return PositionPage(items=[PositionOut(**self._position(who)) for who in seen], next=more)

    async def nearest(self, call: Call) -> NearestOut:
        """The nearest, by the index; SQL has the last word on who may be seen."""
        query: NearestQuery = call.query
        organisations = await self._organisations(call, query.organisation)
        self._live.look()
        moving = {Status.MOVING: True, Status.STOPPED: False}.get(query.status) if query.status else None
        near = self._live.nearest(
            query.lat, query.lon, query.k, organisations=organisations, post=query.post,
            presence=_presence(query.status), moving=moving,
        )  # fmt: skip
        metres = {one.device: one.metres for one in near}
        seen = await self._seen(list(metres), call, query.organisation, query.k)
        found = [self._near(who, metres[who.key]) for who in seen]
        return NearestOut(items=sorted(found, key=lambda one: (one.metres, one.key)))

    async def density(self, call: Call) -> DensityOut:
        """Counts by H3 cell."""
        query: DensityQuery = call.query
        organisations = await self._organisations(call, query.organisation)
        keys = np.flatnonzero(self._live.passing(organisations=organisations))
        seen = await self._seen(keys.tolist(), call, query.organisation, 1_000_000)
        rows = np.array([who.key for who in seen], np.intp)
        cells, counts = CellIndex(self._live.table.cell[rows], rows).counts(query.resolution)
        return DensityOut(
            items=[
                CellOut(cell=f"{cell:x}", count=count, boundary=_ring(cell))
                for cell, count in zip(cells.tolist(), counts.tolist(), strict=True)
            ]
        )

    async def _organisations(self, call: Call, organisation: str | None) -> frozenset[int]:
        async with self._pool.connection() as connection:
            found = await visible_organisations(connection, call.user.organisation, organisation)
        if not found:
            raise NotFound(f"there is no organisation {organisation!r} that you may see")
        return found

    async def _seen(self, keys: list[int], call: Call, organisation: str | None, limit: int) -> list[Who]:
        async with self._pool.connection() as connection:
            return await SeenStore(connection).among(
                keys, caller=call.user.organisation, organisation=organisation, limit=limit
            )

    def _passing(self, status: Status | None) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        self._live.look()
        moving = {Status.MOVING: True, Status.STOPPED: False}.get(status) if status else None
        return self._live.passing(presence=_presence(status), moving=moving)

    def _in_box(self, text: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        west, south, east, north = box_of(text)
        table = self._live.table
        within = (table.latitude >= south) & (table.latitude <= north)
        if west <= east:
            return within & (table.longitude >= west) & (table.longitude <= east)
        return within & ((table.longitude >= west) | (table.longitude <= east))

    def _position(self, who: Who) -> dict[str, Any]:
        table, key = self._live.table, who.key
        fix_time, silence = int(table.fix_time[key]), Silence(int(table.silence[key]))
        return {
            "key": key, "device": who.device, "member": who.member, "name": who.name, "post": who.post,
            "organisation": who.organisation, "time": instant(fix_time),
            "age_s": max(0.0, (self._now() - fix_time) / 1e6),
            "latitude": float(table.latitude[key]), "longitude": float(table.longitude[key]),
            "speed": _known(table.speed[key]), "course": _known(table.course[key]),
            "altitude": _known(table.altitude[key]), "accuracy": _known(table.accuracy[key]),
            "battery": _known(table.battery[key]), "moving": bool(table.moving[key]),
            "emergency": bool(table.emergency[key]), "presence": Presence(int(table.presence[key])).word,
            "silence": silence.word or None,
        }  # fmt: skip

    def _near(self, who: Who, metres: float) -> NearOut:
        position = self._position(who)
        reasons = [
            f"{metres:.0f} m away" if metres < 1_000 else f"{metres / 1_000:.1f} km away",
            f"position {position['age_s']:.0f} s old",
            "on duty" if who.on_duty else "off duty",
            "moving" if position["moving"] else "standing",
        ]
        return NearOut(**position, metres=round(metres, 2), reasons=reasons)


def _presence(status: Status | None) -> int | None:
    codes = {Status.ONLINE: Presence.ONLINE, Status.STALE: Presence.STALE, Status.SILENT: Presence.SILENT}
    return None if status is None else codes.get(status)


def _known(value: np.float32) -> float | None:
    return None if np.isnan(value) else round(float(value), 4)


def _ring(cell: int) -> list[tuple[float, float]]:
    corners = [(longitude, latitude) for latitude, longitude in boundary_of(cell)]
    return [*corners, corners[0]]


def routes(live: LiveService, pool: AsyncConnectionPool, now: Callable[[], int]) -> list[Route]:
    """The live routes. now: microseconds since 1970."""
    handlers = _Handlers(live, pool, now)
    return [
        Route(method="GET", path="/positions", handler=handlers.positions, tag="positions",
              summary="Last known positions", query=PositionsQuery, answer=PositionPage),
        Route(method="GET", path="/positions/density", handler=handlers.density, tag="positions",
              summary="How many are in each H3 cell", query=DensityQuery, answer=DensityOut, problems=(404,)),
        Route(method="GET", path="/nearest", handler=handlers.nearest, tag="positions",
              summary="The k nearest members, exact, with reasons", query=NearestQuery, answer=NearestOut,
              problems=(404,)),
    ]  # fmt: skip
