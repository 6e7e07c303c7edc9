"""Trips and stops out of stored positions."""

from __future__ import annotations

import numpy as np

from tracker.pipeline.trips import Leg, trips_and_stops

MINUTE = 60_000_000


def legs(*parts: tuple[int, float]) -> list[Leg]:
    """Legs of a device that goes so many minutes at so many m/s north, a position every 10 s."""
    metres, speeds = [], []
    at = 0.0
    for minutes, speed in parts:
        for _ in range(minutes * 6):
            at += speed * 10
            metres.append(at)
            speeds.append(speed)
    count = len(metres)
    return trips_and_stops(
        np.arange(count) * 10_000_000, 51 + np.array(metres) / 111_195, np.full(count, 71.0),
        np.array(speeds, np.float32),
    )  # fmt: skip


def test_a_walk_between_two_rests_is_one_trip() -> None:
    found = legs((10, 0.0), (5, 1.5), (10, 0.0))
    assert [leg.kind for leg in found] == ["stop", "trip", "stop"]
    assert abs(found[1].distance - 5 * 60 * 1.5) < 20
    assert found[1].max_speed == 1.5
    assert (found[0].start, found[2].end) == (0, 25 * 6 - 1)


def test_a_red_light_does_not_end_a_trip_and_a_long_rest_does() -> None:
    assert [leg.kind for leg in legs((5, 1.5), (1, 0.0), (5, 1.5))] == ["trip"]
    assert [leg.kind for leg in legs((5, 1.5), (5, 0.0), (5, 1.5))] == ["trip", "stop", "trip"]


def test_standing_still_is_a_stop_and_nothing_is_nothing() -> None:
    assert [leg.kind for leg in legs((10, 0.0))] == ["stop"]
    assert trips_and_stops(np.empty(0, np.int64), np.empty(0), np.empty(0), np.empty(0, np.float32)) == []


def test_a_gap_ends_a_trip() -> None:
    times = np.concatenate([np.arange(60), 100_000 + np.arange(60)]) * 10_000_000
    latitude = np.linspace(51.0, 51.0 + 119 * 1.5e-4, 120)
    found = trips_and_stops(times, latitude, np.full(120, 71.0), np.full(120, 1.6, np.float32))
    assert [leg.kind for leg in found].count("trip") == 2


def test_without_speeds_leaving_the_anchor_is_moving() -> None:
    latitude = np.linspace(51.0, 51.0 + 59 * 1.35e-4, 60)
    unknown = np.full(60, np.nan, np.float32)
    found = trips_and_stops(np.arange(60) * 10_000_000, latitude, np.full(60, 71.0), unknown)
    assert [leg.kind for leg in found if leg.kind == "trip"] == ["trip"]
