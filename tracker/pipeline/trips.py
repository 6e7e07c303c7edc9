"""Trips and stops of a track: the motion rule over stored positions, so that late ones count where they belong.

A trip begins with the first position that shows movement and ends with the last one before the device stood still for
`stopped_after`. A gap in the track longer than that ends a trip too. Between trips lie stops.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracker.geo.geodesy import distances
from tracker.pipeline.limits import Limits
from tracker.pipeline.motion import is_moving_now

__all__ = ["Leg", "trips_and_stops"]

_SHORTEST_TRIP_M = 50.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A trip or a stop between two rows of the track, both included.

    kind: "trip" or "stop". start, end: row numbers. distance: metres along the track, 0 for a stop.
    max_speed: m/s, the fastest said or travelled between two positions; None for a stop.
    """

    kind: str
    start: int
    end: int
    distance: float
    max_speed: float | None


def trips_and_stops(
    fix_time: npt.NDArray[np.int64],
    latitude: npt.NDArray[np.float64],
    longitude: npt.NDArray[np.float64],
    speed: npt.NDArray[np.float32],
    *,
    limits: Limits | None = None,
) -> list[Leg]:
    """Legs in time order. fix_time: microseconds, ascending; speed: m/s, NaN unknown; shapes (n,)."""
    limits = limits or Limits()
    if len(fix_time) == 0:
        return []
    moving = _moving(latitude, longitude, speed, limits)
    metres = np.zeros(len(fix_time))
    metres[1:] = distances(latitude[:-1], longitude[:-1], latitude[1:], longitude[1:])
    trips = [
        _trip(first, last, fix_time, metres, speed)
        for first, last in _spans(fix_time, moving, limits.stopped_after)
        if metres[first + 1 : last + 1].sum() >= _SHORTEST_TRIP_M
    ]
    return list(_with_stops(trips, len(fix_time)))


def _moving(
    latitude: npt.NDArray[np.float64], longitude: npt.NDArray[np.float64], speed: npt.NDArray[np.float32],
    limits: Limits,
) -> list[bool]:  # fmt: skip
    """Whether each position shows movement, by the rule of the pipeline."""
    anchor, shown = (float(latitude[0]), float(longitude[0])), []
    for place in zip(latitude.tolist(), longitude.tolist(), speed.tolist(), strict=True):
        moves = is_moving_now(anchor, *place, float("nan"), limits=limits)
        anchor = place[:2] if moves else anchor
        shown.append(moves)
    return shown


def _spans(fix_time: npt.NDArray[np.int64], moving: list[bool], pause: int) -> Iterator[tuple[int, int]]:
    """(first, last) rows of movement without a pause or gap longer than `pause`."""
    first = last = None
    for row, moves in enumerate(moving):
        if first is not None and last is not None and fix_time[row] - fix_time[last] > pause:
            yield first, last
            first = last = None
        if moves:
            first = (
                max(0, row - 1)
                if first is None and row and fix_time[row] - fix_time[row - 1] <= pause
                else (row if first is None else first)
            )
            last = row
    if first is not None and last is not None:
        yield first, last


def _trip(
    first: int, last: int, fix_time: npt.NDArray[np.int64], metres: npt.NDArray[np.float64],
    speed: npt.NDArray[np.float32],
) -> Leg:  # fmt: skip
    said = speed[first : last + 1]
    seconds = np.maximum(np.diff(fix_time[first : last + 1]) / 1e6, 1e-6)
    travelled = metres[first + 1 : last + 1]
    fastest = np.nanmax(said) if not np.isnan(said).all() else (travelled / seconds).max()
    return Leg(kind="trip", start=first, end=last, distance=float(travelled.sum()), max_speed=float(fastest))


def _with_stops(trips: list[Leg], rows: int) -> Iterator[Leg]:
    """The trips, with a stop before, between and behind them where there are positions."""
    at = 0
    for trip in trips:
        if trip.start > at:
            yield Leg(kind="stop", start=at, end=trip.start, distance=0.0, max_speed=None)
        yield trip
        at = trip.end
    if at < rows - 1 or not trips:
        yield Leg(kind="stop", start=at, end=rows - 1, distance=0.0, max_speed=None)
