"""Fixes as columns: what arrives within a tick is decoded, judged, indexed and packed together.

A column holds one field of every row. Unknown numbers are NaN here, the columnar form of None: `Fix` on one side and
SQL NULL on the other never show it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta

import numpy as np
import numpy.typing as npt

from tracker.model.fix import Fix

__all__ = ["Extra", "FixBatch", "Floats", "Ints", "Longs", "instant", "microseconds"]

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Doubles = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float32]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def microseconds(moment: datetime) -> int:
    """Aware datetime to whole microseconds since 1970-01-01T00:00:00Z."""
    return (moment - _EPOCH) // _MICROSECOND


def instant(us: int) -> datetime:
    """Microseconds since 1970 to aware UTC."""
    return _EPOCH + timedelta(microseconds=us)


@dataclass(frozen=True, slots=True)
class Extra:
    """What few rows have: the device's event word and further attributes (JSON values)."""

    event: str | None = None
    attributes: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FixBatch:
    """n fixes in order of arrival, one array of shape (n,) a field.

    device: int32 registry keys (`devices.key`). fix_time, received_at: int64 microseconds since 1970 UTC.
    latitude, longitude: float64 degrees. The rest float32 in the units of `Fix`, NaN where unknown.
    extras: row number -> Extra, only for rows that have one.
    """

    device: Ints
    fix_time: Longs
    received_at: Longs
    latitude: Doubles
    longitude: Doubles
    speed: Floats
    course: Floats
    altitude: Floats
    accuracy: Floats
    hdop: Floats
    battery: Floats
    extras: Mapping[int, Extra] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.device)

    @classmethod
    def from_fixes(cls, device: int, fixes: Sequence[Fix], *, received_at: int) -> FixBatch:
        """Columns of one device's fixes; received_at: microseconds since 1970."""
        n = len(fixes)
        return cls(
            device=np.full(n, device, np.int32),
            fix_time=np.fromiter((microseconds(fix.fix_time) for fix in fixes), np.int64, n),
            received_at=np.full(n, received_at, np.int64),
            latitude=np.fromiter((fix.latitude for fix in fixes), np.float64, n),
            longitude=np.fromiter((fix.longitude for fix in fixes), np.float64, n),
            speed=_column([fix.speed_over_ground for fix in fixes]),
            course=_column([fix.course_over_ground for fix in fixes]),
            altitude=_column([fix.altitude_msl for fix in fixes]),
            accuracy=_column([fix.horizontal_accuracy for fix in fixes]),
            hdop=_column([fix.hdop for fix in fixes]),
            battery=_column([fix.battery for fix in fixes]),
            extras={
                row: Extra(fix.event, fix.attributes) for row, fix in enumerate(fixes) if fix.event or fix.attributes
            },
        )

    def take(self, rows: npt.NDArray[np.intp]) -> FixBatch:
        """The named rows, in the order named."""
        columns = {name: getattr(self, name)[rows] for name in COLUMNS}
        extras = {}
        if self.extras:
            extras = {new: self.extras[old] for new, old in enumerate(rows.tolist()) if old in self.extras}
        return FixBatch(**columns, extras=extras)

    @classmethod
    def concatenate(cls, batches: Sequence[FixBatch]) -> FixBatch:
        """All rows of all batches, in order. At least one batch."""
        if len(batches) == 1:
            return batches[0]
        columns = {name: np.concatenate([getattr(batch, name) for batch in batches]) for name in COLUMNS}
        extras, first = {}, 0
        for batch in batches:
            extras.update({first + row: extra for row, extra in batch.extras.items()})
            first += len(batch)
        return cls(**columns, extras=extras)


COLUMNS: tuple[str, ...] = tuple(one.name for one in fields(FixBatch) if one.name != "extras")
"""The names of the array columns of a FixBatch, in order."""


def _column(values: list[float | None]) -> Floats:
    return np.array(values, dtype=np.float32)  # numpy makes None NaN
