"""Territories: GeoJSON polygons as they come from strangers, the box about one, and where its name is best written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

__all__ = ["Bounds", "bounds_of_territory", "holds", "label_of", "territory_from"]

Bounds = tuple[float, float, float, float]
"""west, south, east, north in degrees."""

Ring = list[tuple[float, float]]
Polygon = list[Ring]

_MOST_PLACES = 200_000


def territory_from(value: object) -> dict[str, Any]:
    """The Polygon or MultiPolygon of a GeoJSON geometry: type and two-dimensional coordinates, nothing else.

    Raises ValueError with the reason.
    """
    if not isinstance(value, Mapping) or value.get("type") not in ("Polygon", "MultiPolygon"):
        raise ValueError("the territory must be a GeoJSON Polygon or MultiPolygon")
    try:
        polygons = list(_polygons(value))
    except (TypeError, ValueError, IndexError, KeyError, OverflowError) as error:
        raise ValueError("the territory's coordinates are not those of a GeoJSON Polygon or MultiPolygon") from error
    fault = _fault(polygons)
    if fault is not None:
        raise ValueError(fault)
    coordinates = [[[list(place) for place in ring] for ring in polygon] for polygon in polygons]
    return {"type": value["type"], "coordinates": coordinates if value["type"] == "MultiPolygon" else coordinates[0]}


def bounds_of_territory(territory: Mapping[str, Any]) -> Bounds:
    """The box about it."""
    places = [place for polygon in _polygons(territory) for ring in polygon for place in ring]
    longitudes, latitudes = zip(*places, strict=True)
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def label_of(territory: Mapping[str, Any]) -> dict[str, Any]:
    """A GeoJSON Point inside: the middle of the widest stretch of its largest polygon at mid-height, holes left out."""
    polygon = max(_polygons(territory), key=lambda one: _area(one[0]))
    south, north = min(place[1] for place in polygon[0]), max(place[1] for place in polygon[0])
    height = _between_corners(polygon, (south + north) / 2)
    crossings = sorted(
        a[0] + (height - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        for ring in polygon
        for a, b in pairwise(ring)
        if (a[1] > height) != (b[1] > height)
    )
    spans = list(zip(crossings[::2], crossings[1::2], strict=False))
    west, east = max(spans, key=lambda span: span[1] - span[0], default=(polygon[0][0][0], polygon[0][0][0]))
    return {"type": "Point", "coordinates": [(west + east) / 2, height]}


def holds(territory: Mapping[str, Any], latitude: float, longitude: float) -> bool:
    """Whether the place lies inside: an odd number of borders is crossed eastwards, those of holes included.

    A border shared by two territories belongs to one of them: each edge holds its southern end, not its northern.
    """
    crossed = 0
    for polygon in _polygons(territory):
        for ring in polygon:
            for a, b in pairwise(ring):
                if (a[1] > latitude) != (b[1] > latitude):
                    crossed += longitude < a[0] + (latitude - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
    return crossed % 2 == 1


def _between_corners(polygon: Polygon, height: float) -> float:
    """The height, or where corners lie on it, half-way to the next corner above: a cut through corners is ambiguous."""
    latitudes = {place[1] for ring in polygon for place in ring}
    if height not in latitudes:
        return height
    return (height + min((one for one in latitudes if one > height), default=height)) / 2


def _fault(polygons: list[Polygon]) -> str | None:
    rings = [ring for polygon in polygons for ring in polygon]
    if not all(polygons) or not 4 <= sum(map(len, rings)) <= _MOST_PLACES:
        return f"the territory must have between 4 and {_MOST_PLACES} places"
    for ring in rings:
        if len(ring) < 4 or ring[0] != ring[-1]:
            return "each ring of the territory needs four places or more, the last equal to the first"
        if not all(abs(longitude) <= 180 and abs(latitude) <= 90 for longitude, latitude in ring):
            return "the territory's coordinates are [longitude, latitude] in degrees"
    if not all(_area(polygon[0]) > 0 for polygon in polygons):
        return "the territory has no area"
    return None


def _polygons(territory: Mapping[str, Any]) -> Iterator[Polygon]:
    coordinates = territory["coordinates"]
    for polygon in coordinates if territory["type"] == "MultiPolygon" else [coordinates]:
        yield [[(float(place[0]), float(place[1])) for place in ring] for ring in polygon]


def _area(ring: Ring) -> float:
    """Twice the area in square degrees, taken from the ring's first place so that small rings keep their digits."""
    x, y = ring[0]
    return abs(sum((a[0] - x) * (b[1] - y) - (b[0] - x) * (a[1] - y) for a, b in pairwise(ring)))
