"""Ground that changes hands when a territory is redrawn: neighbours give way to it, and take what it lets go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import Polygon, shape
from shapely.geometry.base import BaseGeometry

from tracker.geo.partition import WELD_DEGREES, Area, geojson_of

__all__ = ["Exchange", "yielded"]

_NOTHING = 1e-12
"""Square degrees (about a hundredth of a square metre): rounding."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A neighbour's territory from now on. taken, given: the ground that left it, and that came to it; None: none."""

    territory: dict[str, Any]
    taken: dict[str, Any] | None
    given: dict[str, Any] | None


def yielded(old: Area | None, new: Area, beside: Mapping[str, Area]) -> dict[str, Exchange]:
    """Those of the territories beside that change, by their names, GeoJSON.

    Each loses what lies in `new`. Of what `old` lets go each piece goes to the neighbour with which it shares most
    border; a piece beside nobody goes to nobody. One that would lose all its ground is left as it is.
    """
    area, shapes = shape(dict(new)), {name: shape(dict(one)) for name, one in beside.items()}
    taken = {name: _polygonal(one.intersection(area)) for name, one in shapes.items()}
    given = _given(None if old is None else shape(dict(old)), area, shapes)
    found = {}
    for name, one in shapes.items():
        lost, won = taken[name], given.get(name)
        left = _polygonal(one.difference(area))
        if (lost is None and won is None) or left is None:
            continue
        whole = left if won is None else _polygonal(shapely.union_all([left, won]))
        found[name] = Exchange(_geojson(whole), _told(lost), _told(won))
    return found


def _given(old: BaseGeometry | None, new: BaseGeometry, shapes: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """What is let go, by who takes it."""
    free = None if old is None else _polygonal(shapely.difference(old, shapely.union_all([new, *shapes.values()])))
    pieces: dict[str, list[BaseGeometry]] = {}
    for piece in [] if free is None else shapely.get_parts(free):
        shares = {name: _shared(piece, one) for name, one in shapes.items()}
        if shares and (most := max(shares.values())) > 0:
            taker = next(name for name, share in shares.items() if share == most)
            pieces.setdefault(taker, []).append(piece)
    return {name: shapely.union_all(parts) for name, parts in pieces.items()}


def _shared(piece: BaseGeometry, other: BaseGeometry) -> float:
    """How much of its border lies along the other's, degrees."""
    if piece.distance(other) > WELD_DEGREES:
        return 0.0
    return float(piece.boundary.intersection(other.buffer(WELD_DEGREES / 10)).length)


def _polygonal(area: BaseGeometry) -> BaseGeometry | None:
    """Its parts that have an area; None: there are none."""
    parts = [part for part in shapely.get_parts(area) if isinstance(part, Polygon) and part.area > _NOTHING]
    return shapely.union_all(parts) if parts else None


def _told(area: BaseGeometry | None) -> dict[str, Any] | None:
    return None if area is None else _geojson(area)


def _geojson(area: BaseGeometry | None) -> dict[str, Any]:
    assert area is not None, "what is told has an area"
    return geojson_of(list(shapely.get_parts(area)))
