"""Streets out of lines with OpenStreetMap's tags: who may go where, how fast, and where lines meet. Pure.

Lines meet where they have a point in common, to 1e-6 degrees (a decimetre). Tags read: highway (or kind), oneway,
junction, maxspeed, foot, bicycle, motor_vehicle, access. Speeds where none is posted are this module's table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from dispatch.streets.model import BICYCLE_SPEED, WALKING_SPEED, StreetNetwork
from tracker.geo.geodesy import distances

__all__ = ["BadStreets", "Line", "lines_of", "network_of"]

Line = tuple[npt.NDArray[np.float64], Mapping[str, str]]
"""(longitude, latitude) of shape (k, 2), and the tags."""

_CAR_KMH = {
    "motorway": 100, "trunk": 80, "primary": 60, "secondary": 50, "tertiary": 40, "unclassified": 30, "residential": 30,
    "living_street": 10, "service": 20, "road": 30, "motorway_link": 50, "trunk_link": 40, "primary_link": 40,
    "secondary_link": 30, "tertiary_link": 30,
}  # fmt: skip
_ON_FOOT = {"footway", "path", "pedestrian", "steps", "cycleway", "track", "bridleway"}
_NO_FEET = {"motorway", "motorway_link"}
_PUSHED = {"footway", "pedestrian", "steps"}
_YES, _NO = {"yes", "designated", "permissive"}, {"no", "private"}
_CAR_SHARE = 0.7
"""Of the posted speed, what traffic and lights leave."""


class BadStreets(Exception):
    """The file holds no streets that can be used; says why."""


def lines_of(document: object) -> Iterator[Line]:
    """The streets of a GeoJSON FeatureCollection; other features are passed over. Raises BadStreets."""
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise BadStreets("not a GeoJSON FeatureCollection")
    for number, feature in enumerate(features, start=1):
        try:
            yield from _lines(feature)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
            raise BadStreets(f"feature {number} is not understood: {error}") from error


def network_of(lines: Iterable[Line]) -> StreetNetwork:
    """Join the lines where they meet. Raises BadStreets where there are none."""
    kept = [(points, speeds) for points, tags in lines if any(speeds := _speeds(tags)) and len(points) > 1]
    if not kept:
        raise BadStreets("no line has a highway tag (or kind) of a street that can be used")
    grid = np.rint(np.concatenate([points for points, _ in kept]) * 1e6).astype(np.int64)
    places, names = np.unique(grid, axis=0, return_inverse=True)
    inside = np.ones(len(grid) - 1, np.bool_)
    inside[np.cumsum([len(points) for points, _ in kept])[:-1] - 1] = False
    start, end = names[:-1][inside].astype(np.int32), names[1:][inside].astype(np.int32)
    foot, bicycle, car, car_back = np.repeat(
        np.array([speeds for _, speeds in kept], np.float32), [len(points) - 1 for points, _ in kept], axis=0
    ).T
    longitude, latitude = places.T / 1e6
    metres = distances(latitude[start], longitude[start], latitude[end], longitude[end]).astype(np.float32)
    real = start != end
    return StreetNetwork(
        latitude=latitude, longitude=longitude, start=start[real], end=end[real], metres=metres[real],
        foot=foot[real], bicycle=bicycle[real], car=car[real], car_back=car_back[real],
    )  # fmt: skip


def _lines(feature: Mapping[str, Any]) -> Iterator[Line]:
    geometry = feature["geometry"]
    if geometry is None or geometry["type"] not in ("LineString", "MultiLineString"):
        return
    tags = {str(name): str(value) for name, value in (feature["properties"] or {}).items() if value is not None}
    parts = [geometry["coordinates"]] if geometry["type"] == "LineString" else geometry["coordinates"]
    for part in parts:
        points = np.array([[float(place[0]), float(place[1])] for place in part])
        if not (np.isfinite(points).all() and (np.abs(points) <= (180, 90)).all()):
            raise ValueError("coordinates are [longitude, latitude] in degrees")
        yield points, tags


def _speeds(tags: Mapping[str, str]) -> tuple[float, float, float, float]:
    """(foot, bicycle, car along the line, car against it), m/s, 0 where one may not."""
    kind = tags.get("highway", tags.get("kind", ""))
    if kind not in _CAR_KMH and kind not in _ON_FOOT:
        return 0.0, 0.0, 0.0, 0.0
    closed = tags.get("access") in _NO
    foot = 0.0 if _refused(tags, "foot", closed or kind in _NO_FEET) else WALKING_SPEED
    bicycle = 0.0 if _refused(tags, "bicycle", closed or kind in _NO_FEET) else BICYCLE_SPEED
    if bicycle and kind in _PUSHED and tags.get("bicycle") not in _YES:
        bicycle = WALKING_SPEED
    car = 0.0 if kind not in _CAR_KMH or _refused(tags, "motor_vehicle", closed) else _car_speed(kind, tags)
    oneway = tags.get("oneway", "yes" if kind == "motorway" or tags.get("junction") == "roundabout" else "no")
    along = 0.0 if oneway in ("-1", "reverse") else car
    against = 0.0 if oneway in ("yes", "true", "1") else car
    return foot, bicycle, along, against


def _refused(tags: Mapping[str, str], tag: str, otherwise: bool) -> bool:
    said = tags.get(tag)
    return said in _NO if said in _YES | _NO else otherwise


def _car_speed(kind: str, tags: Mapping[str, str]) -> float:
    posted = re.fullmatch(r"(\d{1,3})( mph)?", tags.get("maxspeed", ""))
    kmh = _CAR_KMH[kind] if posted is None or int(posted[1]) == 0 else int(posted[1]) * (1.609 if posted[2] else 1.0)
    return float(kmh / 3.6 * _CAR_SHARE)
