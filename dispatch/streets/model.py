"""A street network as arrays, and how long the way takes over it on foot, by bicycle and by car. Pure.

One bounded Dijkstra backwards from where somebody is needed gives the time from every junction at once, so that the
number of candidates does not matter: a tenth of a millisecond for ten minutes' walk.

scipy is imported where it is used: it takes 0.3 s, which the start of a server does not wait for.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tracker.geo.geodesy import EARTH_RADIUS_M, unit_vectors

if TYPE_CHECKING:
    from scipy.sparse import csr_array
    from scipy.spatial import cKDTree

__all__ = [
    "BICYCLE_SPEED",
    "DETOUR",
    "WALKING_SPEED",
    "Profile",
    "StreetNetwork",
    "StreetWay",
    "Streets",
    "Ways",
    "line_metres",
    "line_seconds",
    "line_speed",
]

Doubles = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

WALKING_SPEED = 1.35
BICYCLE_SPEED = 4.0
"""m/s, of somebody who is in no hurry and not slow."""
_LINE_CAR_SPEED = 8.0
_OFF_STREET_SPEED = WALKING_SPEED
"""Between a place and its junction everybody is on foot."""
DETOUR = 1.35
"""How much longer than the straight line the way is where no street is known."""
_FARTHEST_SNAP_M = 500.0
_ROUNDING, _ROUNDING_M = 1 + 1e-6, 0.01
"""What a chord is shorter than its arc within _FARTHEST_SNAP_M, and more."""


class Profile(StrEnum):
    """How somebody travels."""

    WALKING = "walking"
    BICYCLE = "bicycle"
    CAR = "car"


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetNetwork:
    """n junctions and m straight pieces of street between them.

    latitude, longitude: degrees, shape (n,). start, end: junctions, shape (m,). metres: lengths, shape (m,).
    foot, bicycle: m/s in both directions, 0 where one may not; car: m/s from start to end; car_back: from end to start.
    """

    latitude: Doubles
    longitude: Doubles
    start: Ints
    end: Ints
    metres: Floats
    foot: Floats
    bicycle: Floats
    car: Floats
    car_back: Floats

    def to_bytes(self) -> bytes:
        """Compressed; `from_bytes` reads it."""
        file = io.BytesIO()
        np.savez_compressed(file, **{one.name: getattr(self, one.name) for one in fields(self)})
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> StreetNetwork:
        """What `to_bytes` wrote."""
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return cls(**{one.name: arrays[one.name] for one in fields(cls)})


class Streets:
    """A network made ready to be asked."""

    def __init__(self, network: StreetNetwork) -> None:
        from scipy.spatial import cKDTree

        self._network = network
        self._matrices = {profile: _backwards(network, *_speeds(network, profile)) for profile in Profile}
        self._fastest = {profile: max(map(_top, _speeds(network, profile))) for profile in Profile}
        self._junctions = {profile: _mainland(matrix) for profile, matrix in self._matrices.items()}
        self._places = unit_vectors(network.latitude, network.longitude)
        self._trees = {
            profile: cKDTree(self._places[rows]) if len(rows) else None for profile, rows in self._junctions.items()
        }

    def fastest(self, profile: Profile) -> float:
        """No way is faster than the straight line at this speed, m/s."""
        return max(self._fastest[profile], line_speed(profile))

    def ways(self, *, to: tuple[float, float], profile: Profile, limit_s: float) -> Ways:
        """All ways to `to` (latitude, longitude) that take no longer than the limit."""
        from scipy.sparse.csgraph import dijkstra

        tree, rows = self._trees[profile], self._junctions[profile]
        end = self._nearest(to, profile)
        if end is None:
            return Ways(profile, limit_s)
        times: Doubles = dijkstra(self._matrices[profile], indices=[end.junction], limit=limit_s)[0]
        times += end.metres / _OFF_STREET_SPEED
        reached = np.flatnonzero(times <= limit_s)
        apart = np.linalg.norm(self._places[reached] - unit_vectors([to[0]], [to[1]]), axis=1)
        metres = 2 * EARTH_RADIUS_M * np.arcsin(np.minimum(1.0, apart / 2))
        return Ways(profile, limit_s, tree, times[rows], times[reached], metres)

    def way(
        self, *, start: tuple[float, float], to: tuple[float, float], profile: Profile, limit_s: float
    ) -> StreetWay | None:
        """The fastest from start to `to`; None where no street is within 500 m of an end or it takes too long."""
        from scipy.sparse.csgraph import dijkstra

        first, last = self._nearest(start, profile), self._nearest(to, profile)
        if first is None or last is None:
            return None
        times, onward = dijkstra(
            self._matrices[profile], indices=[last.junction], limit=limit_s, return_predecessors=True
        )
        if not math.isfinite(times[0, first.junction]):
            return None
        junctions = [first.junction]
        while junctions[-1] != last.junction:
            junctions.append(int(onward[0, junctions[-1]]))
        along = zip(
            self._network.latitude[junctions].tolist(), self._network.longitude[junctions].tolist(), strict=True
        )
        seconds = float(times[0, first.junction]) + (first.metres + last.metres) / _OFF_STREET_SPEED
        return StreetWay([start, *along, to], seconds)

    def _nearest(self, place: tuple[float, float], profile: Profile) -> _Snap | None:
        """The junction where a way begins or ends; None where none is within _FARTHEST_SNAP_M."""
        tree = self._trees[profile]
        if tree is None:
            return None
        chord, spot = tree.query(unit_vectors(*place))
        metres = float(chord) * EARTH_RADIUS_M
        return _Snap(int(self._junctions[profile][spot]), metres) if metres <= _FARTHEST_SNAP_M else None


@dataclass(frozen=True, slots=True)
class StreetWay:
    """places: (latitude, longitude) from the start to the end, degrees; seconds: how long it takes."""

    places: list[tuple[float, float]]
    seconds: float


@dataclass(frozen=True, slots=True)
class _Snap:
    """junction: row of the network; metres: straight line to it."""

    junction: int
    metres: float


class Ways:
    """The ways to one place, found once, asked often. Between a place and the nearest junction one walks straight."""

    def __init__(
        self, profile: Profile, limit_s: float, tree: cKDTree | None = None, times: Doubles | None = None,
        reached_s: Doubles | None = None, reached_m: Doubles | None = None,
    ) -> None:  # fmt: skip
        """tree: None where no street is near the place. times: seconds by the tree's junctions.

        reached_s, reached_m: of the junctions within the limit, seconds and metres of straight line.
        """
        self.profile, self.limit_s = profile, limit_s
        self._tree, self._times, self._reached_s, self._reached_m = tree, times, reached_s, reached_m

    def seconds_from(self, latitude: Doubles, longitude: Doubles) -> Doubles:
        """From each place.

        Infinity where it takes longer than the limit or no way leads there; NaN where no street is within 500 m of
        either end.
        """
        if self._tree is None or self._times is None:
            return np.full(len(latitude), np.nan)
        chords, spots = self._tree.query(unit_vectors(latitude, longitude))
        first_m: Doubles = np.asarray(chords, np.float64) * EARTH_RADIUS_M
        seconds: Doubles = self._times[spots] + first_m / _OFF_STREET_SPEED
        seconds[seconds > self.limit_s] = np.inf
        seconds[first_m > _FARTHEST_SNAP_M] = np.nan
        return seconds

    def farthest(self, seconds: float) -> float:
        """Metres of straight line beyond which nobody takes `seconds` or less, by street or where none is known.

        Infinity beyond the limit. Whoever comes in time walks to a junction first: he is no farther from it than he
        walks in what its way leaves of the time.
        """
        if seconds > self.limit_s:
            return math.inf
        farthest = line_metres(seconds, self.profile)
        if self._reached_s is not None and self._reached_m is not None:
            left = seconds - self._reached_s
            in_time = left >= 0
            metres = self._reached_m[in_time] + left[in_time] * _OFF_STREET_SPEED
            farthest = max(farthest, float(metres.max(initial=0.0)))
        return farthest * _ROUNDING + _ROUNDING_M


def line_speed(profile: Profile) -> float:
    """The speed assumed where no street is known, m/s."""
    return {Profile.WALKING: WALKING_SPEED, Profile.BICYCLE: BICYCLE_SPEED, Profile.CAR: _LINE_CAR_SPEED}[profile]


def line_seconds(metres: Doubles, profile: Profile) -> Doubles:
    """The straight line, made longer by DETOUR, at the profile's usual speed."""
    return metres * DETOUR / line_speed(profile)


