"""The circles around an incident in which members are looked at: everybody's, and that of the grid's own. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

from dispatch.recommend.model import Policy

__all__ = ["MOST_LOOKED_AT", "Circle", "circles_for"]

_FIRST_LOOK = 32
MOST_LOOKED_AT = 4_096
"""Of one circle."""


@dataclass(slots=True)
class Circle:
    """Who of a selection was looked at. reach: metres up to which everybody was; infinity: all of them.

    of_grid: of those who may be of the grid that holds the place. count: how many to look at, or were.
    """

    organisations: frozenset[int]
    of_grid: bool
    count: int = _FIRST_LOOK
    reach: float = -1.0

    def widen(self, radius: float) -> bool:
        """Look at more next time, about as many as lie within the radius in metres; False: that would be too many."""
        if self.reach < 0:
            return True  # nobody was looked at yet
        if self.count >= MOST_LOOKED_AT:
            return False
        share = 2.0 if math.isinf(radius) else radius / max(self.reach, 1.0)
        self.count = min(MOST_LOOKED_AT, max(2 * self.count, math.ceil(self.count * 1.2 * min(share, 4.0) ** 2)))
        return True


def circles_for(organisations: frozenset[int], homes: frozenset[int], policy: Policy) -> list[Circle]:
    """Those that a policy needs. organisations: whose members may be sent; homes: of members of the place's grid."""
    match policy:
        case Policy.TRAVEL_TIME:
            return [Circle(organisations, of_grid=False), Circle(organisations & homes, of_grid=True)]
        case Policy.NEAREST:
            return [Circle(organisations, of_grid=False)]
        case Policy.OWN_GRID:
            return [Circle(organisations & homes, of_grid=True)]
