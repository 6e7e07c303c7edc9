"""Who was looked at for an incident, in columns: how far each is, the time of the way, the least that sending costs."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from dispatch.recommend.model import Policy, Travel, least_costs
from dispatch.streets.model import Profile, Streets, Ways, line_metres, line_seconds
from tracker.live.service import LiveService, Near

__all__ = ["Looked"]

Rows = npt.NDArray[np.intp]
Doubles = npt.NDArray[np.float64]

_LIMITS_S = (150.0, 1_200.0, 4_800.0, 19_200.0)
"""How long a way is looked for: longer while one of the best costs more than that."""


class Looked:
    """Members in the order they were looked at; each has a place in the columns.

    rows: of the live table. metres: straight line. seconds: by street, as `Ways.seconds_from` tells them. least: what
    sending costs at the least. asked: whether the database was asked for them.
    """

    def __init__(
        self, live: LiveService, streets: Streets | None, to: tuple[float, float], policy: Policy, profile: Profile,
        homes: frozenset[int],
    ) -> None:  # fmt: skip
        """to: latitude and longitude of the incident; homes: keys of organisations of its grid's members."""
        self._table, self._streets, self._to = live.table, streets, to
        self._policy, self._profile, self._homes = policy, profile, homes
        self._limits = list(_LIMITS_S)
        self._ways = self._ways_within(self._limits.pop(0))
        self.rows, self.metres = np.empty(0, np.intp), np.empty(0)
        self.seconds, self.least = np.empty(0), np.empty(0)
        self.asked = np.empty(0, np.bool_)

    def add(self, near: Sequence[Near]) -> None:
        """Those of them who were not looked at before."""
        rows = np.array([one.device for one in near], np.intp)
        fresh = ~np.isin(rows, self.rows)
        rows, metres = rows[fresh], np.array([one.metres for one in near])[fresh]
        seconds, least = self._times(rows, metres)
        self.rows, self.metres = np.append(self.rows, rows), np.append(self.metres, metres)
        self.seconds, self.least = np.append(self.seconds, seconds), np.append(self.least, least)
        self.asked = np.append(self.asked, np.zeros(len(rows), np.bool_))

    def promising(self, worst: float, most: int) -> Rows:
        """Places of those not asked for yet whose least is no more than `worst`, the least first; they are now."""
        waiting = np.flatnonzero(~self.asked)
        near = waiting[self.least[waiting] <= worst]
        near = near[np.argsort(self.least[near], kind="stable")[:most]]
        self.asked[near] = True
        return near

    def nearest_waiting(self) -> float:
        """Metres to the nearest of those not asked for; infinity: there is none."""
        return float(self.metres[~self.asked].min(initial=math.inf))

    def lengthen(self, best: Sequence[int], worst: float) -> bool:
        """Look for longer ways, where one of the best (places) has one, or the search needs them; whether it did."""
        if self._ways is None or not self._limits:
            return False
        needed = self._policy is Policy.TRAVEL_TIME and self._ways.limit_s < worst < math.inf
        if not needed and not np.isinf(self.seconds[list(best)]).any():
            return False
        self._ways = self._ways_within(self._limits.pop(0))
        self.seconds, self.least = self._times(self.rows, self.metres)
        return True

    def farthest(self, seconds: float) -> float:
        """Metres beyond which nobody comes in so many seconds; infinity: that is not known yet."""
        if self._streets is None or self._ways is None:
            return line_metres(seconds, self._profile)
        return min(self._ways.farthest(seconds), seconds * self._streets.fastest(self._profile))

    def travel(self, place: int) -> Travel:
        """The way of the one at that place, and what its time is of."""
        seconds, line = float(self.seconds[place]), float(line_seconds(self.metres[place], self._profile))
        if math.isnan(seconds):
            return Travel(line, "line")
        if math.isinf(seconds) and self._ways is not None:
            return Travel(max(self._ways.limit_s, line), "beyond")
        return Travel(seconds, "streets")

    def _times(self, rows: Rows, metres: Doubles) -> tuple[Doubles, Doubles]:
        """(seconds by street, the least that sending each costs)."""
        table = self._table
        by_line = line_seconds(metres, self._profile)
        if self._ways is None:
            seconds, travel = np.full(len(rows), np.nan), by_line
        else:
            seconds = self._ways.seconds_from(table.latitude[rows], table.longitude[rows])
            travel = np.where(np.isnan(seconds), by_line, np.minimum(seconds, self._ways.limit_s))
        of_grid = np.isin(table.organisation[rows], list(self._homes))
        return seconds, least_costs(travel, metres, of_grid, self._policy)

    def _ways_within(self, limit_s: float) -> Ways | None:
        if self._streets is None:
            return None
        return self._streets.ways(to=self._to, profile=self._profile, limit_s=limit_s)
