"""Exactness is proved against brute force by the haversine, a formula that shares nothing with chords."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.geo.geodesy import distances
from tracker.live.nearest import NearestIndex

Doubles = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

ROUNDING_M = 0.001
"""How far two places may be apart and still count as equally far: rounding of the two formulas (antipodes excepted)."""

_latitudes = st.one_of(st.floats(-90, 90), st.sampled_from([-90.0, 90.0, 0.0, 89.9999999, 51.1]))
_longitudes = st.one_of(st.floats(-180, 180), st.sampled_from([-180.0, 180.0, 179.9999999, -179.9999999, 71.4]))
_anywhere = st.tuples(_latitudes, _longitudes)
_crowd = st.tuples(st.floats(51.09, 51.11), st.one_of(st.floats(179.99, 180), st.floats(-180, -179.99)))
_places = st.lists(st.one_of(_anywhere, _crowd, st.just((51.1, 180.0))), min_size=1, max_size=60)


@dataclass
class Marked:
    """A choice of marked rows."""

    marks: Flags
    share: float = 1.0

    def among(self, rows: Rows) -> Flags:
        return self.marks[rows]

    def rows(self) -> Rows:
        return np.flatnonzero(self.marks)


def assert_nearest(
    found: tuple[Rows, Doubles], lat: Doubles, lon: Doubles, at: tuple[float, float], k: int, marks: Flags
) -> None:
    """What was found is what looking at all finds: the same distances in order, each of the row it is told of."""
    rows, metres = found
    true = distances(lat, lon, at[0], at[1])
    tolerance = ROUNDING_M + np.where(true > 1.9e7, 2.0, 0.0)  # near the antipode a chord is flat: 2 m
    candidates = np.flatnonzero(marks)
    order = candidates[np.argsort(true[candidates], kind="stable")][:k]
    assert len(set(rows.tolist())) == len(rows) == len(order)
    assert marks[rows].all()
    np.testing.assert_array_less(np.abs(metres - true[rows]), tolerance[rows])
    np.testing.assert_array_less(np.abs(true[rows] - true[order]), tolerance[order])
    assert (np.diff(metres) >= 0).all()
    equal = np.flatnonzero(np.diff(metres) == 0)
    assert (np.diff(rows)[equal] > 0).all()


@settings(max_examples=150, deadline=None)
@given(places=_places, at=st.one_of(_anywhere, _crowd), k=st.integers(1, 70), data=st.data())
def test_it_equals_brute_force_anywhere_on_earth_after_any_moves(
    places: list[tuple[float, float]], at: tuple[float, float], k: int, data: st.DataObject
) -> None:
    lat, lon = np.array(places).T.copy()
    count = len(places)
    index = NearestIndex()
    index.move(np.arange(count), lat, lon)
    index.nearest(*at, k)
    index.renew(0.0)
    for _ in range(data.draw(st.integers(0, 3), label="rounds")):
        moved = np.array(sorted(data.draw(st.sets(st.integers(0, count - 1), min_size=1), label="moved")))
        if data.draw(st.booleans(), label="far"):
            lat[moved], lon[moved] = np.array([data.draw(_anywhere) for _ in moved]).T
        else:
            lat[moved] = np.clip(lat[moved] + data.draw(st.floats(-4e-4, 4e-4), label="step"), -90, 90)
        index.move(moved, lat[moved], lon[moved])
    everybody = np.ones(count, np.bool_)
    assert_nearest(index.nearest(*at, k), lat, lon, at, k, everybody)
    marks = np.array(data.draw(st.lists(st.booleans(), min_size=count, max_size=count), label="marks"))
    share = data.draw(st.sampled_from([1.0, 0.5, 1e-3, 0.0]), label="share")  # a wrong guess costs time, never truth
    assert_nearest(index.nearest(*at, k, Marked(marks, share)), lat, lon, at, k, marks)


@pytest.mark.parametrize("crowded", [False, True])
def test_it_equals_brute_force_in_a_city_that_moves(crowded: bool) -> None:
    random = np.random.default_rng(7)
    count = 30_000
    lat, lon = 48.2 + random.normal(0, 0.1, count), 16.4 + random.normal(0, 0.1, count)
    if crowded:
        lat[: count // 2], lon[: count // 2] = 48.2, 16.4  # all in one depot
    index = NearestIndex()
    index.move(np.arange(count), lat, lon)
    index.nearest(0, 0, 1)
    index.renew(0.0)
    for second in range(1, 4):
        moved = np.flatnonzero(random.random(count) < 0.3)
        lat[moved] += random.normal(0, 3e-5, len(moved))
        index.move(moved, lat[moved], lon[moved])
        for share in (1.0, 0.3, 0.01, 0.0002):
            marks = random.random(count) < share
            at = (48.2 + random.normal(0, 0.05), 16.4 + random.normal(0, 0.05))
            assert_nearest(index.nearest(*at, 8, Marked(marks)), lat, lon, at, 8, marks)
        index.renew(float(2 * second))


def test_nobody_is_near_in_an_empty_index() -> None:
    rows, metres = NearestIndex().nearest(0, 0, 5)
    assert (len(rows), len(metres)) == (0, 0)


def test_nobody_is_told_when_nobody_is_chosen() -> None:
    index = NearestIndex()
    index.move(np.arange(50), np.linspace(0, 1, 50), np.zeros(50))
    assert len(index.nearest(0, 0, 5, Marked(np.zeros(50, np.bool_)))[0]) == 0


def test_equally_far_ones_come_in_the_order_of_rows() -> None:
    index = NearestIndex()
    index.move(np.arange(100)[::-1], np.full(100, 51.1), np.full(100, 71.4))
    index.nearest(0, 0, 1)
    index.renew(0.0)
    assert index.nearest(51.0, 71.0, 7)[0].tolist() == [0, 1, 2, 3, 4, 5, 6]


def test_the_snapshot_is_renewed_only_while_somebody_asks_and_once_a_second() -> None:
    index = NearestIndex()
    index.move(np.arange(200), np.linspace(0, 1, 200), np.zeros(200))
    index.renew(0.0)
    assert index.nbytes < 100 * 1024
    held = index.nbytes  # nobody asked: no snapshot
    index.nearest(0, 0, 1)
    index.renew(10.0)
    assert index.nbytes > held
    index.move(np.arange(200), np.linspace(1, 2, 200), np.zeros(200))
    index.nearest(1, 0, 1)
    index.renew(10.5)
    assert index.nearest(1, 0, 1)[0].tolist() == [0]


def test_a_large_population_is_indexed_beside_the_loop_and_what_moves_meanwhile_is_not_forgotten() -> None:
    random = np.random.default_rng(3)
    count = 60_000
    lat, lon = random.uniform(50, 51, count), random.uniform(70, 71, count)
    index = NearestIndex()
    index.move(np.arange(count), lat, lon)
    index.nearest(50.5, 70.5, 1)
    index.renew(0.0)
    everybody = np.ones(count, np.bool_)
    for _ in range(200):
        moved = random.integers(0, count, 500)
        moved = np.unique(moved)
        lat[moved] = random.uniform(50, 51, len(moved))
        index.move(moved, lat[moved], lon[moved])
        at = (float(random.uniform(50, 51)), float(random.uniform(70, 71)))
        metres = index.nearest(*at, 3)[1]
        true = distances(lat, lon, *at)
        assert metres[-1] == pytest.approx(np.partition(true, 2)[2], abs=ROUNDING_M)
        index.renew(0.0)
    assert_nearest(index.nearest(50.5, 70.5, 20), lat, lon, (50.5, 70.5), 20, everybody)


def test_it_needs_less_than_100_bytes_a_member() -> None:
    count = 100_000
    index = NearestIndex()
    index.move(np.arange(count), np.linspace(50, 51, count), np.linspace(70, 71, count))
    index.nearest(50, 70, 1)
    index.renew(0.0)
    assert index.nbytes / count < 90  # and 10 for the tree's nodes
