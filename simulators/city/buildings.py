"""The real buildings of the demo city: where each stands, how high it is, and in which grid."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
from shapely import STRtree, area, centroid, get_x, get_y, linearrings, points, polygons
from shapely.geometry import shape

from simulators.city.city import Organisation
from simulators.city.footprints import ring_of
from simulators.city.streets import METRES_PER_DEGREE

__all__ = ["STOREY_M", "Building", "grids_of", "load_buildings"]

STOREY_M = 3.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """One of OpenStreetMap's. id: of ours, by its own. kind: the tag's value, mostly "yes".

    street, number, name: as they are written there, "" where unknown. footprint: (longitude, latitude) in degrees,
    closed, shape (n, 2). area_m2: of the footprint. latitude, longitude: its middle.
    """

    id: str
    kind: str
    levels: int
    street: str
    number: str
    name: str
    footprint: npt.NDArray[np.float64]
    area_m2: float
    latitude: float
    longitude: float

    @property
    def address(self) -> str:
        """Street and number as they are written there, as much as is known."""
        return " ".join(part for part in (self.street, self.number) if part)

    @property
    def height_m(self) -> float:
        """By its levels."""
        return round(self.levels * STOREY_M, 1)


def load_buildings() -> list[Building]:
    """All 32,056, neighbours together."""
    packed = files("simulators.city").joinpath("data", "buildings.json.gz").read_bytes()
    document: dict[str, Any] = json.loads(gzip.decompress(packed))
    kinds, streets = document["kinds"], [*document["streets"], ""]  # row -1 is the unknown street
    rings = [ring_of(row[-1]) for row in document["buildings"]]
    owners = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
    shapes = np.asarray(polygons(linearrings(np.vstack(rings), indices=owners)))
    middles = centroid(shapes)
    latitudes, longitudes = np.asarray(get_y(middles)), np.asarray(get_x(middles))
    areas = np.asarray(area(shapes)) * np.cos(np.radians(latitudes)) * METRES_PER_DEGREE**2
    return [
        Building(
            id=f"building-{oid}", kind=kinds[kind], levels=levels, street=streets[street], number=number, name=name,
            footprint=ring, area_m2=size, latitude=latitude, longitude=longitude,
        )
        for (oid, kind, levels, street, number, name, _), ring, size, latitude, longitude in zip(
            document["buildings"], rings, areas.tolist(), latitudes.tolist(), longitudes.tolist(), strict=True
        )
    ]  # fmt: skip


def grids_of(buildings: Sequence[Building], grids: Sequence[Organisation]) -> npt.NDArray[np.int32]:
    """Row of the grid in which each building's middle stands, -1 outside of all; shape (buildings,)."""
    tree = STRtree([shape(grid.territory) for grid in grids])
    middles = points([(one.longitude, one.latitude) for one in buildings])
    rows, found = tree.query(middles, predicate="within")
    home = np.full(len(buildings), -1, np.int32)
    home[rows] = found
    return home
