"""What the handhelds have to send, in columns, and one row of it for an encoder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["Reports", "Sample"]

Floats = npt.NDArray[np.float64]


class Sample(NamedTuple):
    """One fix as a handheld knows it.

    time_ms: milliseconds since 1970 UTC. latitude, longitude: degrees. speed: m/s; course: degrees true; altitude:
    metres above mean sea level; accuracy: metres at 95 %; battery: 0 to 1. None where unknown.
    is_again: this fix went out before.
    """

    time_ms: int
    latitude: float
    longitude: float
    speed: float | None = None
    course: float | None = None
    altitude: float | None = None
    accuracy: float | None = None
    hdop: float | None = None
    battery: float | None = None
    is_again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports:
    """n fixes in the order to send, arrays of shape (n,).

    member: row in the fleet; the rest as in Sample, NaN where unknown.
    """

    member: npt.NDArray[np.intp]
    time_ms: npt.NDArray[np.int64]
    latitude: Floats
    longitude: Floats
    speed: Floats
    course: Floats
    altitude: Floats
    accuracy: Floats
    hdop: Floats
    battery: Floats
    is_again: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.member)

    def take(self, chosen: npt.NDArray[np.bool_] | npt.NDArray[np.intp]) -> Reports:
        """The chosen rows."""
        return Reports(**{field.name: getattr(self, field.name)[chosen] for field in fields(self)})

    @classmethod
    def concatenate(cls, parts: Sequence[Reports]) -> Reports:
        """All rows of all parts, in order; at least one part."""
        names = [field.name for field in fields(cls)]
        return cls(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})

    def samples(self) -> Iterator[tuple[int, Sample]]:
        """Each row as (member, sample)."""
        columns = [_values(getattr(self, field.name)) for field in fields(self)]
        return ((row[0], Sample(*row[1:])) for row in zip(*columns, strict=True))


def _values(column: npt.NDArray[Any]) -> list[Any]:
    """Python values, None for NaN."""
    objects = column.astype(object)
    if column.dtype.kind == "f":
        objects[np.isnan(column)] = None
    values: list[Any] = objects.tolist()
    return values
