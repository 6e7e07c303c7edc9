"""Geofences: the rule for one fix, and the columns that must agree with it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracker.pipeline.batches import NOW, a_batch, cuts_of
from tracker.geo.polygons import circle_region, polygon_region
from tracker.model.crossing import CrossingKind
from tracker.pipeline.geofencing import OUTSIDE, Fence, FenceSet, FenceState, margin_of, step
from tracker.pipeline.limits import Limits
from tracker.pipeline.pipeline import Pipeline
from tracker.pipeline.states import DeviceStates

SECOND = 1_000_000
INSIDE = FenceState(inside=True, pending=None)
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[70.99, 50.99], [71.0, 50.99], [71.0, 51.01], [70.99, 51.01], [70.99, 50.99]]],
}
FENCES = [
    Fence(1, circle_region(51.0, 71.0, 300.0), 0),
    Fence(2, circle_region(51.002, 71.002, 200.0), 5 * SECOND),
    Fence(3, polygon_region(SQUARE), 2 * SECOND),
]


def walked(state: FenceState, depths: list[float], *, dwell: int = 0) -> list[tuple[int, str]]:
    """(second, kind) of each crossing when a device is so deep at each second; margin 10 m."""
    found = []
    for second, depth in enumerate(depths):
        state, kind = step(state, depth=depth, margin=10.0, fix_time=second * SECOND, dwell=dwell)
        if kind is not None:
            found.append((second, kind.value))
    return found


def test_in_and_out_again() -> None:
    assert walked(OUTSIDE, [-50, -20, 20, 50, 20, -20]) == [(2, "enter"), (5, "exit")]


def test_noise_on_the_border_tells_nothing() -> None:
    assert walked(OUTSIDE, [-9, 9, -9, 9, -9, 9]) == []
    assert walked(INSIDE, [-9, 9, -9, 9]) == []


def test_a_crossing_counts_once_it_has_lasted() -> None:
    assert walked(OUTSIDE, [20, 20, 20, 20], dwell=3 * SECOND) == [(3, "enter")]
    assert walked(OUTSIDE, [20, 20, -5, 20, 20, 20], dwell=3 * SECOND) == [], "a fix outside starts the dwell anew"
    assert walked(OUTSIDE, [20, 5, 5, 20], dwell=3 * SECOND) == [(3, "enter")], "fixes within the margin change nothing"


@pytest.mark.parametrize(("accuracy", "metres"), [(math.nan, 10.0), (3.0, 3.0), (500.0, 50.0)])
def test_the_margin_is_the_accuracy_within_bounds(accuracy: float, metres: float) -> None:
    assert margin_of(accuracy) == metres


def by_the_rule(
    columns: dict[str, np.ndarray[tuple[int, int], np.dtype[np.float64]]],
) -> list[tuple[int, int, CrossingKind, int]]:
    """Every crossing, fence by fence and device by device, one fix after the other."""
    found = []
    for device in range(len(columns["latitude"])):
        for fence in FENCES:
            state = OUTSIDE
            depths = fence.region.depth(columns["latitude"][device], columns["longitude"][device])
            for fix, depth in enumerate(depths.tolist()):
                time = int(columns["time"][device, fix])
                margin = margin_of(float(np.float32(columns["accuracy"][device, fix])))
                state, kind = step(state, depth=depth, margin=margin, fix_time=time, dwell=fence.dwell)
                if kind is not None:
                    found.append((fence.key, device, kind, time))
    return sorted(found)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 40), min_size=1, max_size=5))
def test_columns_agree_with_the_rule_however_the_stream_is_cut(seed: int, lengths: list[int]) -> None:
    dice, devices, fixes = np.random.default_rng(seed), 4, 40
    columns = {
        "latitude": 51 + np.cumsum(dice.normal(0, 0.0006, (devices, fixes)), axis=1),
        "longitude": 71 + np.cumsum(dice.normal(0, 0.0009, (devices, fixes)), axis=1),
        "accuracy": dice.choice([5.0, 20.0, np.nan], (devices, fixes)),
        "time": np.tile(NOW + np.arange(fixes) * 2 * SECOND, (devices, 1)),
    }
    whole = a_batch(
        np.tile(np.arange(devices), fixes), columns["time"].T.ravel(), columns["latitude"].T.ravel(),
        columns["longitude"].T.ravel(), accuracy=columns["accuracy"].T.ravel(),
    )  # fmt: skip
    fences = FenceSet()
    fences.replace(FENCES)
    pipeline = Pipeline(Limits(max_age=None, max_speed=1e6), DeviceStates(), fences)
    outcomes = [pipeline.run(piece, now=NOW + 1000 * SECOND) for piece in cuts_of(whole, lengths)]
    found = [(one.geofence, one.device, one.kind, one.fix_time) for outcome in outcomes for one in outcome.crossings]
    assert sorted(found) == by_the_rule(columns)


def test_a_fence_that_is_gone_is_forgotten() -> None:
    fences = FenceSet()
    fences.replace(FENCES)
    pipeline = Pipeline(Limits(max_age=None), DeviceStates(), fences)
    assert len(pipeline.run(a_batch([1], [NOW], [51.0], [71.001]), now=NOW).crossings) == 1
    fences.replace([])
    assert pipeline.run(a_batch([1], [NOW + SECOND], [51.0], [71.001]), now=NOW).crossings == []
    fences.replace(FENCES)
    assert len(pipeline.run(a_batch([1], [NOW + 2 * SECOND], [51.0], [71.001]), now=NOW).crossings) == 1


def test_a_fence_too_large_for_the_raster_is_watched_everywhere() -> None:
    fences = FenceSet()
    fences.replace([Fence(9, circle_region(51.0, 71.0, 200_000.0), 0)])
    pipeline = Pipeline(Limits(max_age=None), DeviceStates(), fences)
    assert [one.geofence for one in pipeline.run(a_batch([1], [NOW], [51.5], [71.5]), now=NOW).crossings] == [9]


def test_a_late_fix_crosses_nothing() -> None:
    fences = FenceSet()
    fences.replace(FENCES)
    pipeline = Pipeline(Limits(max_age=None), DeviceStates(), fences)
    pipeline.run(a_batch([1], [NOW], [51.2], [71.2]), now=NOW)
    assert pipeline.run(a_batch([1], [NOW - SECOND], [51.0], [71.0]), now=NOW).crossings == []
