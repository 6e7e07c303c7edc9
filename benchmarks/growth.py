"""How cost grows: with devices, members, viewers, and stored positions. `python -m benchmarks growth`.

Each is measured as in the benchmark of its name: processor microseconds a fix at 20,000 a second from ever more
devices; microseconds of the 8 nearest among ever more members; per cent of a core for ever more viewers of 10,000
members; milliseconds of processor for everybody's past moment out of ever more positions. times: of the smallest.

| | |
|---|---|
| ![devices](pictures/growth-devices.png) | ![members](pictures/growth-members.png) |
| ![viewers](pictures/growth-viewers.png) | ![positions](pictures/growth-positions.png) |
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks import fan_out, history, ingest, nearest
from benchmarks.charts import draw

__all__ = ["Row", "main"]

DEVICES = (100, 1_000, 10_000)
MEMBERS = (1_000, 10_000, 100_000, 1_000_000)
VIEWERS = (10, 100, 1_000)
_RATE = 20_000
_RADIUS_M = {1_000: 10_000, 10_000: 3_000, 100_000: 1_000, 1_000_000: 300}
"""Of Redis: enough for some 80 members."""


@dataclass(frozen=True)
class Row:
    """One size of one thing that grows."""

    what: str
    size: int
    cost: float
    unit: str
    times: float
    load: float


def main(seconds: float = 10.0) -> list[Row]:
    """Every size of everything; draws docs/pictures/growth-*.png and .svg."""
    rows: list[Row] = []
    for what, unit, measured in _SERIES:
        points = [(size, cost, os.getloadavg()[0]) for size, cost in measured(seconds)]
        first = points[0][1]
        rows += [Row(what, size, cost, unit, cost / first, load) for size, cost, load in points]
        draw(what, unit, [(size, cost) for size, cost, _ in points])
    return rows


def _devices(seconds: float) -> Iterator[tuple[int, float]]:
    for count in DEVICES:
        (row,) = ingest.main(seconds, [ingest.Case("", "nmea", count, _RATE, "")])
        yield count, row.cpu_us


def _members(seconds: float) -> Iterator[tuple[int, float]]:
    for count in MEMBERS:
        (row,) = nearest.main(seconds, [nearest.Case("", count, True, nearest.EVERYBODY, "", _RADIUS_M[count])])
        yield count, row.p50


def _viewers(seconds: float) -> Iterator[tuple[int, float]]:
    for count in VIEWERS:
        (row,) = fan_out.main(seconds, [fan_out.Case("", count, 0, 1)])
        yield count, row.core


def _positions(seconds: float) -> Iterator[tuple[int, float]]:
    for size, row in zip(history.STORED, history.main(seconds)[2::3], strict=True):
        yield size, row.cpu_p50_ms


_SERIES: tuple[tuple[str, str, Callable[[float], Iterator[tuple[int, float]]]], ...] = (
    ("devices", "processor µs a fix", _devices),
    ("members", "µs, the 8 nearest, p50", _members),
    ("viewers", "% of a core", _viewers),
    ("positions", "processor ms, everybody's past moment, p50", _positions),
)
