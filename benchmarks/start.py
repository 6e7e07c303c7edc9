"""How long a server takes from exec to its ready line, on a database that is migrated. `python -m benchmarks start`.

Each start is killed and followed by the next. What is told: the time that passed and the processor's, which other work
on the machine does not lengthen.
"""

from __future__ import annotations

import asyncio
import os
import signal
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.faults.installation import Database, Server

__all__ = ["main"]

_SECONDS_A_START = 2.0
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Row:
    """Seconds: median and worst of `starts`; processor: of the median start, kernel included."""

    name: str
    starts: int
    median_s: float
    worst_s: float
    processor_s: float
    goal: str = "5 s"


def main(seconds: float) -> Sequence[Row]:
    """seconds: about how long all starts together may take on an idle machine."""
    return asyncio.run(_measured(max(_FEWEST, round(seconds / _SECONDS_A_START))))


async def _measured(times: int) -> Sequence[Row]:
    with tempfile.TemporaryDirectory(prefix="gridwarden-start-") as name:
        Path(name).chmod(0o755)
        database = Database(Path(name) / "postgres")
        await database.start()
        try:
            server = Server(Path(name) / "server", {"GRIDWARDEN_DATABASE_URL": database.url})
            await _start(server)  # migrates
            found = [await _start(server) for _ in range(times)]
        finally:
            await database.kill(signal.SIGINT)
    walls, processors = zip(*found, strict=True)
    return [Row("ready after kill -9", times, statistics.median(walls), max(walls), statistics.median(processors))]


async def _start(server: Server) -> tuple[float, float]:
    """Seconds until it was ready, and of the processor."""
    wall_s = await server.start()
    used = Path(f"/proc/{server.now.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    await server.end()
    return wall_s, (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")
