"""Viewers with equal subscriptions form a group: what changed for one changed for all, so it is encoded once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracker.live.service import LiveView

__all__ = ["Box", "Delta", "Subscription", "delta_of", "inside"]

Rows = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a viewer wants: keys of organisations it may see and asked for; bbox west, south, east, north or None."""

    organisations: frozenset[int]
    bbox: Box | None


@dataclass(frozen=True, slots=True)
class Delta:
    """What changed for a group: rows that are inside now, and keys that are not (any more)."""

    inside: Rows
    outside: Rows


def inside(subscription: Subscription, view: LiveView, rows: Rows) -> Flags:
    """Which of these rows the subscription shows. A box may cross the antimeridian (west > east)."""
    wanted = np.fromiter(subscription.organisations, np.int32, len(subscription.organisations))
    shown = view.shown[rows] & np.isin(view.organisation[rows], wanted)
    if subscription.bbox is not None:
        west, south, east, north = subscription.bbox
        latitude, longitude = view.latitude[rows], view.longitude[rows]
        shown &= (latitude >= south) & (latitude <= north)
        between = (longitude >= west) & (longitude <= east)
        shown &= between if west <= east else (longitude >= west) | (longitude <= east)
    return shown


def delta_of(subscription: Subscription, view: LiveView, since: int) -> Delta:
    """What changed after that sequence, as this subscription sees it."""
    changed = np.flatnonzero(view.changed > since)
    shown = inside(subscription, view, changed)
    return Delta(inside=changed[shown], outside=changed[~shown])
