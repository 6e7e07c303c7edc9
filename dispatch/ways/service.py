"""The way from one place to another: an engine's where one is set, else along our own streets, else straight."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from dispatch.routing.model import Place
from dispatch.routing.service import Router
from dispatch.streets.model import Profile, Streets, StreetWay, line_seconds
from tracker.geo.geodesy import distance

__all__ = ["LONGEST_S", "Way", "WayService"]

LONGEST_S = 3 * 3600.0
"""Longer ways over our own streets are not looked for."""


@dataclass(frozen=True, slots=True)
class Way:
    """way: its places and seconds. basis: osrm, valhalla, streets or line; why: there is nothing better than a line."""

    way: StreetWay
    basis: str
    why: str | None = None

    @property
    def metres(self) -> float:
        """Along the places."""
        return sum(distance(*one, *other) for one, other in pairwise(self.way.places))


class WayService:
    """Over the streets of this process; one way is searched at a time, for it takes a core."""

    def __init__(self, streets: Callable[[], Streets | None], router: Router | None) -> None:
        self._streets, self._router = streets, router
        self._one = asyncio.Semaphore(1)

    async def way(self, start: Place, to: Place, profile: Profile) -> Way:
        """The fastest that is known."""
        if self._router is not None and self._router.serves(profile):
            routed = await self._router.way(start, to, profile=profile)
            if routed.way is not None:
                return Way(routed.way, routed.engine)
        streets = self._streets()
        if streets is None:
            return _line(start, to, profile, "no street network is loaded")
        async with self._one:
            found = await asyncio.to_thread(streets.way, start=start, to=to, profile=profile, limit_s=LONGEST_S)
        return _line(start, to, profile, "no way along known streets") if found is None else Way(found, "streets")


def _line(start: Place, to: Place, profile: Profile, why: str) -> Way:
    seconds = float(line_seconds(np.array(distance(*start, *to)), profile))
    return Way(StreetWay([start, to], seconds), "line", why)
