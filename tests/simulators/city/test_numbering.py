from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from simulators.city.numbering import Points, equal_parts, in_reading_order

points = st.integers(1, 40).flatmap(
    lambda count: arrays(np.float64, (count, 2), elements=st.floats(-60, 60, allow_nan=False))
)


@given(points, st.data())
def test_parts_hold_everything_once_and_are_nearly_equal(places: Points, data: st.DataObject) -> None:
    count = data.draw(st.integers(1, len(places)))
    parts = equal_parts(places, count)
    assert sorted(row for part in parts for row in part) == list(range(len(places)))
    sizes = [len(part) for part in parts]
    assert len(sizes) == count
    assert max(sizes) - min(sizes) <= 1


def test_parts_are_neighbours() -> None:
    places = np.array([(0.0, 0), (10, 0), (0.1, 0), (10.1, 0)])
    assert sorted(sorted(part) for part in equal_parts(places, 2)) == [[0, 2], [1, 3]]


@given(points)
def test_reading_order_names_everything_once(places: Points) -> None:
    assert sorted(in_reading_order(places)) == list(range(len(places)))


def test_reading_order_goes_west_to_east_and_north_to_south() -> None:
    south_west, south_east, north_west, north_east = (0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)
    places = np.array([south_east, north_west, south_west, north_east])
    assert in_reading_order(places) == [1, 3, 2, 0]
