"""GET /way: how to go from one place to another."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from dispatch.streets.model import Profile
from dispatch.ways.service import Way, WayService
from registry.api.route import EVERYBODY, Call, Route

__all__ = ["routes"]

Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]


class WayQuery(BaseModel, extra="forbid"):
    """From where, to where, and how; degrees WGS 84."""

    from_latitude: Latitude
    from_longitude: Longitude
    to_latitude: Latitude
    to_longitude: Longitude
    profile: Profile = Profile.WALKING


class WayOut(BaseModel):
    """The way. metres, seconds: along it. line: GeoJSON LineString, from the one to the other.

    basis: osrm, valhalla (the operator's routing engine), streets (this server's network), line: straight, and `why`;
    its seconds allow for a detour.
    """

    basis: Literal["osrm", "valhalla", "streets", "line"]
    why: str | None
    profile: Profile
    metres: float
    seconds: float
    line: dict[str, Any]


def routes(service: WayService) -> list[Route]:
    """The one route; it tells nothing but streets, so everybody may ask."""

    async def way(call: Call) -> WayOut:
        query: WayQuery = call.query
        found = await service.way(
            (query.from_latitude, query.from_longitude), (query.to_latitude, query.to_longitude), query.profile
        )
        return _out(found, query.profile)

    return [
        Route(method="GET", path="/way", handler=way, tag="assignments", roles=EVERYBODY,
              summary="The way from one place to another, along streets where they are known", query=WayQuery,
              answer=WayOut),
    ]  # fmt: skip


def _out(found: Way, profile: Profile) -> WayOut:
    line = [[round(longitude, 6), round(latitude, 6)] for latitude, longitude in found.way.places]
    return WayOut.model_validate(
        {"basis": found.basis, "why": found.why, "profile": profile, "metres": round(found.metres, 1),
         "seconds": round(found.way.seconds, 1), "line": {"type": "LineString", "coordinates": line}}
    )  # fmt: skip
