"""Distances and directions on the sphere."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tracker.geo.geodesy import EARTH_RADIUS_M, bearing, chord_to_metres, destination, distance, distances, unit_vectors

LATITUDES = st.floats(-90, 90)
LONGITUDES = st.floats(-180, 180)
PLACES = st.tuples(LATITUDES, LONGITUDES)
HALF = math.pi * EARTH_RADIUS_M


@given(PLACES, PLACES)
def test_distance_is_symmetric_and_never_more_than_half_round(a: tuple[float, float], b: tuple[float, float]) -> None:
    assert math.isclose(distance(*a, *b), distance(*b, *a), abs_tol=1e-6)
    assert 0 <= distance(*a, *b) <= HALF + 1e-6


@given(PLACES, PLACES, PLACES)
def test_a_detour_is_never_shorter(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> None:
    assert distance(*a, *c) <= distance(*a, *b) + distance(*b, *c) + 1e-3


@given(PLACES, PLACES)
def test_arrays_and_chords_say_the_same(a: tuple[float, float], b: tuple[float, float]) -> None:
    one = distance(*a, *b)
    assert math.isclose(float(distances(*a, *b)), one, abs_tol=1e-3)
    chord = float(np.linalg.norm(unit_vectors(*a) - unit_vectors(*b)))
    assert math.isclose(float(chord_to_metres(chord)), one, rel_tol=1e-6, abs_tol=0.3)


@given(PLACES, st.floats(0, 359.99), st.floats(0, 5_000_000))
def test_going_somewhere_takes_as_far_as_it_says(start: tuple[float, float], course: float, metres: float) -> None:
    end = destination(*start, course, metres)
    assert -180 <= end[1] < 180
    assert math.isclose(distance(*start, *end), metres, abs_tol=0.05)


@given(PLACES, PLACES)
def test_a_bearing_lies_in_the_circle(a: tuple[float, float], b: tuple[float, float]) -> None:
    assert 0 <= bearing(*a, *b) < 360


def test_known_places() -> None:
    assert math.isclose(distance(0, 179.5, 0, -179.5), math.radians(1) * EARTH_RADIUS_M, rel_tol=1e-9)
    assert distance(90, 0, 90, 123) < 1e-6
    assert math.isclose(bearing(0, 0, 1, 0), 0.0)
    assert math.isclose(bearing(0, 0, 0, 1), 90.0)
