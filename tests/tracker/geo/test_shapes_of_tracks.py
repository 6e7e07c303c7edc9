"""Simpler tracks, the Chinese datum, cells."""

from __future__ import annotations

from itertools import pairwise

import h3.api.basic_int as h3
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.geo.cells import RESOLUTION, boundary_of, cells_of, centre_of, parents_of
from tracker.geo.datum import gcj02_to_wgs84, wgs84_to_gcj02
from tracker.geo.geodesy import distances
from tracker.geo.simplify import simplified


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(0, 200), st.floats(0.5, 200))
def test_a_simpler_track_keeps_its_ends_and_stays_near(seed: int, count: int, tolerance: float) -> None:
    dice = np.random.default_rng(seed)
    latitude = 51 + np.cumsum(dice.normal(0, 1e-4, count))
    longitude = 71 + np.cumsum(dice.normal(0, 1e-4, count))
    kept = simplified(latitude, longitude, tolerance)
    assert kept.tolist() == sorted(set(kept.tolist()))
    if count:
        assert (kept[0], kept[-1]) == (0, count - 1)
    for first, last in pairwise(kept.tolist()):
        between = np.linspace(0, 1, 200)
        line = (
            latitude[first] + between * (latitude[last] - latitude[first]),
            longitude[first] + between * (longitude[last] - longitude[first]),
        )
        for row in range(first + 1, last):
            assert distances(*line, latitude[row], longitude[row]).min() <= tolerance * 1.05 + 0.5


def test_a_straight_line_needs_two_points() -> None:
    assert simplified(np.linspace(51, 52, 1000), np.full(1000, 71.0), 1.0).tolist() == [0, 999]


def test_the_datum_is_that_of_known_places() -> None:
    north, east = wgs84_to_gcj02(39.908823, 116.397470)  # Tiananmen
    assert north == pytest.approx(39.910226, abs=2e-5)
    assert east == pytest.approx(116.403712, abs=2e-5)
    assert [float(part) for part in wgs84_to_gcj02(48.85, 2.35)] == [48.85, 2.35]


@given(st.floats(20, 50), st.floats(80, 130))
def test_there_and_back_is_the_same_place(latitude: float, longitude: float) -> None:
    back = gcj02_to_wgs84(*wgs84_to_gcj02(latitude, longitude))
    assert float(back[0]) == pytest.approx(latitude, abs=1e-7)
    assert float(back[1]) == pytest.approx(longitude, abs=1e-7)


@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), min_size=1, max_size=20), st.integers(0, 10))
def test_parents_by_bits_are_those_of_h3(places: list[tuple[float, float]], resolution: int) -> None:
    latitude, longitude = np.array(places).T
    cells = cells_of(latitude, longitude)
    parents = [h3.cell_to_parent(cell, resolution) for cell in cells.tolist()]
    assert parents_of(cells, resolution).tolist() == parents
    assert all(h3.get_resolution(cell) == RESOLUTION for cell in cells.tolist())


def test_a_cell_has_a_centre_and_corners() -> None:
    [cell] = cells_of(np.array([51.16]), np.array([71.43])).tolist()
    assert float(distances(*centre_of(cell), 51.16, 71.43)) < 100
    assert len(boundary_of(cell)) == 6
