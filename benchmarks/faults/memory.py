"""What a server holds of the machine, looked at again and again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from benchmarks.faults.installation import Server

__all__ = ["Held", "looking"]


@dataclass
class Held:
    """resident_mb: of memory; descriptors: open files; one of each a look."""

    resident_mb: list[float] = field(default_factory=list)
    descriptors: list[int] = field(default_factory=list)

    def look(self, server: Server) -> None:
        """Once more."""
        self.resident_mb.append(server.resident_mb())
        self.descriptors.append(server.descriptors())

    @property
    def growth_mb(self) -> float:
        """From the first look to the largest."""
        return max(self.resident_mb) - self.resident_mb[0]


@asynccontextmanager
async def looking(server: Server, period_s: float = 0.2) -> AsyncIterator[Held]:
    """Look while the context is open, first and last at its ends."""
    held = Held()
    held.look(server)
    task = asyncio.create_task(_go_on(held, server, period_s))
    try:
        yield held
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        held.look(server)


async def _go_on(held: Held, server: Server, period_s: float) -> None:
    while True:
        await asyncio.sleep(period_s)
        held.look(server)
