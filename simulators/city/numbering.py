"""Which neighbours belong together, and in which order they are numbered: west to east, north to south."""

from __future__ import annotations

from math import ceil, sqrt

import numpy as np
import numpy.typing as npt

__all__ = ["equal_parts", "in_reading_order"]

Points = npt.NDArray[np.float64]
"""(longitude, latitude) in degrees, shape (n, 2)."""


def equal_parts(points: Points, count: int) -> list[list[int]]:
    """Rows of `points` in `count` compact parts whose sizes differ by one at most; cut again and again across."""
    return _cut(points, np.arange(len(points)), count)


def _cut(points: Points, rows: npt.NDArray[np.intp], count: int) -> list[list[int]]:
    if count == 1:
        return [rows.tolist()]
    flat = points[rows] * (np.cos(np.radians(points[:, 1].mean())), 1.0)
    wide = np.ptp(flat, axis=0).argmax()
    ordered = rows[np.argsort(flat[:, wide], kind="stable")]
    fewer = count // 2
    middle = round(len(rows) * fewer / count)
    return _cut(points, ordered[:middle], fewer) + _cut(points, ordered[middle:], count - fewer)


def in_reading_order(points: Points) -> list[int]:
    """Rows of `points` as one reads a page: lines from north to south, each from west to east."""
    north_first = np.argsort(-points[:, 1], kind="stable")
    lines = np.array_split(north_first, ceil(sqrt(len(points))))
    return [int(row) for line in lines for row in line[np.argsort(points[line, 0], kind="stable")]]
