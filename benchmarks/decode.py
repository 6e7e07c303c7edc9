"""NMEA sentences into positions: ours, as columns and one by one, pynmea2, and gpsd's own reader, asked in turns.

Everybody reads the same 10,000 RMC sentences. Processor microseconds a sentence; spread: the fastest and the
slowest turn. pynmea2 is asked for time, place, speed and course, which it reads when asked; gpsd reads as `gpsdecode`,
its drivers without the daemon, and writes JSON (empty: there is none here). `python -m benchmarks decode`.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import numpy as np
import pynmea2

from simulators.load.lines import circling, rmc_lines
from tracker.protocols.nmea0183 import read_sentence
from tracker.protocols.nmea_columns import read_rmc_columns

__all__ = ["Row", "main"]

SENTENCES, ONE_BY_ONE = 10_000, 2_000
_EPOCH_MS = 1_795_000_000_000


@dataclass(frozen=True)
class Row:
    """One reader."""

    name: str
    us_a_sentence: float
    spread: str
    times_ours: float
    turns: int


def main(seconds: float = 10.0) -> list[Row]:
    """Every reader in turns, for so long in all."""
    data = _sentences()
    some = data.splitlines(keepends=True)[:ONE_BY_ONE]
    readers: dict[str, Callable[[], float]] = {
        "ours, 10,000 sentences as columns": lambda: _timed(lambda: read_rmc_columns(data)) / SENTENCES,
        "ours, one by one": lambda: _timed(lambda: [read_sentence(line.rstrip()) for line in some]) / ONE_BY_ONE,
        "pynmea2": lambda: _timed(lambda: [_asked(line) for line in some]) / ONE_BY_ONE,
    }
    if shutil.which("gpsdecode"):
        readers["gpsd (gpsdecode)"] = lambda: _decoded(data) / SENTENCES
    turns: dict[str, list[float]] = {name: [] for name in readers}
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for name, read in readers.items():
            turns[name].append(read())
    ours = median(next(iter(turns.values())))
    return [
        Row(name, median(taken), f"{min(taken):.2f} to {max(taken):.2f}", median(taken) / ours, len(taken))
        for name, taken in turns.items()
    ]


def _sentences() -> bytes:
    times = _EPOCH_MS + 1_000 * np.arange(SENTENCES)  # gpsd takes sentences of one instant for one fix
    data = rmc_lines(times, *circling(np.zeros(SENTENCES, np.int64), times)).tobytes()
    assert len(read_rmc_columns(data).start) == SENTENCES
    return data


def _timed(read: Callable[[], object]) -> float:
    """Processor microseconds."""
    began = time.process_time()
    read()
    return 1e6 * (time.process_time() - began)


def _asked(line: bytes) -> tuple[object, ...]:
    said = pynmea2.parse(line.decode(), check=True)
    return said.datetime, said.latitude, said.longitude, said.spd_over_grnd, said.true_course


def _decoded(data: bytes) -> float:
    before = _children()
    said = subprocess.run(["gpsdecode"], input=data, capture_output=True, check=True).stdout
    assert said.count(b'"class":"TPV"') >= SENTENCES - 1
    return 1e6 * (_children() - before)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
