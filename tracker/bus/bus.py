"""The live feed between processes: positions just accepted, on their way to every process that shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from tracker.model.live_row import LiveRows

__all__ = ["Bus", "Exchange", "Heard", "LocalBus"]

Heard = Callable[[LiveRows], None]


class Bus(Protocol):
    """Positions are state, not a log: some may be lost, the newest comes again. Nothing here waits."""

    dropped: int

    def publish(self, rows: LiveRows) -> None:
        """Tell every other process. Never waits; what cannot be told is dropped and counted."""
        ...

    def subscribe(self, heard: Heard) -> None:
        """Call `heard` with what other processes tell, from now on; its own rows a process does not hear."""
        ...

    async def run(self) -> None:
        """Carry until cancelled."""
        ...


class LocalBus:
    """The bus of one program: tells the other LocalBuses of its exchange. Alone, it has nobody to tell."""

    def __init__(self, exchange: Exchange | None = None) -> None:
        self._exchange = exchange or Exchange()
        self._exchange.buses.append(self)
        self._heard: list[Heard] = []
        self.dropped = 0

    def publish(self, rows: LiveRows) -> None:
        """The others hear it before this returns."""
        if not len(rows):
            return
        for bus in self._exchange.buses:
            if bus is not self:
                bus.hear(rows)

    def subscribe(self, heard: Heard) -> None:
        """Hear the others' rows."""
        self._heard.append(heard)

    def hear(self, rows: LiveRows) -> None:
        """Another of the exchange tells this."""
        for heard in self._heard:
            heard(rows)

    async def run(self) -> None:
        """There is nothing to carry."""


@dataclass(slots=True)
class Exchange:
    """LocalBuses that hear each other."""

    buses: list[LocalBus] = field(default_factory=list)
