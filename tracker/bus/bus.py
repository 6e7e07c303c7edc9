"""The live feed between processes: positions just accepted, on their way to every process that shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from tracker.model.live_row import LiveRows

__all__ = ["Bus", "Heard", "LocalBus"]

Heard = Callable[[LiveRows], None]


class Bus(Protocol):
    """Positions are state, not a log: some may be lost, the newest comes again. Nothing here waits."""

    dropped: int

    def publish(self, rows: LiveRows) -> None:
        """Tell every other process. Never waits; what cannot be told is dropped and counted."""
        ...

    def subscribe(self, heard: Heard) -> None:
        """Call `heard` with what other processes tell, from now on."""
        ...

    async def run(self) -> None:
        """Carry until cancelled."""
        ...


class LocalBus:
    """One process alone: there is nobody else to tell."""

    def __init__(self) -> None:
        self.dropped = 0

    def publish(self, rows: LiveRows) -> None:
        """Nobody hears it."""

    def subscribe(self, heard: Heard) -> None:
        """Nothing will be heard."""

    async def run(self) -> None:
        """There is nothing to carry."""
