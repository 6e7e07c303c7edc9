"""Areas on the ground."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.geo.geodesy import distance
from tracker.geo.polygons import BadArea, circle_region, point_on_surface, polygon_region


def square(west: float, south: float, side: float) -> dict[str, object]:
    east, north = west + side, south + side
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


def depth(region: object, latitude: float, longitude: float) -> float:
    return float(region.depth(np.array([latitude]), np.array([longitude]))[0])  # type: ignore[attr-defined]  # a Region


def test_depth_is_metres_from_the_border_with_its_sign() -> None:
    region = polygon_region(square(71.0, 51.0, 0.02))
    metres = distance(51.01, 71.0, 51.01, 71.001)
    assert math.isclose(depth(region, 51.01, 71.001), metres, rel_tol=2e-3)
    assert math.isclose(depth(region, 51.01, 70.999), -metres, rel_tol=2e-3)


@given(st.floats(-80, 80), st.floats(-180, 180), st.floats(0, 359), st.floats(0.1, 3.0))
def test_a_circle_is_as_deep_as_its_radius_less_the_distance(
    latitude: float, longitude: float, course: float, part: float
) -> None:
    from tracker.geo.geodesy import destination

    region = circle_region(latitude, longitude, 1_000.0)
    place = destination(latitude, longitude, course, part * 1_000.0)
    assert math.isclose(depth(region, *place), 1_000.0 * (1 - part), abs_tol=0.5)


def test_an_area_may_cross_the_antimeridian() -> None:
    ring = [[179.99, 10.0], [-179.99, 10.0], [-179.99, 10.02], [179.99, 10.02], [179.99, 10.0]]
    region = polygon_region({"type": "Polygon", "coordinates": [ring]})
    assert depth(region, 10.01, 180.0) > 0
    assert depth(region, 10.01, -179.995) > 0
    assert depth(region, 10.01, 179.98) < 0
    assert region.bounds.west > region.bounds.east


@pytest.mark.parametrize(
    "geometry",
    [
        {},
        {"type": "Point", "coordinates": [1, 2]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 1], [1, 0], [0, 0]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [200, 0], [200, 1], [0, 0]]]},
        {"type": "Polygon", "coordinates": [[["a", 0], [1, 0], [1, 1], [0, 0]]]},
    ],
)
def test_what_is_no_area_is_told(geometry: dict[str, object]) -> None:
    with pytest.raises(BadArea):
        polygon_region(geometry)


@pytest.mark.parametrize(("latitude", "radius_m"), [(91.0, 10.0), (0.0, 0.0), (0.0, 2e6), (math.nan, 10.0)])
def test_what_is_no_circle_is_told(latitude: float, radius_m: float) -> None:
    with pytest.raises(BadArea):
        circle_region(latitude, 0.0, radius_m)


def test_a_label_lies_within() -> None:
    point = point_on_surface(square(71.0, 51.0, 0.02))
    assert depth(polygon_region(square(71.0, 51.0, 0.02)), point["coordinates"][1], point["coordinates"][0]) > 0
