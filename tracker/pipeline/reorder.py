"""Stage: the order of time. What is not newer than the device's last position is late: history only, never the map.

A fix of the same instant at the same place is a resend: accepted, for it must be acknowledged, and doubtful, for it is
probably stored. A fix of the same instant elsewhere contradicts the stored one and is refused.
"""

from __future__ import annotations

from tracker.model.refusal import Refusal
from tracker.pipeline.turn import Turn

__all__ = ["order_of", "reorder"]


def order_of(known: tuple[int, float, float], fix_time: int, latitude: float, longitude: float) -> tuple[Refusal, bool]:
    """The rule for one fix: (verdict, late). known: fix_time, latitude, longitude of the newest position."""
    if fix_time > known[0]:
        return Refusal.NONE, False
    if fix_time == known[0] and (latitude, longitude) != known[1:]:
        return Refusal.CONFLICT, True
    return Refusal.NONE, True


def reorder(turn: Turn) -> None:
    """`order_of` for every row."""
    states, device = turn.states, turn.device
    newest = states.fix_time[device]
    turn.late[:] = turn.fix_time <= newest
    if not turn.late.any():
        return
    turn.doubtful[:] = turn.late
    elsewhere = (turn.latitude != states.latitude[device]) | (turn.longitude != states.longitude[device])
    turn.verdict[(turn.fix_time == newest) & elsewhere] = Refusal.CONFLICT
