"""Routing engines on a real socket, speaking the APIs of OSRM and Valhalla, well or badly.

The time from a place is its longitude's distance from the destination's, a second for each 1e-5 degrees, so that a test
knows what is right without asking our own code; north of `closed_north_of` no way leads anywhere.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from dispatch.routing.model import Engine, engines_of
from tests.served import serving

__all__ = ["EngineServer", "encoded", "engine_server"]

Place = tuple[float, float]


@dataclass
class EngineServer:
    """mode: well, hang, or a status to answer. asked: (profile or costing, how many sources) of each question."""

    base: str = ""
    mode: str = "well"
    closed_north_of: float = 90.0
    asked: list[tuple[str, int]] = field(default_factory=list)
    hung_up: asyncio.Event = field(default_factory=asyncio.Event)

    def engine(self, kind: str, profile: str = "") -> Engine:
        (engine,) = engines_of(f"{kind}+{self.base}{profile and '#'}{profile}")
        return engine

    async def osrm(self, request: web.Request) -> web.Response:
        pairs = [tuple(map(float, one.split(","))) for one in request.match_info["coordinates"].split(";")]
        places = [(latitude, longitude) for longitude, latitude in pairs]
        sources = [places[int(one)] for one in request.query["sources"].split(";")]
        (to,) = [places[int(one)] for one in request.query["destinations"].split(";")]
        assert request.query["annotations"] == "duration"
        rows = [[one] for one in await self._times(request.match_info["profile"], sources, to)]
        return web.json_response({"code": "Ok", "durations": rows, "sources": [], "destinations": []})

    async def valhalla(self, request: web.Request) -> web.Response:
        body = await request.json()
        assert body["verbose"] is True
        (to,) = [(one["lat"], one["lon"]) for one in body["targets"]]
        sources = [(one["lat"], one["lon"]) for one in body["sources"]]
        rows: list[Any] = [
            [{"from_index": index, "to_index": 0, "time": seconds, "distance": None if seconds is None else 1.0}]
            for index, seconds in enumerate(await self._times(body["costing"], sources, to))
        ]
        return web.json_response({"units": "kilometers", "sources_to_targets": rows})

    async def osrm_way(self, request: web.Request) -> web.Response:
        pairs = [[float(part) for part in one.split(",")] for one in request.match_info["coordinates"].split(";")]
        assert (request.query["overview"], request.query["geometries"]) == ("full", "geojson")
        (seconds,) = await self._times(request.match_info["profile"], [(pairs[0][1], pairs[0][0])], (0.0, pairs[1][0]))
        if seconds is None:
            return web.json_response({"code": "NoRoute", "routes": []})
        corner = [pairs[0][0], pairs[1][1]]
        geometry = {"type": "LineString", "coordinates": [pairs[0], corner, pairs[1]]}
        return web.json_response({"code": "Ok", "routes": [{"duration": seconds, "distance": 1, "geometry": geometry}]})

    async def valhalla_way(self, request: web.Request) -> web.Response:
        body = await request.json()
        assert body["directions_type"] == "none"
        start, to = ((one["lat"], one["lon"]) for one in body["locations"])
        (seconds,) = await self._times(body["costing"], [start], to)
        if seconds is None:
            return web.json_response({"error_code": 442, "error": "No path could be found for input"}, status=400)
        leg = {"shape": encoded([start, (to[0], start[1]), to])}
        return web.json_response({"trip": {"status": 0, "legs": [leg], "summary": {"time": seconds, "length": 1}}})

    async def _times(self, profile: str, sources: list[Place], to: Place) -> list[float | None]:
        self.asked.append((profile, len(sources)))
        if self.mode == "hang":
            await self.hung_up.wait()
        elif self.mode != "well":
            raise _answered(int(self.mode))
        return [None if one[0] > self.closed_north_of else abs(one[1] - to[1]) * 1e5 for one in sources]


def encoded(places: list[Place]) -> str:
    """A polyline of 1e-6 degrees as its description tells (Google, "Encoded Polyline Algorithm Format")."""
    letters, before = [], (0, 0)
    for place in places:
        now = (round(place[0] * 1e6), round(place[1] * 1e6))
        for value in (now[0] - before[0], now[1] - before[1]):
            rest = ~(value << 1) if value < 0 else value << 1
            while rest >= 0x20:
                letters.append(chr((0x20 | (rest & 0x1F)) + 63))
                rest >>= 5
            letters.append(chr(rest + 63))
        before = now
    return "".join(letters)


def _answered(status: int) -> web.HTTPException:
    class Answered(web.HTTPException):
        status_code = status

    return Answered(text='{"code": "NoSegment"}')


@asynccontextmanager
async def engine_server() -> AsyncIterator[EngineServer]:
    """A running one."""
    it = EngineServer()
    application = web.Application()
    application.router.add_get("/table/v1/{profile}/{coordinates}", it.osrm)
    application.router.add_post("/sources_to_targets", it.valhalla)
    application.router.add_get("/route/v1/{profile}/{coordinates}", it.osrm_way)
    application.router.add_post("/route", it.valhalla_way)
    async with serving(application) as it.base:
        try:
            yield it
        finally:
            it.hung_up.set()
