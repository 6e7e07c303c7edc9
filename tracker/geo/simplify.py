"""Tracks with fewer points that look the same: Douglas and Peucker 1973, in metres."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from tracker.geo.geodesy import EARTH_RADIUS_M

__all__ = ["simplified"]

Doubles = npt.NDArray[np.float64]

_METRES_A_DEGREE = EARTH_RADIUS_M * math.pi / 180


def simplified(latitude: Doubles, longitude: Doubles, tolerance_m: float) -> npt.NDArray[np.intp]:
    """Rows to keep, ascending: no dropped point lies farther than tolerance_m from the line; first and last stay.

    Near-linear for tracks as people walk them; each step is one pass of numpy over its part of the track.
    """
    count = len(latitude)
    if count <= 2:
        return np.arange(count)
    x, y = _plane(latitude, longitude)
    keep = np.zeros(count, np.bool_)
    keep[[0, -1]] = True
    parts = [(0, count - 1)]
    while parts:
        first, last = parts.pop()
        if last - first < 2:
            continue
        away = _distance_to_line(x, y, first, last)
        farthest = int(away.argmax())
        if away[farthest] > tolerance_m * tolerance_m:
            middle = first + 1 + farthest
            keep[middle] = True
            parts += [(first, middle), (middle, last)]
    return np.flatnonzero(keep)


def _plane(latitude: Doubles, longitude: Doubles) -> tuple[Doubles, Doubles]:
    """Metres east and north of the first point; the antimeridian is unwrapped."""
    turned = (longitude - longitude[0] + 540.0) % 360.0 - 180.0
    scale = math.cos(math.radians(float(latitude.mean())))
    return turned * (_METRES_A_DEGREE * scale), (latitude - latitude[0]) * _METRES_A_DEGREE


def _distance_to_line(x: Doubles, y: Doubles, first: int, last: int) -> Doubles:
    """Square metres of each point between from the segment first-last; in place, as it is most of the work."""
    along_x, along_y = x[last] - x[first], y[last] - y[first]
    between = slice(first + 1, last)
    dx, dy = x[between] - x[first], y[between] - y[first]
    if length := along_x * along_x + along_y * along_y:
        part = dx * (along_x / length)
        part += dy * (along_y / length)
        part = np.minimum(np.maximum(part, 0.0), 1.0)
        dx -= part * along_x
        dy -= part * along_y
    away: Doubles = dx * dx + dy * dy
    return away
