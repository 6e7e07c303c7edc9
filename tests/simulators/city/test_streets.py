from __future__ import annotations

import numpy as np
import pytest

from simulators.city.city import City
from simulators.city.streets import street_graph

CROSS = [
    np.array([(0, 0), (1000, 0), (2000, 0)]),
    np.array([(1000, 1000), (1000, 0)]),
    np.array([(900_000, 0), (901_000, 0)]),
]


def test_lines_join_where_they_share_a_point_and_islands_are_left_out() -> None:
    graph = street_graph(CROSS, [True, False, True])
    assert len(graph.longitude) == 4
    assert len(graph.start) == 6
    assert sorted(np.diff(graph.first).tolist()) == [1, 1, 1, 3]


def test_each_piece_is_there_in_both_directions() -> None:
    graph = street_graph(CROSS, [True, False, True])
    ways = set(zip(graph.start.tolist(), graph.end.tolist(), strict=True))
    assert ways == {(end, start) for start, end in ways}


def test_footways_are_not_for_driving() -> None:
    graph = street_graph(CROSS, [True, False, True])
    assert graph.drivable.sum() == 4


def test_lengths_and_directions_are_metres_and_unit_vectors() -> None:
    graph = street_graph(CROSS, [True, False, True])
    assert graph.length == pytest.approx(np.full(6, 111.195), rel=1e-6)
    assert np.hypot(graph.east, graph.north) == pytest.approx(np.ones(6))


def test_a_place_lies_between_the_ends_of_its_way() -> None:
    graph = street_graph(CROSS, [True, False, True])
    latitude, longitude = graph.place(np.array([0], np.int32), graph.length[:1] / 2)
    start, end = graph.start[0], graph.end[0]
    assert latitude[0] == pytest.approx((graph.latitude[start] + graph.latitude[end]) / 2)
    assert longitude[0] == pytest.approx((graph.longitude[start] + graph.longitude[end]) / 2)


def test_the_ways_out_of_a_junction_start_there(city: City) -> None:
    streets = city.streets
    assert (np.repeat(np.arange(len(streets.longitude)), np.diff(streets.first)) == streets.start).all()
    assert (streets.length > 0).all()
