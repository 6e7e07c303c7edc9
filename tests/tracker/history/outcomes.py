"""Builders: judged batches as the pipeline hands them to the history, and databases to store them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

from tracker.model.batch import Extra, FixBatch, microseconds
from tracker.model.refusal import Refusal

__all__ = ["NOON", "Crossed", "Outcome", "a_batch", "judged", "moved"]

NOON = microseconds(datetime(2026, 11, 24, 12, tzinfo=UTC))
"""Microseconds since 1970 of the instant at which these tests happen."""


@dataclass(frozen=True)
class Crossed:
    geofence: int
    device: int
    kind: str
    fix_time: int
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Outcome:
    """What the pipeline says of a batch, as far as the history reads it."""

    accepted: FixBatch
    accepted_rows: npt.NDArray[np.intp]
    verdicts: npt.NDArray[np.int8]
    doubtful: npt.NDArray[np.bool_]
    distance: npt.NDArray[np.float32]
    cell: npt.NDArray[np.uint64]
    crossings: Sequence[Crossed] = field(default_factory=list)


def a_batch(
    n: int, *, device: int = 1, start: int = NOON, step_us: int = 1_000_000, extras: dict[int, Extra] | None = None
) -> FixBatch:
    """n fixes of one device, a second apart, on their way north; course, altitude and hdop are unknown."""
    unknown = np.full(n, np.nan, np.float32)
    times = start + np.arange(n, dtype=np.int64) * step_us
    return FixBatch(
        device=np.full(n, device, np.int32),
        fix_time=times,
        received_at=times + 500_000,
        latitude=26.0 + np.arange(n, dtype=np.float64) * 1e-5,
        longitude=np.full(n, 119.3),
        speed=np.full(n, 1.25, np.float32),
        course=unknown,
        altitude=unknown,
        accuracy=np.full(n, 8.0, np.float32),
        hdop=unknown,
        battery=np.full(n, 0.5, np.float32),
        extras=extras or {},
    )


def judged(
    batch: FixBatch,
    *,
    refused: dict[int, Refusal] | None = None,
    doubtful: bool = False,
    crossings: Sequence[Crossed] = (),
) -> Outcome:
    """The outcome that accepts every row but the refused ones."""
    verdicts = np.zeros(len(batch), np.int8)
    for row, reason in (refused or {}).items():
        verdicts[row] = reason
    rows = np.flatnonzero(verdicts == Refusal.NONE)
    rows = rows[np.lexsort((batch.fix_time[rows], batch.device[rows]))]
    accepted = batch.take(rows)
    return Outcome(
        accepted=accepted,
        accepted_rows=rows,
        verdicts=verdicts,
        doubtful=np.full(len(rows), doubtful),
        distance=np.ones(len(rows), np.float32),
        cell=np.full(len(rows), 0x89411C8C80FFFFF, np.uint64),
        crossings=crossings,
    )


def moved(batch: FixBatch, degrees: float) -> FixBatch:
    """The same instants, other places."""
    return replace(batch, latitude=batch.latitude + degrees)
