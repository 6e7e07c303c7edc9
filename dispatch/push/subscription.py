"""What a viewer wants to see. Viewers with equal subscriptions are sent the same bytes. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracker.live.service import LiveView, organisation_flags

__all__ = ["Box", "Coverage", "Subscription"]

Rows = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Subscription:
    """organisations: keys, those asked for that the viewer may see; bbox: west, south, east, north or None.

    elsewhere: keys of organisations of which only what happens is told, not who moves.
    """

    organisations: frozenset[int]
    bbox: Box | None
    elsewhere: frozenset[int] = frozenset()

    @property
    def told(self) -> frozenset[int]:
        """Organisations of which what happens is told."""
        return self.organisations | self.elsewhere


class Coverage:
    """A subscription made ready to be asked of many rows."""

    def __init__(self, subscription: Subscription) -> None:
        self._organisations = organisation_flags(subscription.organisations)
        self._bbox = subscription.bbox

    def of(self, view: LiveView, rows: Rows) -> Flags:
        """Which of these rows are shown to its viewers; shape of `rows`. West > east crosses the antimeridian."""
        covered: Flags = view.shown[rows] & self._organisations.take(view.organisation[rows], mode="clip")
        if self._bbox is None:
            return covered
        west, south, east, north = self._bbox
        latitude, longitude = view.latitude[rows], view.longitude[rows]
        eastwards, westwards = longitude >= west, longitude <= east
        covered &= (latitude >= south) & (latitude <= north)
        return covered & (eastwards & westwards if west <= east else eastwards | westwards)
