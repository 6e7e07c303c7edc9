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

__all__ = ["EngineServer", "engine_server"]

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

    async def _times(self, profile: str, sources: list[Place], to: Place) -> list[float | None]:
        self.asked.append((profile, len(sources)))
        if self.mode == "hang":
            await self.hung_up.wait()
        elif self.mode != "well":
            raise _answered(int(self.mode))
        return [None if one[0] > self.closed_north_of else abs(one[1] - to[1]) * 1e5 for one in sources]


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
    async with serving(application) as it.base:
        try:
            yield it
        finally:
            it.hung_up.set()
