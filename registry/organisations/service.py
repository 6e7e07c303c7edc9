"""Rules of the tree: where a label goes, what a territory may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

__all__ = ["bounds_of_territory", "label_of", "territory_fault"]

_MOST_PLACES = 200_000


def territory_fault(territory: Any) -> str | None:
    """Why this cannot be a territory, None when it can: a GeoJSON Polygon or MultiPolygon with closed rings."""
    if not isinstance(territory, Mapping) or territory.get("type") not in ("Polygon", "MultiPolygon"):
        return "the territory must be a GeoJSON Polygon or MultiPolygon"
    try:
        rings = list(_rings(territory))
    except (TypeError, ValueError, IndexError, KeyError):
        return "the territory's coordinates are not those of a GeoJSON Polygon or MultiPolygon"
    if not rings or sum(map(len, rings)) > _MOST_PLACES:
        return f"the territory must have between 4 and {_MOST_PLACES} places"
    for ring in rings:
        if len(ring) < 4 or ring[0] != ring[-1]:
            return "each ring of the territory needs four places or more, the last equal to the first"
        if not all(abs(longitude) <= 180 and abs(latitude) <= 90 for longitude, latitude in ring):
            return "the territory's coordinates are [longitude, latitude] in degrees"
    return None


def bounds_of_territory(territory: Mapping[str, Any]) -> list[float]:
    """[west, south, east, north] of a territory without fault."""
    places = [place for ring in _rings(territory) for place in ring]
    longitudes, latitudes = zip(*places, strict=True)
    return [min(longitudes), min(latitudes), max(longitudes), max(latitudes)]


def label_of(territory: Mapping[str, Any]) -> dict[str, Any]:
    """A GeoJSON Point inside the territory: the middle of the widest cut through its largest ring's mid-height."""
    outer = max(_outer_rings(territory), key=_area)
    south, north = min(place[1] for place in outer), max(place[1] for place in outer)
    height = (south + north) / 2 + (north - south) * 1e-6  # off the vertices
    crossings = sorted(
        a[0] + (height - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        for a, b in pairwise(outer)
        if (a[1] > height) != (b[1] > height)
    )
    spans = list(zip(crossings[::2], crossings[1::2], strict=False))
    west, east = max(spans, key=lambda span: span[1] - span[0], default=(outer[0][0], outer[0][0]))
    return {"type": "Point", "coordinates": [round((west + east) / 2, 7), round(height, 7)]}


def _rings(territory: Mapping[str, Any]) -> Iterator[list[tuple[float, float]]]:
    polygons = territory["coordinates"] if territory["type"] == "MultiPolygon" else [territory["coordinates"]]
    for polygon in polygons:
        for ring in polygon:
            yield [(float(place[0]), float(place[1])) for place in ring]


def _outer_rings(territory: Mapping[str, Any]) -> Iterator[list[tuple[float, float]]]:
    polygons = territory["coordinates"] if territory["type"] == "MultiPolygon" else [territory["coordinates"]]
    for polygon in polygons:
        yield [(float(place[0]), float(place[1])) for place in polygon[0]]


def _area(ring: list[tuple[float, float]]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)))
