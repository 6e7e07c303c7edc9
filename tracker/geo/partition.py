"""Territories cut in two by a drawn line, and neighbours made one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import shapely
from shapely.errors import GEOSException
from shapely.geometry import LineString, MultiPolygon, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import split

from tracker.geo.polygons import BadArea

__all__ = ["WELD_DEGREES", "Area", "cut", "geojson_of", "welded"]

WELD_DEGREES = 5e-5
"""Neighbours drawn apart by up to twice that (some 10 m) are neighbours."""

Area = Mapping[str, Any]
"""GeoJSON."""


def cut(territory: Area, line: Area) -> tuple[dict[str, Any], dict[str, Any]]:
    """The western and the eastern piece (of pieces above each other the southern first), GeoJSON.

    Polygons of a MultiPolygon that the line does not cross go to the piece that they are nearest to. Raises BadArea.
    """
    through = _line(line)
    polygons = list(shapely.get_parts(shape(dict(territory))))
    crossed = [(one, list(split(one, through).geoms)) for one in polygons]
    cuts = [pieces for _, pieces in crossed if len(pieces) > 1]
    if len(cuts) != 1 or len(cuts[0]) != 2:
        count = sum(map(len, cuts)) or 1
        raise BadArea(
            f"the line must cut the territory in two, this one leaves {count}: draw it across, border to border"
        )
    pieces = sorted(cuts[0], key=lambda piece: _place(piece))
    sides: tuple[list[BaseGeometry], list[BaseGeometry]] = ([pieces[0]], [pieces[1]])
    for whole, parts in crossed:
        if len(parts) == 1:
            sides[whole.distance(pieces[1]) < whole.distance(pieces[0])].append(whole)
    return geojson_of(sides[0]), geojson_of(sides[1])


def welded(territories: Sequence[Area], beside: Sequence[Area]) -> dict[str, Any]:
    """One territory of neighbours, the slivers between them closed; beside: what it must not grow into.

    Raises BadArea where one of them is no neighbour of the others.
    """
    areas = [shape(dict(one)) for one in territories]
    grown = [one.buffer(WELD_DEGREES, join_style="mitre") for one in areas]
    _together(grown)
    one = shapely.union_all([*areas, shapely.union_all(grown).buffer(-WELD_DEGREES, join_style="mitre")])
    if beside:
        one = shapely.union_all([*areas, one.difference(shapely.union_all([shape(dict(other)) for other in beside]))])
    return geojson_of([part for part in shapely.get_parts(one) if isinstance(part, Polygon)])


def _line(line: Area) -> LineString:
    try:
        through = shape(dict(line))
    except (GEOSException, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise BadArea(f"the line is no GeoJSON geometry: {error}") from error
    if not isinstance(through, LineString) or through.is_empty or not through.is_simple:
        raise BadArea("the line must be a GeoJSON LineString that does not cross itself")
    return through


def _together(grown: Sequence[BaseGeometry]) -> None:
    reached, left = [grown[0]], list(grown[1:])
    while left:
        near = [one for one in left if any(one.intersection(other).area > 0 for other in reached)]
        if not near:
            raise BadArea("these territories are no neighbours: only what shares a border can be merged")
        reached += near
        left = [one for one in left if one not in near]


def _place(piece: BaseGeometry) -> tuple[float, float]:
    point = piece.representative_point()
    return round(point.x, 9), point.y


def geojson_of(parts: Sequence[BaseGeometry]) -> dict[str, Any]:
    """The polygons among them as one geometry."""
    polygons = [one for one in parts if isinstance(one, Polygon)]
    area: Any = mapping(polygons[0] if len(polygons) == 1 else MultiPolygon(polygons))
    return {"type": area["type"], "coordinates": _lists(area["coordinates"])}


def _lists(value: Any) -> Any:
    return [_lists(one) for one in value] if isinstance(value, tuple) else value
