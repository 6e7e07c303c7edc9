"""A fleet of handhelds: who is where, what the receiver makes of it, and when it reaches the network.

Time is the fleet's own: turn k of n a round lies at `start + k * interval / n`, whatever the clock says, so that one
seed, scenario and rate give one sequence of reports.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from simulators.city.city import City
from simulators.city.streets import METRES_PER_DEGREE
from simulators.fleet.reports import Reports
from simulators.fleet.scenario import Scenario
from simulators.fleet.walk import Floats, Rows, Walk, speeds_of

__all__ = ["Fleet"]

_TURN_S = 0.05
_GROUND_M = 347.0  # the demo city lies so high above the sea
_TO_95_PERCENT = 2.45  # from the standard deviation of each of two axes to the radius of 95 %
_LOW_BATTERY = 0.05
_SPEED_NOISE = 0.08  # m/s


class Fleet:
    """`turn()` again and again gives the reports in order; each member has one turn a round, spread over the round.

    grids: the row of each member's grid in the city. rate: rounds a second. start_ms: of the first turn.
    """

    def __init__(
        self, city: City, grids: Sequence[int], scenario: Scenario, *, rate: float, seed: int, start_ms: int
    ) -> None:
        self._scenario, self._random = scenario, np.random.default_rng((seed, 3))
        self._walkers = speeds_of(self._random, scenario, np.array(grids, np.int32))
        self.walk = Walk(city.streets, city.home, self._walkers, self._random)
        self._start_ms, self._interval_s, self._turn = float(start_ms), 1.0 / rate, 0
        self._turns = max(1, min(len(grids), round(self._interval_s / _TURN_S)))
        count = len(grids)
        self._rest_until, self._no_fix_until, self._link_until = np.zeros((3, count))  # seconds since start
        self._error = self._random.normal(0, scenario.noise_m, (3, count))  # metres east, north, up
        self._battery = self._random.uniform(0.3, 1.0, count)
        self._held: list[Reports] = []

    @property
    def due_ms(self) -> int:
        """When the next turn lies, milliseconds since 1970."""
        return int(self._start_ms + 1000 * self._elapsed_s)

    def skip(self, ms: int) -> None:
        """Everybody stands still for so long: after the machine slept or could not keep pace."""
        self._start_ms += ms

    def turn(self) -> Reports:
        """Move the members whose turn it is; what goes out now: late ones first, then theirs, then what goes twice."""
        rows, now_s = np.arange(self._turn % self._turns, len(self._battery), self._turns), self._elapsed_s
        fresh = self._measure(rows, self._step(rows, now_s))
        self._turn += 1
        fresh = fresh.take(self._begin(self._no_fix_until, rows, self._scenario.no_fix, self._scenario.no_fix_s, now_s))
        self._begin(self._link_until, rows, self._scenario.link_losses, self._scenario.link_loss_s, now_s)
        return self._delivered(fresh, now_s)

    def rest(self) -> Reports | None:
        """What is still held by lost links, when everything ends; None when nothing is."""
        held, self._held = self._held, []
        return Reports.concatenate(held) if held else None

    @property
    def _elapsed_s(self) -> float:
        return self._turn * self._interval_s / self._turns

    def _begin(
        self, until: Floats, rows: Rows, times_an_hour: float, mean_s: float, now_s: float
    ) -> npt.NDArray[np.bool_]:
        """Draw for whom a state begins; True for those not in it."""
        starts = self._random.random(len(rows)) < 1 - np.exp(-times_an_hour * self._interval_s / 3600)
        lasting = now_s + self._random.exponential(mean_s, len(rows))
        until[rows] = np.where(starts & (until[rows] <= now_s), lasting, until[rows])
        out: npt.NDArray[np.bool_] = until[rows] <= now_s
        return out

    def _step(self, rows: Rows, now_s: float) -> Floats:
        """Walk for one interval; the true speed of each, m/s."""
        walks = self._begin(self._rest_until, rows, self._scenario.pauses, self._scenario.pause_s, now_s)
        speed = np.where(walks | self.walk.is_busy(rows), self._walkers.speed[rows], 0.0)
        if self._turn >= self._turns:  # the first round is where they start
            self.walk.advance(rows, speed * self._interval_s)
        return speed

    def _measure(self, rows: Rows, speed: Floats) -> Reports:
        latitude, longitude = self.walk.places(rows)
        east, north, up = self._errors(rows)
        measured: Floats = np.abs(speed + self._random.normal(0, _SPEED_NOISE, len(rows)))
        hdop: Floats = self._random.uniform(0.7, 1.3, len(rows))
        radius: Floats = np.maximum(1.0, _TO_95_PERCENT * self._scenario.noise_m * hdop)
        return Reports(
            member=rows,
            time_ms=np.full(len(rows), self.due_ms),
            latitude=np.round(latitude + north / METRES_PER_DEGREE, 7),
            longitude=np.round(longitude + east / METRES_PER_DEGREE / np.cos(np.radians(latitude)), 7),
            speed=np.round(measured, 2),
            course=np.where(speed > 0, np.round(self.walk.courses(rows), 1) % 360, np.nan),
            altitude=np.round(_GROUND_M + 2 * up, 1),
            accuracy=np.round(radius, 1),
            hdop=np.round(hdop, 1),
            battery=np.round(self._drained(rows), 2),
            is_again=np.zeros(len(rows), bool),
        )

    def _errors(self, rows: Rows) -> Floats:
        """A Gauss-Markov step: errors stay alike for a while, as those of real receivers do."""
        alike = np.exp(-self._interval_s / self._scenario.noise_memory_s)
        new = self._random.normal(0, self._scenario.noise_m, (3, len(rows)))
        self._error[:, rows] = alike * self._error[:, rows] + np.sqrt(1 - alike**2) * new
        errors: Floats = self._error[:, rows]
        return errors

    def _drained(self, rows: Rows) -> Floats:
        left = self._battery[rows] - self._interval_s / 3600 / self._scenario.battery_hours
        self._battery[rows] = np.where(left < _LOW_BATTERY, 1.0, left)
        drained: Floats = self._battery[rows]
        return drained

    def _delivered(self, fresh: Reports, now_s: float) -> Reports:
        """Hold what has no link; let out what has one again. In order for each member."""
        waiting = Reports.concatenate([*self._held, fresh])
        linked = self._link_until[waiting.member] <= now_s
        self._held = [] if linked.all() else [waiting.take(~linked)]
        out = waiting.take(linked)
        again = out.take(self._random.random(len(out)) < self._scenario.duplicates)
        again.is_again[:] = True
        return Reports.concatenate([out, again])
