"""Builders: judged batches as the pipeline hands them to the history, and databases to store them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from tracker.model.batch import Extra, FixBatch, microseconds
from tracker.model.crossing import Crossing, CrossingKind
from tracker.model.refusal import Refusal
from tracker.pipeline.outcome import Outcome

__all__ = ["NOON", "a_batch", "entered", "judged", "moved"]

NOON = microseconds(datetime(2026, 11, 24, 12, tzinfo=UTC))
"""Microseconds since 1970 of the instant at which these tests happen."""


def entered(geofence: int, kind: CrossingKind = CrossingKind.ENTER) -> Crossing:
    """Device 1 over the border of a geofence at noon."""
    return Crossing(geofence=geofence, device=1, kind=kind, fix_time=NOON, latitude=26.0, longitude=119.3)


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
    crossings: Sequence[Crossing] = (),
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
        late=np.full(len(rows), False),
        moving=np.full(len(rows), True),
        doubtful=np.full(len(rows), doubtful),
        distance=np.ones(len(rows), np.float32),
        cell=np.full(len(rows), 0x89411C8C80FFFFF, np.uint64),
        crossings=list(crossings),
    )


def moved(batch: FixBatch, degrees: float) -> FixBatch:
    """The same instants, other places."""
    return replace(batch, latitude=batch.latitude + degrees)
