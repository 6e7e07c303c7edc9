"""Builders: batches of fixes from columns, and cuts of a stream into batches."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from tracker.model.batch import FixBatch

__all__ = ["NOW", "a_batch", "cuts_of"]

NOW = 1_800_000_000_000_000
"""Microseconds since 1970 at which these tests happen."""


def a_batch(
    device: npt.ArrayLike, fix_time: npt.ArrayLike, latitude: npt.ArrayLike, longitude: npt.ArrayLike,
    *, speed: npt.ArrayLike = np.nan, accuracy: npt.ArrayLike = np.nan, course: npt.ArrayLike = np.nan,
) -> FixBatch:  # fmt: skip
    """Columns; what is not given is unknown."""
    keys = np.asarray(device, np.int32)
    times = np.asarray(fix_time, np.int64)

    def column(values: npt.ArrayLike) -> npt.NDArray[np.float32]:
        return np.broadcast_to(np.asarray(values, np.float32), keys.shape).copy()

    return FixBatch(
        device=keys, fix_time=times, received_at=times, latitude=np.asarray(latitude, np.float64),
        longitude=np.asarray(longitude, np.float64), speed=column(speed), course=column(course),
        altitude=column(np.nan), accuracy=column(accuracy), hdop=column(np.nan), battery=column(np.nan),
    )  # fmt: skip


def cuts_of(batch: FixBatch, lengths: list[int]) -> Iterator[FixBatch]:
    """The batch cut into pieces of these lengths, repeated until it is used up."""
    at, turn = 0, 0
    while at < len(batch):
        length = lengths[turn % len(lengths)]
        yield batch.take(np.arange(at, min(len(batch), at + length)))
        at, turn = at + length, turn + 1
