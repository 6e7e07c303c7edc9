"""Stages: what can be believed.

`sane` needs the fix alone: numbers in range, a time near the server's. `no_jumps` compares with the device's previous
position: farther than the fastest vehicle could have come, plus what both fixes may be off, is a jump. One wrong
position must not lock a device out for ever: jumps in a row that agree with each other are believed at last.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from tracker.geo.geodesy import distance, distances
from tracker.model.batch import FixBatch
from tracker.model.refusal import Refusal
from tracker.pipeline.limits import Limits
from tracker.pipeline.turn import Turn

__all__ = ["FASTEST", "is_jump", "no_jumps", "sane", "sanity_of"]

FASTEST = 400.0
"""m/s that a receiver may claim as its speed; beyond it the field is wrong."""

_BOUNDED = ("latitude", "longitude", "speed", "course")


def sanity_of(
    fix_time: int, latitude: float, longitude: float, speed: float, course: float, *, limits: Limits, now: int
) -> Refusal:
    """The rule for one fix; speed and course NaN when unknown. now: microseconds since 1970."""
    if not (math.isfinite(latitude) and math.isfinite(longitude)) or math.isinf(speed) or math.isinf(course):
        return Refusal.NOT_FINITE
    if abs(latitude) > 90 or abs(longitude) > 180 or not (math.isnan(speed) or 0 <= speed <= FASTEST):
        return Refusal.OUT_OF_RANGE
    if not (math.isnan(course) or 0 <= course < 360):
        return Refusal.OUT_OF_RANGE
    if fix_time > now + limits.max_lead:
        return Refusal.FUTURE
    if limits.max_age is not None and fix_time < now - limits.max_age:
        return Refusal.TOO_OLD
    return Refusal.NONE


def sane(batch: FixBatch, *, limits: Limits, now: int) -> npt.NDArray[np.int8]:
    """`sanity_of` for every row; the first reason of the rule wins."""
    verdict = np.zeros(len(batch), np.int8)
    if limits.max_age is not None:
        verdict[batch.fix_time < now - limits.max_age] = Refusal.TOO_OLD
    verdict[batch.fix_time > now + limits.max_lead] = Refusal.FUTURE
    with np.errstate(invalid="ignore"):
        out = (np.abs(batch.latitude) > 90) | (np.abs(batch.longitude) > 180)
        out |= (batch.speed < 0) | (batch.speed > FASTEST) | (batch.course < 0) | (batch.course >= 360)
    verdict[out] = Refusal.OUT_OF_RANGE
    finite = np.isfinite(batch.latitude) & np.isfinite(batch.longitude)
    finite &= ~(np.isinf(batch.speed) | np.isinf(batch.course))
    verdict[~finite] = Refusal.NOT_FINITE
    return verdict


def is_jump(
    before: tuple[int, float, float, float], fix_time: int, latitude: float, longitude: float, accuracy: float,
    *, limits: Limits,
) -> bool:  # fmt: skip
    """The rule for one fix: too far from `before` (fix_time, latitude, longitude, accuracy) for the time between."""
    seconds = (fix_time - before[0]) / 1e6
    reach = limits.max_speed * seconds + limits.jump_slack + before[3] + (0.0 if math.isnan(accuracy) else accuracy)
    return distance(before[1], before[2], latitude, longitude) > reach


def no_jumps(turn: Turn) -> None:
    """`is_jump` for every row that is newer, and the count of jumps that agree; fills `gap`, metres from before."""
    rows = turn.going_on()
    states, limits, device = turn.states, turn.limits, turn.device[rows]
    known = states.fix_time[device] > 0
    seconds = (turn.fix_time[rows] - states.fix_time[device]) / 1e6
    gap = distances(states.latitude[device], states.longitude[device], turn.latitude[rows], turn.longitude[rows])
    turn.gap[rows] = np.where(known, gap, 0.0)
    accuracy = np.nan_to_num(turn.accuracy[rows], nan=0.0)
    reach = limits.max_speed * seconds + limits.jump_slack + states.accuracy[device] + accuracy
    jumped = known & (turn.gap[rows] > reach)
    states.jumps[device[~jumped]] = 0
    if jumped.any():
        _count_jumps(turn, rows[jumped])


def _count_jumps(turn: Turn, rows: npt.NDArray[np.intp]) -> None:
    """Refuse these rows, but believe a device whose last jumps all lead to the same neighbourhood."""
    for row in rows.tolist():
        states, limits, device = turn.states, turn.limits, turn.device[row]
        latitude, longitude, accuracy = turn.latitude[row], turn.longitude[row], float(turn.accuracy[row])
        last = (int(states.jump_time[device]), states.jump_latitude[device], states.jump_longitude[device], 0.0)
        agrees = states.jumps[device] > 0 and not is_jump(
            last, int(turn.fix_time[row]), latitude, longitude, accuracy, limits=limits
        )
        states.jumps[device] = states.jumps[device] + 1 if agrees else 1
        states.jump_time[device] = turn.fix_time[row]
        states.jump_latitude[device], states.jump_longitude[device] = latitude, longitude
        if states.jumps[device] < limits.believe_after:
            turn.verdict[row] = Refusal.JUMP
        else:
            states.jumps[device] = 0
            turn.gap[row] = 0.0  # nobody travelled it
