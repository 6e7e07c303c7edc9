"""The streets as a graph in arrays: where one can walk and which way leads on."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

__all__ = ["METRES_PER_DEGREE", "StreetGraph", "load_streets", "street_graph", "street_lines"]

METRES_PER_DEGREE = 111_195.0
"""Of latitude, on a sphere of 6,371 km: good to half a percent, which is enough for a stroll."""

_FOOT_ONLY = {"footway", "path", "pedestrian", "steps", "cycleway", "track"}

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetGraph:
    """n junctions and m ways; a way is one straight piece of street in one direction, so every piece is there twice.

    longitude, latitude: degrees, shape (n,). first: shape (n + 1,), the ways out of junction j are the rows
    first[j] to first[j + 1] of the rest, shape (m,): start and end are junctions, length in metres, east and north
    the unit vector of the direction, drivable False for footways. All junctions hang together.
    """

    longitude: Floats
    latitude: Floats
    first: Ints
    start: Ints
    end: Ints
    length: Floats
    east: Floats
    north: Floats
    drivable: npt.NDArray[np.bool_]

    def middles(self) -> Floats:
        """The middle of every way: (longitude, latitude), shape (m, 2)."""
        points = np.column_stack([self.longitude, self.latitude])
        middles: Floats = (points[self.start] + points[self.end]) / 2
        return middles

    def place(self, way: Ints, along: Floats) -> tuple[Floats, Floats]:
        """Latitude and longitude `along` metres down each way."""
        share = along / self.length[way]
        start, end = self.start[way], self.end[way]
        latitude: Floats = self.latitude[start] + share * (self.latitude[end] - self.latitude[start])
        longitude: Floats = self.longitude[start] + share * (self.longitude[end] - self.longitude[start])
        return latitude, longitude


def street_lines() -> dict[str, Any]:
    """The demo city's streets as GeoJSON lines with their `highway` tag."""
    document = _document()
    features = []
    for kind, steps in document["roads"]:
        points = np.array(steps, np.int64).reshape(-1, 2).cumsum(axis=0) / 1e6
        geometry = {"type": "LineString", "coordinates": points.tolist()}
        features.append({"type": "Feature", "properties": {"highway": document["kinds"][kind]}, "geometry": geometry})
    return {"type": "FeatureCollection", "features": features}


def _document() -> dict[str, Any]:
    packed = files("simulators.city").joinpath("data", "roads.json.gz").read_bytes()
    document: dict[str, Any] = json.loads(gzip.decompress(packed))
    return document


def load_streets() -> StreetGraph:
    """The demo city's streets."""
    document = _document()
    lines = [np.array(road[1], np.int64).reshape(-1, 2).cumsum(axis=0) for road in document["roads"]]
    drivable = [document["kinds"][road[0]] not in _FOOT_ONLY for road in document["roads"]]
    return street_graph(lines, drivable)


def street_graph(lines: list[npt.NDArray[np.int64]], drivable: list[bool]) -> StreetGraph:
    """Join lines where they share a point. lines: (longitude, latitude) in 1e-6 degrees; one flag a line."""
    points, names = np.unique(np.concatenate(lines), axis=0, return_inverse=True)
    within = np.ones(len(names) - 1, bool)
    within[np.cumsum([len(line) for line in lines])[:-1] - 1] = False
    flags = np.repeat(drivable, [len(line) for line in lines])
    start, end, wheels = names[:-1][within], names[1:][within], flags[:-1][within]
    real = start != end
    start, end = np.r_[start[real], end[real]], np.r_[end[real], start[real]]
    return _largest_piece(points / 1e6, start, end, np.r_[wheels[real], wheels[real]])


def _largest_piece(points: Floats, start: Any, end: Any, drivable: npt.NDArray[np.bool_]) -> StreetGraph:
    """Only what hangs together: nobody starts on an island."""
    count = len(points)
    matrix = csr_array((np.ones(len(start), np.int8), (start, end)), shape=(count, count))
    _, piece = connected_components(matrix, directed=False)
    keep = piece == np.bincount(piece).argmax()
    rename = np.cumsum(keep) - 1
    ways = keep[start]
    order = np.lexsort((end[ways], start[ways]))
    return _measured(
        points[keep],
        rename[start[ways][order]].astype(np.int32),
        rename[end[ways][order]].astype(np.int32),
        drivable[ways][order],
    )


def _measured(points: Floats, start: Ints, end: Ints, drivable: npt.NDArray[np.bool_]) -> StreetGraph:
    longitude, latitude = np.ascontiguousarray(points.T)
    east = (longitude[end] - longitude[start]) * np.cos(np.radians(latitude[start])) * METRES_PER_DEGREE
    north = (latitude[end] - latitude[start]) * METRES_PER_DEGREE
    length = np.hypot(east, north)
    return StreetGraph(
        longitude=longitude,
        latitude=latitude,
        first=np.searchsorted(start, np.arange(len(points) + 1)).astype(np.int32),
        start=start,
        end=end,
        length=length,
        east=east / length,
        north=north / length,
        drivable=drivable,
    )
