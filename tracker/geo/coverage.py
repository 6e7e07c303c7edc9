"""How the territories of a family fit: siblings that overlap, gaps in the parent's, and what lies beyond it.

Areas are square metres on the sphere, by Lambert's cylindrical equal-area projection: x = R λ cos φ₀ and
y = R sin φ / cos φ₀ keep areas wherever φ₀ is, and shapes about there. Borders between
corners are straight in it. Longitudes are turned about the middle, so a family may cross the antimeridian. What is
below SMALLEST_M2 is rounding, and no fault.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry

from tracker.geo.geodesy import EARTH_RADIUS_M
from tracker.geo.polygons import middle_longitude

__all__ = ["MOST_FAULTS", "SMALLEST_M2", "Fault", "FaultKind", "faults_of"]

SMALLEST_M2 = 1.0
MOST_FAULTS = 10_000
"""Of one family; who imports the same grid a thousand times would have half a million."""

Doubles = npt.NDArray[np.float64]


class FaultKind(StrEnum):
    """Two siblings share ground; no child covers it; a child lies beyond its parent; a border crosses itself."""

    OVERLAP = "overlap"
    GAP = "gap"
    OUTSIDE = "outside"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Fault:
    """organisation: whose territory, of a gap the parent. other: the sibling that overlaps, the parent that is left.

    square_metres: of all its parts, 0 where invalid. latitude, longitude: in the largest part, degrees.
    """

    kind: FaultKind
    organisation: str
    other: str | None
    square_metres: float
    latitude: float
    longitude: float


def faults_of(
    parent: str, territory: Mapping[str, Any] | None, children: Mapping[str, Mapping[str, Any]]
) -> list[Fault]:
    """Of one family, MOST_FAULTS at most; GeoJSON by id. territory: the parent's, None without one."""
    named = dict(children) if territory is None else {**children, parent: territory}
    if not children:
        return []
    shapes = {name: shape(dict(one)) for name, one in named.items()}
    plane = _Plane(shapely.get_coordinates(list(shapes.values())))
    flat = {name: plane.flat(one) for name, one in shapes.items()}
    valid = {name: _polygons(shapely.make_valid(one)) for name, one in flat.items()}
    own = valid.pop(parent) if territory is not None else None
    of_parent = (
        chain(_gap(plane, parent, own, list(valid.values())), _outside(plane, parent, own, valid)) if own else ()
    )
    invalid = _invalid(plane, {name: flat[name] for name in children})
    return list(islice(chain(invalid, of_parent, _overlaps(plane, valid)), MOST_FAULTS))


class _Plane:
    """The projection about some places."""

    def __init__(self, places: Doubles) -> None:
        self._middle = middle_longitude(places[:, 0])
        self._scale = max(0.01, math.cos(math.radians(float(places[:, 1].mean()))))

    def flat(self, area: BaseGeometry) -> BaseGeometry:
        """In metres."""
        return shapely.transform(area, self._project)

    def fault(self, kind: FaultKind, organisation: str, other: str | None, area: MultiPolygon) -> Fault:
        """One, its place in the largest part."""
        largest = max(area.geoms, key=lambda part: part.area)
        return self.fault_at(kind, organisation, other, area.area, largest.representative_point())

    def fault_at(
        self, kind: FaultKind, organisation: str, other: str | None, square_metres: float, point: BaseGeometry
    ) -> Fault:
        """One, at a point of the plane."""
        x, y = shapely.get_coordinates(point)[0].tolist()
        latitude = math.degrees(math.asin(max(-1.0, min(1.0, y * self._scale / EARTH_RADIUS_M))))
        longitude = (self._middle + math.degrees(x / (EARTH_RADIUS_M * self._scale)) + 540.0) % 360.0 - 180.0
        return Fault(kind, organisation, other, square_metres, latitude, longitude)

    def _project(self, places: Doubles) -> Doubles:
        turned = np.radians((places[:, 0] - self._middle + 540.0) % 360.0 - 180.0)
        x = EARTH_RADIUS_M * self._scale * turned
        y = EARTH_RADIUS_M / self._scale * np.sin(np.radians(places[:, 1]))
        return np.stack((x, y), axis=1)


def _invalid(plane: _Plane, areas: Mapping[str, BaseGeometry]) -> Iterator[Fault]:
    for name, area in areas.items():
        if not area.is_valid:
            yield plane.fault_at(FaultKind.INVALID, name, None, 0.0, area.centroid)


def _overlaps(plane: _Plane, areas: Mapping[str, MultiPolygon]) -> Iterator[Fault]:
    names, shapes = list(areas), list(areas.values())
    tree = shapely.STRtree(shapes)
    for number, area in enumerate(shapes):
        for other in sorted(tree.query(area, predicate="intersects").tolist()):
            if other > number and (shared := _polygons(area.intersection(shapes[other]))).area >= SMALLEST_M2:
                yield plane.fault(FaultKind.OVERLAP, names[number], names[other], shared)


def _outside(plane: _Plane, parent: str, own: MultiPolygon, areas: Mapping[str, MultiPolygon]) -> Iterator[Fault]:
    for name, area in areas.items():
        if (beyond := _polygons(area.difference(own))).area >= SMALLEST_M2:
            yield plane.fault(FaultKind.OUTSIDE, name, parent, beyond)


def _gap(plane: _Plane, parent: str, own: MultiPolygon, areas: Sequence[MultiPolygon]) -> Iterator[Fault]:
    if (bare := _polygons(own.difference(shapely.union_all(areas)))).area >= SMALLEST_M2:
        yield plane.fault(FaultKind.GAP, parent, None, bare)


def _polygons(geometry: BaseGeometry) -> MultiPolygon:
    """Its parts that have an area."""
    return MultiPolygon([part for part in shapely.get_parts(_flattened(geometry)) if isinstance(part, Polygon)])


def _flattened(geometry: BaseGeometry) -> list[BaseGeometry]:
    """Collections within collections taken apart."""
    parts = [geometry]
    while any(part.geom_type == "GeometryCollection" for part in parts):
        parts = list(shapely.get_parts(parts))
    return parts
