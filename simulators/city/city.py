"""A whole synthetic city over real streets: its organisations, its members with their devices, and where they walk."""

from __future__ import annotations

import gzip
import hashlib
import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from importlib.resources import files
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt
from shapely import STRtree, points
from shapely.geometry import shape

from simulators.city.staffing import PRESETS, posts_of, synthetic_names
from simulators.city.streets import StreetGraph, load_streets

__all__ = ["City", "Member", "Organisation", "token_of"]

_TOKEN_BYTES = 20
_FEWEST_WAYS = 8


@dataclass(frozen=True, slots=True)
class Organisation:
    """One node of the tree. id, code: Chinese style, 6 digits district + 3 street + 3 community + 3 grid.

    level: district, street, community or grid; parent: an id, "city" above the districts. territory: GeoJSON geometry.
    """

    id: str
    name: str
    level: str
    parent: str
    code: str
    territory: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Member:
    """A made-up person in a grid with a handheld. grid: row in City.grids. token: a function of the seed, no secret."""

    id: str
    name: str
    post: str
    phone: str
    grid: int
    device: str
    token: str


@dataclass(frozen=True, slots=True)
class City:
    """organisations: parents before children. grids: those of level grid, in order. presets: staffing of each grid.

    home: shape (ways of streets,), the row of the grid in which each way lies, -1 outside of all.
    """

    seed: int
    organisations: tuple[Organisation, ...]
    grids: tuple[Organisation, ...]
    presets: tuple[str, ...]
    streets: StreetGraph
    home: npt.NDArray[np.int32]

    @classmethod
    def load(cls, seed: int = 1) -> City:
        """The city of a seed: the streets and organisations are always the same, the people are the seed's."""
        organisations = tuple(_organisations())
        grids = tuple(one for one in organisations if one.level == "grid")
        districts = [one.id for one in organisations if one.level == "district"]
        names = list(PRESETS)
        presets = tuple(names[districts.index(grid.id[:6]) % len(names)] for grid in grids)
        streets = load_streets()
        return cls(seed, organisations, grids, presets, streets, _homes(streets, grids))

    def members(self, count: int) -> list[Member]:
        """The first `count` members: every grid's first post, then every grid's second, and so on."""
        random = np.random.default_rng((self.seed, 1))
        order = random.permutation(len(self.grids))
        filled = islice(posts_of(list(self.presets), order), count)
        names = synthetic_names(np.random.default_rng((self.seed, 2)), count)
        return [
            _member(self.seed, number, name, one.post, one.grid)
            for number, (name, one) in enumerate(zip(names, filled, strict=True), start=1)
        ]


def token_of(seed: int, device: str) -> str:
    """A device token that the import files and the simulator agree on without a file between them."""
    digest = hashlib.sha256(f"gridwarden simulators {seed} {device}".encode()).digest()
    return urlsafe_b64encode(digest[:_TOKEN_BYTES]).decode().rstrip("=")


def _member(seed: int, number: int, name: str, post: str, grid: int) -> Member:
    device = f"handheld-{number:05d}"
    phone = f"100{number:08d}"  # no such prefix is given out
    return Member(f"member-{number:05d}", name, post, phone, grid, device, token_of(seed, device))


def _organisations() -> list[Organisation]:
    packed = files("simulators.city").joinpath("data", "organisations.geojson.gz").read_bytes()
    features = json.loads(gzip.decompress(packed))["features"]
    return [Organisation(**feature["properties"], territory=feature["geometry"]) for feature in features]


def _homes(streets: StreetGraph, grids: tuple[Organisation, ...]) -> npt.NDArray[np.int32]:
    tree = STRtree([shape(grid.territory) for grid in grids])
    middles = streets.middles()
    ways, rows = tree.query(points(middles), predicate="within")
    home = np.full(len(middles), -1, np.int32)
    home[ways] = rows
    for grid in np.flatnonzero(np.bincount(rows, minlength=len(grids)) < _FEWEST_WAYS).tolist():
        home[_nearest(middles, shape(grids[grid].territory).centroid.coords[0])] = grid
    return home


def _nearest(middles: npt.NDArray[np.float64], place: tuple[float, ...]) -> npt.NDArray[np.intp]:
    """The ways about a block that no street enters: those around it."""
    aside = (middles - place) * (np.cos(np.radians(place[1])), 1.0)
    return np.argsort((aside**2).sum(axis=1), kind="stable")[: 2 * _FEWEST_WAYS]
