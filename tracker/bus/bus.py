"""The live feed between processes: what was just accepted, on its way to every process that shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tracker.model.crossing import Crossing
from tracker.model.live_row import LiveRows

__all__ = ["Bus", "Crossed", "Ears", "Exchange", "Heard", "LocalBus"]

Heard = Callable[[LiveRows], None]
Crossed = Callable[[Crossing], None]


class Bus(Protocol):
    """Positions are state, not a log: some may be lost, the newest comes again. Crossings are on record in the store.

    Nothing here waits.
    """

    dropped: int

    def publish(self, rows: LiveRows, crossings: Sequence[Crossing] = ()) -> None:
        """Tell every other process. Never waits; what cannot be told is dropped and counted."""
        ...

    def subscribe(self, heard: Heard, crossed: Crossed | None = None) -> None:
        """Call `heard` with rows and then `crossed` with each crossing that other processes tell, from now on.

        A process does not hear its own.
        """
        ...

    async def run(self) -> None:
        """Carry until cancelled."""
        ...


class Ears:
    """Who listens in one process."""

    def __init__(self) -> None:
        self._heard: list[Heard] = []
        self._crossed: list[Crossed] = []

    def add(self, heard: Heard, crossed: Crossed | None) -> None:
        """One more."""
        self._heard.append(heard)
        if crossed is not None:
            self._crossed.append(crossed)

    def hear(self, rows: LiveRows, crossings: Sequence[Crossing]) -> None:
        """Rows first, so that whoever crosses is known at its new place; nothing where there is nothing."""
        if len(rows):
            for heard in self._heard:
                heard(rows)
        for crossing in crossings:
            for crossed in self._crossed:
                crossed(crossing)


class LocalBus:
    """The bus of one program: tells the other LocalBuses of its exchange. Alone, it has nobody to tell."""

    def __init__(self, exchange: Exchange | None = None) -> None:
        self._exchange = exchange or Exchange()
        self._exchange.buses.append(self)
        self._ears = Ears()
        self.dropped = 0

    def publish(self, rows: LiveRows, crossings: Sequence[Crossing] = ()) -> None:
        """The others hear it before this returns."""
        for bus in self._exchange.buses:
            if bus is not self:
                bus.hear(rows, crossings)

    def subscribe(self, heard: Heard, crossed: Crossed | None = None) -> None:
        """Hear the others."""
        self._ears.add(heard, crossed)

    def hear(self, rows: LiveRows, crossings: Sequence[Crossing]) -> None:
        """Another of the exchange tells this."""
        self._ears.hear(rows, crossings)

    async def run(self) -> None:
        """There is nothing to carry."""


@dataclass(slots=True)
class Exchange:
    """LocalBuses that hear each other."""

    buses: list[LocalBus] = field(default_factory=list)
