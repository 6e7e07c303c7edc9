"""Whole shapes in GCJ-02 and back."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tracker.geo.datum import Datum, shape_from, shape_in

RING = [[119.30, 26.0], [119.31, 26.0], [119.31, 26.01], [119.30, 26.0]]


def flat(coordinates: Any) -> list[float]:
    return [one for part in coordinates for one in flat(part)] if isinstance(coordinates, list) else [coordinates]


@pytest.mark.parametrize(
    ("kind", "coordinates"),
    [("Point", [119.3, 26.0]), ("LineString", RING), ("Polygon", [RING, RING]), ("MultiPolygon", [[RING], [RING]])],
)
def test_shapes_are_shifted_there_and_back_with_all_their_rings(kind: str, coordinates: Any) -> None:
    geometry = {"type": kind, "coordinates": coordinates}
    shifted = shape_in(Datum.GCJ02, geometry)
    assert shifted["type"] == kind
    assert 2e-3 < np.abs(np.subtract(flat(shifted["coordinates"]), flat(coordinates))).max() < 7e-3
    back = shape_from(Datum.GCJ02, shifted)
    assert np.allclose(flat(back["coordinates"]), flat(coordinates), atol=2e-8)
    assert shape_in(Datum.WGS84, geometry) == shape_from(Datum.WGS84, geometry) == geometry


@pytest.mark.parametrize(
    "geometry",
    [{}, {"type": "Point"}, {"type": "Polygon", "coordinates": "x"}, {"type": "Polygon", "coordinates": []},
     {"type": "Polygon", "coordinates": [[1, 2], "x"]}, {"type": "Polygon", "coordinates": [[[1], [2]]]},
     {"type": "Point", "coordinates": ["x", "y"]}, {"type": "Polygon", "coordinates": [[["x", "y"]]]}],
)  # fmt: skip
def test_what_has_no_coordinates_is_refused(geometry: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="coordinates"):
        shape_from(Datum.GCJ02, geometry)
