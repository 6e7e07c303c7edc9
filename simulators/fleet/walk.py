"""Members on the streets: true places, before any receiver errs about them.

At each junction a member takes a way at random: rather straight on than aside, hardly ever back, rather in the own
grid than out of it, and outside of it rather homewards. Vehicles keep to roads. A member who is sent on an errand takes
the ways of the errand instead, and stays where it ends until released.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulators.city.streets import METRES_PER_DEGREE, StreetGraph
from simulators.fleet.scenario import Scenario

__all__ = ["Walk", "Walkers", "speeds_of"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Rows = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

WALKING, CYCLING, DRIVING = (0.8, 1.6), (3.0, 5.5), (5.0, 11.0)  # m/s, slowest and fastest
_BACK, _ABROAD, _OFF_ROAD = 0.01, 0.02, 1e-4  # weights against 1 for what is liked
_STRAIGHT, _HOMEWARD = 1.5, 3.0  # exponents of cosines


@dataclass(frozen=True, slots=True, kw_only=True)
class Walkers:
    """Who walks, shape (n,) each. grid: row of the own grid; speed: m/s when moving; drives: keeps to roads."""

    grid: Ints
    speed: Floats
    drives: Flags


def speeds_of(random: np.random.Generator, scenario: Scenario, grid: Ints) -> Walkers:
    """Draw who goes on foot, by bicycle and by car, and how fast."""
    draw = random.random(len(grid))
    drives = draw < scenario.vehicles
    cycles = ~drives & (draw < scenario.vehicles + scenario.bicycles)
    low = np.select([drives, cycles], [DRIVING[0], CYCLING[0]], WALKING[0])
    high = np.select([drives, cycles], [DRIVING[1], CYCLING[1]], WALKING[1])
    return Walkers(grid=grid, speed=scenario.pace * random.uniform(low, high), drives=drives)


class Walk:
    """Where everybody is: `way` and metres `along` it, arrays of shape (n,)."""

    def __init__(self, streets: StreetGraph, home: Ints, walkers: Walkers, random: np.random.Generator) -> None:
        self._streets, self._home, self._walkers, self._random = streets, home, walkers, random
        self._centre_east, self._centre_north = _centres(streets, home, int(walkers.grid.max(initial=0)) + 1)
        self.way = self._first_ways()
        self.along = random.random(len(self.way)) * streets.length[self.way]
        self._errands: dict[int, deque[int]] = {}
        self._stays = np.zeros(len(self.way), np.bool_)

    def send(self, row: int, ways: Sequence[int]) -> None:
        """Take these ways next, each beginning where the one before ends, the first where the present one ends."""
        self._errands[row] = deque(ways)
        self._stays[row] = False

    def stay(self, row: int) -> None:
        """Do not move until sent or released."""
        self._stays[row] = True

    def is_there(self, row: int) -> bool:
        """Whether the member's errand is at its end."""
        return bool(self._stays[row])

    def release(self, row: int) -> None:
        """Stroll on."""
        self._errands.pop(row, None)
        self._stays[row] = False

    def is_busy(self, rows: Rows) -> Flags:
        """Who is on an errand, or stays at its end."""
        busy = self._stays[rows].copy()
        if self._errands:
            busy |= np.isin(rows, list(self._errands))
        return busy

    def advance(self, rows: Rows, metres: Floats) -> None:
        """Move each of `rows` so far along the streets; those who stay do not move."""
        moves = ~self._stays[rows]
        rows, metres = rows[moves], metres[moves]
        self.along[rows] += metres
        over = rows[self.along[rows] >= self._streets.length[self.way[rows]]]
        while len(over):
            self.along[over] -= self._streets.length[self.way[over]]
            self.way[over] = self._next_ways(over)
            self._follow(over)
            over = over[self.along[over] >= self._streets.length[self.way[over]]]

    def _follow(self, rows: Rows) -> None:
        """Those on errands take its next way in place of the one drawn; at its end they stay at the junction."""
        if not self._errands:
            return
        for row in rows.tolist():
            errand = self._errands.get(row)
            if errand:
                self.way[row] = errand.popleft()
            elif errand is not None:
                self._stays[row], self.along[row] = True, 0.0
                del self._errands[row]

    def places(self, rows: Rows) -> tuple[Floats, Floats]:
        """True latitude and longitude of `rows`."""
        return self._streets.place(self.way[rows], self.along[rows])

    def courses(self, rows: Rows) -> Floats:
        """Degrees true in [0, 360) in which each of `rows` goes."""
        ways = self.way[rows]
        courses: Floats = np.degrees(np.arctan2(self._streets.east[ways], self._streets.north[ways])) % 360
        return courses

    def _first_ways(self) -> Ints:
        """Somewhere on the streets of the own grid, long ones more often; drivers on a road where there is one."""
        ways = np.empty(len(self._walkers.grid), np.int32)
        by_grid = np.argsort(self._home, kind="stable").astype(np.int32)
        bounds = np.searchsorted(self._home[by_grid], np.arange(self._home.max() + 2))
        for row, grid in enumerate(self._walkers.grid.tolist()):
            own = by_grid[bounds[grid] : bounds[grid + 1]]
            liked = self._streets.length[own] * self._liking(own, drives=bool(self._walkers.drives[row]))
            ways[row] = own[np.searchsorted(np.cumsum(liked), self._random.random() * liked.sum())]
        return ways

    def _liking(self, ways: Ints, *, drives: bool) -> Floats:
        return np.where(self._streets.drivable[ways], 1.0, _OFF_ROAD if drives else 1.0)

    def _next_ways(self, rows: Rows) -> Ints:
        """Draw a way out of the junction that each of `rows` has reached."""
        junction = self._streets.end[self.way[rows]]
        first, degree = self._streets.first[junction], np.diff(self._streets.first)[junction]
        column = np.arange(degree.max(), dtype=np.int32)
        ways = first[:, None] + np.minimum(column, degree[:, None] - 1)
        weight = np.where(column < degree[:, None], self._weights(rows, ways), 0.0)
        drawn = np.cumsum(weight, axis=1)
        chosen = (drawn <= self._random.random(len(rows))[:, None] * drawn[:, -1:]).sum(axis=1)
        taken: Ints = ways[np.arange(len(rows)), np.minimum(chosen, degree - 1)]
        return taken

    def _weights(self, rows: Rows, ways: Ints) -> Floats:
        streets, came, grid = self._streets, self.way[rows], self._walkers.grid[rows]
        straight = streets.east[came, None] * streets.east[ways] + streets.north[came, None] * streets.north[ways]
        weight = np.exp(_STRAIGHT * straight)
        weight *= np.where(streets.end[ways] == streets.start[came, None], _BACK, 1.0)
        weight *= np.where(streets.drivable[ways] | ~self._walkers.drives[rows, None], 1.0, _OFF_ROAD)
        at_home = self._home[ways] == grid[:, None]
        weight *= np.where(at_home, 1.0, _ABROAD * np.exp(_HOMEWARD * self._homewards(streets.end[came], grid, ways)))
        return weight

    def _homewards(self, junction: Ints, grid: Ints, ways: Ints) -> Floats:
        """Cosine between each way and the direction to the middle of the own grid."""
        streets = self._streets
        east = self._centre_east[grid] - streets.longitude[junction]
        north = self._centre_north[grid] - streets.latitude[junction]
        east *= np.cos(np.radians(streets.latitude[junction]))
        distance = np.hypot(east, north) + 1.0 / METRES_PER_DEGREE
        cosine: Floats = (east[:, None] * streets.east[ways] + north[:, None] * streets.north[ways]) / distance[:, None]
        return cosine


def _centres(streets: StreetGraph, home: Ints, grids: int) -> tuple[Floats, Floats]:
    """Longitude and latitude of the middle of each grid's streets."""
    grids = max(grids, int(home.max()) + 1)
    inside = home >= 0
    number = np.maximum(np.bincount(home[inside], minlength=grids), 1)
    longitude, latitude = streets.middles()[inside].T
    east = np.bincount(home[inside], weights=longitude, minlength=grids) / number
    north = np.bincount(home[inside], weights=latitude, minlength=grids) / number
    return east, north
