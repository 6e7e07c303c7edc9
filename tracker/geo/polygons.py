"""Areas on the ground: the one doorway to shapely.

A Region is a polygon or a circle with a metric projection of its own (equirectangular about its centre: within 0.1 %
for areas up to 50 km at city latitudes), so that containment and distances to the border come in metres for whole
arrays. Areas may cross the antimeridian: longitudes are unwrapped about the centre.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.errors import GEOSException
from shapely.geometry import MultiPolygon, Polygon, mapping, shape

from tracker.geo.geodesy import EARTH_RADIUS_M, distances

__all__ = ["BadArea", "Bounds", "Region", "circle_region", "middle_longitude", "point_on_surface", "polygon_region"]

Doubles = npt.NDArray[np.float64]

_METRES_A_DEGREE = EARTH_RADIUS_M * math.pi / 180


class BadArea(ValueError):
    """The GeoJSON is not an area that can be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Degrees; west may be greater than east when the area crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float


class Region:
    """An area that answers for arrays of places: how far inside its border, in metres."""

    def __init__(self, *, latitude: float, longitude: float, bounds: Bounds, area: Polygon | MultiPolygon | None,
                 radius_m: float) -> None:  # fmt: skip
        """Made by `polygon_region` or `circle_region`; area in local metres about (latitude, longitude)."""
        self._latitude, self._longitude = latitude, longitude
        self._scale = math.cos(math.radians(latitude))
        self._area, self._radius_m = area, radius_m
        self._border = None if area is None else area.boundary
        if area is not None:
            shapely.prepare(area)
        self.bounds = bounds

    def depth(self, latitude: Doubles, longitude: Doubles) -> Doubles:
        """Metres from the border, positive inside and negative outside; shapes (n,)."""
        if self._area is None:
            return self._radius_m - distances(self._latitude, self._longitude, latitude, longitude)
        x, y = _local(latitude, longitude, self._latitude, self._longitude, self._scale)
        away = shapely.distance(shapely.points(x, y), self._border)
        inside: npt.NDArray[np.bool_] = shapely.contains_xy(self._area, x, y)
        depth: Doubles = np.where(inside, away, -away)
        return depth


def polygon_region(geometry: Mapping[str, Any]) -> Region:
    """A region of a GeoJSON Polygon or MultiPolygon in degrees WGS 84. Raises BadArea."""
    area = _area_of(geometry)
    ring = shapely.get_coordinates(area)
    middle = middle_longitude(ring[:, 0])
    turned = (ring[:, 0] - middle + 540.0) % 360.0 - 180.0
    latitude = float(ring[:, 1].min() + ring[:, 1].max()) / 2
    scale = math.cos(math.radians(latitude))
    local = shapely.transform(
        area,
        lambda places: np.stack(_local(places[:, 1], places[:, 0], latitude, middle, scale), axis=1),
    )
    bounds = Bounds(
        _wrap(middle + float(turned.min())), float(ring[:, 1].min()),
        _wrap(middle + float(turned.max())), float(ring[:, 1].max()),
    )  # fmt: skip
    return Region(latitude=latitude, longitude=middle, bounds=bounds, area=local, radius_m=0.0)


def circle_region(latitude: float, longitude: float, radius_m: float) -> Region:
    """A region within radius_m of a place. Raises BadArea."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180 and 0 < radius_m <= 1_000_000):
        raise BadArea("a circle needs a centre in range and a radius above 0 and up to 1,000 km")
    north = radius_m / _METRES_A_DEGREE
    widest = math.cos(math.radians(min(90.0, abs(latitude) + north)))
    east = 180.0 if widest * 180 <= north else min(180.0, north / widest)
    bounds = Bounds(
        _wrap(longitude - east) if east < 180 else -180.0, max(-90.0, latitude - north),
        _wrap(longitude + east) if east < 180 else 180.0, min(90.0, latitude + north),
    )  # fmt: skip
    return Region(latitude=latitude, longitude=longitude, bounds=bounds, area=None, radius_m=radius_m)


def point_on_surface(geometry: Mapping[str, Any]) -> dict[str, Any]:
    """A GeoJSON Point surely inside the area, for its label. Raises BadArea."""
    point: dict[str, Any] = mapping(_area_of(geometry).representative_point())
    return {"type": "Point", "coordinates": list(point["coordinates"])}


def _area_of(geometry: Mapping[str, Any]) -> Polygon | MultiPolygon:
    try:
        area = shape(dict(geometry))
    except (GEOSException, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise BadArea(f"not a GeoJSON geometry: {error}") from error
    if not isinstance(area, Polygon | MultiPolygon) or area.is_empty:
        raise BadArea("expected a GeoJSON Polygon or MultiPolygon that is not empty")
    places = shapely.get_coordinates(area)
    if not np.isfinite(places).all() or (np.abs(places) > (180.0, 90.0)).any():
        raise BadArea("coordinates are [longitude, latitude] in degrees, within [-180, 180] and [-90, 90]")
    if not area.is_valid:
        raise BadArea(f"the area is not valid: {shapely.is_valid_reason(area)}")
    return area


def _local(
    latitude: Doubles, longitude: Doubles, about_latitude: float, about_longitude: float, scale: float
) -> tuple[Doubles, Doubles]:
    """East and north in metres of the place about which the region is laid."""
    turned = (longitude - about_longitude + 540.0) % 360.0 - 180.0
    return turned * (_METRES_A_DEGREE * scale), (latitude - about_latitude) * _METRES_A_DEGREE


def middle_longitude(longitudes: Doubles) -> float:
    """The middle of the shorter arc that holds them all."""
    ordered = np.sort(longitudes)
    gaps = np.diff(np.append(ordered, ordered[0] + 360.0))
    widest = int(gaps.argmax())
    return _wrap(float(ordered[widest] + gaps[widest] + (360.0 - gaps[widest]) / 2))


def _wrap(longitude: float) -> float:
    return (longitude + 540.0) % 360.0 - 180.0
