from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point
from shapely.geometry import shape

from registry.organisations.territory import bounds_of_territory, label_of, territory_from
from tests.registry.two_districts import square

RING_WITH_A_HOLE = {
    "type": "Polygon",
    "coordinates": [
        [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]],
        [[2, 2], [8, 2], [8, 8], [2, 8], [2, 2]],
    ],
}


@st.composite
def stars(draw: st.DrawFn) -> dict[str, Any]:
    """Simple polygons, mostly not convex: corners at growing angles about a middle, at any distance."""
    import math

    count = draw(st.integers(3, 12))
    radii = draw(st.lists(st.floats(0.01, 1.0), min_size=count, max_size=count))
    corners = [
        [119 + r * math.cos(2 * math.pi * i / count), 26 + r * math.sin(2 * math.pi * i / count)]
        for i, r in enumerate(radii)
    ]
    return {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}


@given(stars())
@settings(max_examples=100)
def test_a_label_lies_inside_its_territory(territory: dict[str, Any]) -> None:
    assert shape(territory).buffer(1e-9).contains(Point(label_of(territory)["coordinates"]))


def test_a_label_stays_out_of_holes() -> None:
    assert shape(RING_WITH_A_HOLE).contains(Point(label_of(RING_WITH_A_HOLE)["coordinates"]))


def test_a_label_stands_on_the_largest_part() -> None:
    small, large = square(0, 0, 1)["coordinates"], square(5, 5, 3)["coordinates"]
    label = label_of({"type": "MultiPolygon", "coordinates": [small, large]})
    assert label == {"type": "Point", "coordinates": [6.5, 6.5]}


def test_bounds_are_west_south_east_north() -> None:
    assert bounds_of_territory(square(119, 26, 1)) == (119, 26, 120, 27)


def test_a_territory_keeps_its_shape_and_nothing_else() -> None:
    said = square(119, 26, 1) | {"crs": {"name": "odd"}, "bbox": [1, 2]}
    said["coordinates"] = [[[*place, 12.5] for place in ring] for ring in said["coordinates"]]
    assert territory_from(said) == square(119, 26, 1)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ([], "Polygon or MultiPolygon"),
        ({"type": "Point", "coordinates": [1, 2]}, "Polygon or MultiPolygon"),
        ({"type": "Polygon"}, "coordinates"),
        ({"type": "Polygon", "coordinates": "abc"}, "coordinates"),
        ({"type": "Polygon", "coordinates": [[[1]]]}, "coordinates"),
        ({"type": "Polygon", "coordinates": []}, "places"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1]], [[0, 0]]]}, "four places"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}, "last equal to the first"),
        ({"type": "Polygon", "coordinates": [[[26, 119], [27, 119], [27, 120], [26, 119]]]}, "longitude, latitude"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [float("nan"), 0], [1, 1], [0, 0]]]}, "degrees"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [2, 2], [0, 0]]]}, "no area"),
    ],
)
def test_what_cannot_be_a_territory_is_refused_with_the_reason(value: Any, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        territory_from(value)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=30,
)


@given(st.sampled_from(["Polygon", "MultiPolygon"]), json_values)
@settings(max_examples=200)
def test_whatever_the_coordinates_nothing_but_a_refusal_escapes(kind: str, coordinates: Any) -> None:
    try:
        territory = territory_from({"type": kind, "coordinates": coordinates})
    except ValueError:
        return
    bounds_of_territory(territory)
    label_of(territory)
