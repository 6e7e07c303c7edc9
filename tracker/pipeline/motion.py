"""Stage: moving or stopped.

A device moves when its receiver says so (speed), or, where the receiver gives no speed, when it has left the circle
about its anchor, the place where it last stood. It is stopped once it has not moved for `stopped_after`. Distances
count only on the way: the noise of a receiver that lies on a desk adds up to kilometres a day otherwise.
"""

from __future__ import annotations

import math

import numpy as np

from tracker.geo.geodesy import distance, distances
from tracker.pipeline.limits import Limits
from tracker.pipeline.turn import Turn

__all__ = ["is_moving_now", "motion"]


def is_moving_now(
    anchor: tuple[float, float], latitude: float, longitude: float, speed: float, accuracy: float, *, limits: Limits
) -> bool:
    """The rule for one fix: does it show movement? NaN: no anchor yet, unknown speed, unknown accuracy."""
    if not math.isnan(speed):
        return speed >= limits.moving_speed
    if math.isnan(anchor[0]):
        return False
    radius = max(limits.anchor_radius, 0.0 if math.isnan(accuracy) else accuracy)
    return distance(*anchor, latitude, longitude) > radius


def motion(turn: Turn) -> None:
    """`is_moving_now` for every row that is newer; fills moving and distance, keeps anchors."""
    rows = turn.going_on()
    states, limits, device = turn.states, turn.limits, turn.device[rows]
    latitude, longitude, speed = turn.latitude[rows], turn.longitude[rows], turn.speed[rows]
    known = ~np.isnan(states.anchor_latitude[device])
    fast = speed >= limits.moving_speed
    silent = np.flatnonzero(np.isnan(speed) & known)
    if len(silent):
        anchor = states.anchor_latitude[device[silent]], states.anchor_longitude[device[silent]]
        radius = np.fmax(turn.accuracy[rows[silent]], limits.anchor_radius)
        fast[silent] = distances(*anchor, latitude[silent], longitude[silent]) > radius
    moved = device[fast]
    states.moving_at[moved] = turn.fix_time[rows[fast]]
    settle = fast | ~known
    states.anchor_latitude[device[settle]] = latitude[settle]
    states.anchor_longitude[device[settle]] = longitude[settle]
    turn.moving[rows] = turn.fix_time[rows] - states.moving_at[device] < limits.stopped_after
    turn.distance[rows] = np.where(turn.moving[rows], turn.gap[rows], 0.0)
