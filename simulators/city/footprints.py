"""The city's buildings as a compact document: what `build` packs and `buildings` unpacks.

    {"licence", "kinds": [...], "streets": [...], "buildings": [[oid, kind, levels, street, number, name, ring], ...]}

oid: OpenStreetMap's id of the way. kind, street: rows of the lists, street -1 where it is unknown. number, name: ""
where unknown. ring: [lon, lat, dlon, dlat, ...] in 1e-6 degrees, the corner where it began left out.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["pack", "ring_of"]

_CELL_DEGREES = 0.01


def pack(features: list[dict[str, Any]]) -> dict[str, object]:
    """A document of GeoJSON polygons with `oid`, `kind`, `levels`, `st`, `hn` and `name`; neighbours stand together.

    Only those properties are taken: nothing says who drew a building.
    """
    about = [feature["properties"] for feature in features]
    kinds = sorted({one["kind"] for one in about})
    streets = sorted({one["st"] for one in about if one.get("st")})
    rows = sorted(features, key=_where)
    return {
        "licence": "ODbL 1.0, © OpenStreetMap contributors",
        "kinds": kinds,
        "streets": streets,
        "buildings": [_row(one, kinds, streets) for one in rows],
    }


def ring_of(steps: list[int]) -> npt.NDArray[np.float64]:
    """The closed ring: (longitude, latitude) in degrees, shape (n, 2)."""
    corners = np.array(steps, np.int64).reshape(-1, 2).cumsum(axis=0) / 1e6
    return np.vstack([corners, corners[:1]])


def _where(feature: dict[str, Any]) -> tuple[int, int, int]:
    longitude, latitude = feature["geometry"]["coordinates"][0][0]
    return int(latitude / _CELL_DEGREES), int(longitude / _CELL_DEGREES), feature["properties"]["oid"]


def _row(feature: dict[str, Any], kinds: list[str], streets: list[str]) -> list[object]:
    about = feature["properties"]
    street = streets.index(about["st"]) if about.get("st") else -1
    ring = feature["geometry"]["coordinates"][0]
    return [
        about["oid"], kinds.index(about["kind"]), about["levels"], street, about.get("hn", ""), about.get("name", ""),
        _steps(ring[:-1]),
    ]  # fmt: skip


def _steps(ring: list[list[float]]) -> list[int]:
    corners = [(round(longitude * 1e6), round(latitude * 1e6)) for longitude, latitude in ring]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(corners)]
    return [number for pair in (corners[0], *steps) for number in pair]
