from __future__ import annotations

from typing import Any

import pytest
from shapely.geometry import shape

from tests.registry.two_districts import square
from tracker.geo.partition import cut, welded
from tracker.geo.polygons import BadArea

SQUARE = square(119.30, 26.0)


def a_line(*places: tuple[float, float]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [list(place) for place in places]}


def test_the_western_piece_comes_first_and_nothing_is_lost() -> None:
    west, east = cut(SQUARE, a_line((119.304, 25.9), (119.304, 26.1)))
    assert shape(west).area == pytest.approx(0.4 * 1e-4)
    assert shape(east).area == pytest.approx(0.6 * 1e-4)
    assert shape(west).intersection(shape(east)).area == pytest.approx(0)


def test_the_southern_piece_comes_first_where_both_are_as_far_west() -> None:
    south, north = cut(SQUARE, a_line((119.2, 26.003), (119.4, 26.003)))
    assert shape(south).bounds[3] == pytest.approx(shape(north).bounds[1]) == pytest.approx(26.003)


@pytest.mark.parametrize(
    "line",
    [
        a_line((119.304, 26.002), (119.304, 26.1)),
        a_line((119.2, 25.0), (119.4, 25.0)),
        a_line((119.29, 26.002), (119.32, 26.002), (119.32, 26.006), (119.29, 26.006)),
        {"type": "Point", "coordinates": [119.304, 26.002]},
        {"type": "LineString", "coordinates": [[119.304, 26.002]]},
        {},
    ],
)
def test_a_line_that_leaves_no_two_pieces_is_refused(line: dict[str, Any]) -> None:
    with pytest.raises(BadArea, match="line"):
        cut(SQUARE, line)


def test_an_island_goes_to_the_nearest_piece() -> None:
    island = square(119.32, 26.0)
    both = {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"], island["coordinates"]]}
    west, east = cut(both, a_line((119.304, 25.9), (119.304, 26.1)))
    assert (west["type"], east["type"]) == ("Polygon", "MultiPolygon")
    assert shape(east).contains(shape(island).centroid)


def test_neighbours_become_one_without_the_sliver_between() -> None:
    one = welded([SQUARE, square(119.31003, 26.0)], [])
    assert one["type"] == "Polygon"
    assert shape(one).area == pytest.approx(2e-4 + 3e-7, rel=1e-4)


def test_the_weld_does_not_grow_into_a_third() -> None:
    third = square(119.31, 26.01)
    one = welded([SQUARE, square(119.31003, 26.0)], [third])
    assert shape(one).intersection(shape(third)).area == pytest.approx(0, abs=1e-12)


def test_who_shares_no_border_is_not_merged() -> None:
    with pytest.raises(BadArea, match="no neighbours"):
        welded([SQUARE, square(119.32, 26.0)], [])