def line_metres(seconds: float, profile: Profile) -> float:
    """How far one comes in that time where no street is known: what `line_seconds` turns around."""
    return seconds * line_speed(profile) / DETOUR


def _mainland(matrix: csr_array[np.float64, tuple[int, int]]) -> npt.NDArray[np.intp]:
    """The junctions of the largest piece that hangs together: nobody is looked for on an island."""
    from scipy.sparse.csgraph import connected_components

    _, piece = connected_components(matrix, connection="weak")
    sizes = np.bincount(piece)
    return np.flatnonzero(piece == sizes.argmax()) if sizes.max() > 1 else np.empty(0, np.intp)


def _speeds(network: StreetNetwork, profile: Profile) -> tuple[Floats, Floats]:
    """(from start to end, from end to start)."""
    match profile:
        case Profile.WALKING:
            return network.foot, network.foot
        case Profile.BICYCLE:
            return network.bicycle, network.bicycle
        case Profile.CAR:
            return network.car, network.car_back


def _top(speed: Floats) -> float:
    return float(speed.max(initial=0.0))


def _backwards(network: StreetNetwork, forth: Floats, back: Floats) -> csr_array[np.float64, tuple[int, int]]:
    """Seconds by (where a piece leads to, where it comes from): a search from the end finds every beginning."""
    from scipy.sparse import csr_array

    count = len(network.latitude)
    there, here = forth > 0, back > 0
    leads_to = np.r_[network.end[there], network.start[here]]
    comes_from = np.r_[network.start[there], network.end[here]]
    seconds = np.r_[network.metres[there] / forth[there], network.metres[here] / back[here]].astype(np.float64)
    order = np.lexsort((seconds, comes_from, leads_to))  # of parallel pieces the fastest counts
    leads_to, comes_from, seconds = leads_to[order], comes_from[order], seconds[order]
    first = np.append(True, (leads_to[1:] != leads_to[:-1]) | (comes_from[1:] != comes_from[:-1]))[: len(seconds)]
    return csr_array((seconds[first], (leads_to[first], comes_from[first])), shape=(count, count))
