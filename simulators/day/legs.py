"""The bodies of those who are sent: members of a fleet that walk there over the streets, or who are there at once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from simulators.city.routes import Router
from simulators.fleet.fleet import Fleet

__all__ = ["AtOnce", "FleetLegs"]


class AtOnce:
    """Nobody walks: for days that test what is decided and not how long it takes."""

    async def go(self, member: str, latitude: float, longitude: float) -> None:
        """There."""

    def release(self, member: str) -> None:
        """Nothing to do."""


class FleetLegs:
    """rows: of each member (id) in the fleet. Call `turned` behind each of the fleet's turns."""

    def __init__(self, fleet: Fleet, router: Router, rows: Mapping[str, int]) -> None:
        self._fleet, self._router, self._rows = fleet, router, rows
        self._waiting: dict[int, asyncio.Event] = {}

    async def go(self, member: str, latitude: float, longitude: float) -> None:
        """Take the shortest way to the junction nearest to the place."""
        row, walk = self._rows[member], self._fleet.walk
        destination = self._router.junction(latitude, longitude)
        walk.stay(row)  # while looking at the map
        walk.send(row, await asyncio.to_thread(self._router.ways, int(walk.way[row]), destination))
        arrived = self._waiting[row] = asyncio.Event()
        try:
            await arrived.wait()
        finally:
            del self._waiting[row]

    def release(self, member: str) -> None:
        """Stroll on."""
        self._fleet.walk.release(self._rows[member])

    def turned(self) -> None:
        """Tell those who have arrived."""
        for row, arrived in self._waiting.items():
            if self._fleet.walk.is_there(row):
                arrived.set()
