"""WGS 84 and GCJ-02, the shifted datum of Chinese maps; positions are stored in WGS 84, shifted where they are drawn.

GCJ-02 is WGS 84 plus an offset that varies smoothly by place, up to about 700 m within China and none outside. The
formula is the published reconstruction on the Krasovsky 1940 ellipsoid; the way back has no closed form, so it is
iterated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Datum", "gcj02_to_wgs84", "shape_from", "shape_in", "wgs84_to_gcj02"]

Doubles = npt.NDArray[np.float64]

_SEMI_MAJOR_M = 6_378_245.0  # Krasovsky 1940
_ECCENTRICITY_SQUARED = 0.006_693_421_622_965_943
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
_ROUNDS = 8
_PLACES = 8
"""Decimals of a degree that are told of a shifted shape: a millimetre."""


class Datum(StrEnum):
    """What coordinates are in."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"


def wgs84_to_gcj02(latitude: npt.ArrayLike, longitude: npt.ArrayLike) -> tuple[Doubles, Doubles]:
    """(latitude, longitude) arrays in GCJ-02; places outside China are unchanged."""
    a, b = np.asarray(latitude, np.float64), np.asarray(longitude, np.float64)
    north, east = _offset(a, b)
    return a + north, b + east


def gcj02_to_wgs84(latitude: npt.ArrayLike, longitude: npt.ArrayLike) -> tuple[Doubles, Doubles]:
    """The inverse, to about 1e-9 degrees."""
    a, b = np.asarray(latitude, np.float64), np.asarray(longitude, np.float64)
    found_a, found_b = a.copy(), b.copy()
    for _ in range(_ROUNDS):
        north, east = _offset(found_a, found_b)
        found_a, found_b = a - north, b - east
    return found_a, found_b


def _offset(latitude: Doubles, longitude: Doubles) -> tuple[Doubles, Doubles]:
    """Degrees north and east that GCJ-02 lies off WGS 84."""
    x, y = longitude - 105.0, latitude - 35.0
    ripple = (20.0 * np.sin(6.0 * np.pi * x) + 20.0 * np.sin(2.0 * np.pi * x)) * 2.0 / 3.0
    root = np.sqrt(np.abs(x))
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + ripple
    north = north + (20.0 * np.sin(np.pi * y) + 40.0 * np.sin(np.pi / 3.0 * y)) * 2.0 / 3.0
    north = north + (160.0 * np.sin(np.pi / 12.0 * y) + 320.0 * np.sin(np.pi / 30.0 * y)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + ripple
    east = east + (20.0 * np.sin(np.pi * x) + 40.0 * np.sin(np.pi / 3.0 * x)) * 2.0 / 3.0
    east = east + (150.0 * np.sin(np.pi / 12.0 * x) + 300.0 * np.sin(np.pi / 30.0 * x)) * 2.0 / 3.0
    radians = np.radians(latitude)
    magic = 1 - _ECCENTRICITY_SQUARED * np.sin(radians) ** 2
    meridian = _SEMI_MAJOR_M * (1 - _ECCENTRICITY_SQUARED) / (magic * np.sqrt(magic)) * np.pi / 180.0
    parallel = _SEMI_MAJOR_M / np.sqrt(magic) * np.cos(radians) * np.pi / 180.0
    inside = (longitude >= _WEST) & (longitude <= _EAST) & (latitude >= _SOUTH) & (latitude <= _NORTH)
    return np.where(inside, north / meridian, 0.0), np.where(inside, east / parallel, 0.0)


def shape_in(datum: Datum, geometry: Mapping[str, Any]) -> dict[str, Any]:
    """A GeoJSON geometry of WGS 84 in that datum."""
    return dict(geometry) if datum is Datum.WGS84 else _shifted(geometry, wgs84_to_gcj02)


def shape_from(datum: Datum, geometry: Mapping[str, Any]) -> dict[str, Any]:
    """A GeoJSON geometry of that datum in WGS 84. Raises ValueError where its coordinates are none."""
    return dict(geometry) if datum is Datum.WGS84 else _shifted(geometry, gcj02_to_wgs84)


def _shifted(
    geometry: Mapping[str, Any], shift: Callable[[npt.ArrayLike, npt.ArrayLike], tuple[Doubles, Doubles]]
) -> dict[str, Any]:
    def moved(part: Any) -> Any:
        if not isinstance(part, list | tuple) or not part:
            raise ValueError("the coordinates are not those of a GeoJSON geometry")
        if not isinstance(part[0], list | tuple):
            latitude, longitude = shift(float(part[1]), float(part[0]))
            return [round(float(longitude), _PLACES), round(float(latitude), _PLACES)]
        if isinstance(part[0][0] if part[0] else None, list | tuple):
            return [moved(one) for one in part]
        longitudes, latitudes = np.array([one[:2] for one in part], np.float64).T
        latitude, longitude = shift(latitudes, longitudes)
        return np.stack((longitude, latitude), axis=1).round(_PLACES).tolist()

    try:
        return {"type": geometry["type"], "coordinates": moved(geometry["coordinates"])}
    except (KeyError, IndexError, TypeError, ValueError, OverflowError) as error:
        raise ValueError("the coordinates are not those of a GeoJSON geometry") from error
