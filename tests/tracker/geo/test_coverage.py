from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.registry.two_districts import square
from tracker.geo.coverage import Fault, FaultKind, faults_of
from tracker.geo.geodesy import EARTH_RADIUS_M


def box_m2(west: float, south: float, east: float, north: float) -> float:
    """Of a box of degrees on the sphere, exactly."""
    height = math.sin(math.radians(north)) - math.sin(math.radians(south))
    return EARTH_RADIUS_M**2 * math.radians(east - west) * height


def only(faults: list[Fault]) -> Fault:
    [fault] = faults
    return fault


def quarters(west: float = 119.30, south: float = 26.0, side: float = 0.01) -> dict[str, dict[str, Any]]:
    return {
        f"{x}{y}": square(west + x * side, south + y * side, side) for x in (0, 1) for y in (0, 1)
    }  # fmt: skip


def test_quarters_of_a_square_fit() -> None:
    assert faults_of("all", square(119.30, 26.0, 0.02), quarters()) == []
    assert faults_of("all", None, quarters()) == []
    assert faults_of("all", square(119.30, 26.0, 0.02), {}) == []


@given(st.floats(-179, 179), st.floats(-80, 79), st.floats(0.001, 0.5))
def test_an_overlap_has_its_area_wherever_it_is(west: float, south: float, side: float) -> None:
    areas = {"a": square(west, south, side), "b": square(west + side / 2, south, side)}
    fault = only(faults_of("all", None, areas))
    assert (fault.kind, fault.organisation, fault.other) == (FaultKind.OVERLAP, "a", "b")
    expected = box_m2(west + side / 2, south, west + side, south + side)
    assert fault.square_metres == pytest.approx(expected, rel=1e-6)
    assert south < fault.latitude < south + side


def test_a_missing_quarter_is_a_gap_with_its_area_and_a_place_inside() -> None:
    areas = quarters()
    del areas["11"]
    fault = only(faults_of("all", square(119.30, 26.0, 0.02), areas))
    assert (fault.kind, fault.organisation, fault.other) == (FaultKind.GAP, "all", None)
    assert fault.square_metres == pytest.approx(box_m2(119.31, 26.01, 119.32, 26.02), rel=1e-6)
    assert 119.31 < fault.longitude < 119.32
    assert 26.01 < fault.latitude < 26.02


def test_what_is_beyond_the_parent_is_told() -> None:
    areas = quarters() | {"far": square(119.32, 26.0)}
    fault = only(faults_of("all", square(119.30, 26.0, 0.02), areas))
    assert (fault.kind, fault.organisation, fault.other) == (FaultKind.OUTSIDE, "far", "all")
    assert fault.square_metres == pytest.approx(box_m2(119.32, 26.0, 119.33, 26.01), rel=1e-6)


def test_borders_that_only_touch_and_slivers_of_rounding_are_no_fault() -> None:
    areas = {"a": square(119.30, 26.0), "b": square(119.31 - 1e-9, 26.0), "c": square(119.31, 26.01)}
    assert faults_of("all", None, areas) == []


def test_a_border_that_crosses_itself_is_told_and_the_rest_is_judged() -> None:
    bow = [[119.30, 26.0], [119.31, 26.01], [119.31, 26.0], [119.30, 26.01], [119.30, 26.0]]
    areas = {"bow": {"type": "Polygon", "coordinates": [bow]}, "b": square(119.30, 26.0, 0.02)}
    faults = faults_of("all", None, areas)
    assert [(fault.kind, fault.organisation) for fault in faults] == [
        (FaultKind.INVALID, "bow"), (FaultKind.OVERLAP, "bow"),
    ]  # fmt: skip
    assert faults[1].square_metres == pytest.approx(box_m2(119.30, 26.0, 119.31, 26.01) / 2, rel=1e-3)


def test_a_family_may_cross_the_antimeridian() -> None:
    ring = [[179.995, 0.0], [-179.995, 0.0], [-179.995, 0.01], [179.995, 0.01], [179.995, 0.0]]
    areas = {"a": square(179.99, 0.0), "b": {"type": "Polygon", "coordinates": [ring]}}
    fault = only(faults_of("all", None, areas))
    assert fault.square_metres == pytest.approx(box_m2(179.995, 0.0, 180.0, 0.01), rel=1e-6)
    assert 179.995 < fault.longitude < 180


def test_faults_of_a_family_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.geo.coverage.MOST_FAULTS", 30)
    same = {str(number): square(119.30, 26.0) for number in range(40)}
    assert len(faults_of("all", None, same)) == 30
