"""Online, stale or silent, and why silent.

The age of the newest position decides: within the device's stale limit it is online, within its silent limit stale,
beyond that silent. The reason for silence, the first that fits: off shift (nobody expects it), battery (it was nearly
empty when last heard), no fix (the device is heard, but without a position), link (it is not heard at all).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tracker.model.presence import Presence, Silence

__all__ = ["EMPTY_BATTERY", "presence_of", "presences"]

EMPTY_BATTERY = 0.05
"""Below it, silence is put down to the battery."""

Longs = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint8]


def presence_of(
    *, position_age: int, heard_age: int, battery: float, on_duty: bool, stale_after: int, silent_after: int
) -> tuple[Presence, Silence]:
    """The rule for one device; ages and limits in microseconds, battery 0 to 1 or NaN."""
    if position_age <= stale_after:
        return Presence.ONLINE, Silence.NONE
    if position_age <= silent_after:
        return Presence.STALE, Silence.NONE
    if not on_duty:
        return Presence.SILENT, Silence.OFF_SHIFT
    if battery < EMPTY_BATTERY:
        return Presence.SILENT, Silence.BATTERY
    return Presence.SILENT, Silence.NO_FIX if heard_age <= silent_after else Silence.LINK


def presences(
    *,
    position_age: Longs,
    heard_age: Longs,
    battery: npt.NDArray[np.float32],
    on_duty: npt.NDArray[np.bool_],
    stale_after: Longs,
    silent_after: Longs,
) -> tuple[Codes, Codes]:
    """`presence_of` for every row: (presence codes, silence codes), shapes (n,)."""
    silent = position_age > silent_after
    presence = np.where(silent, Presence.SILENT, np.where(position_age > stale_after, Presence.STALE, Presence.ONLINE))
    reason = np.where(heard_age <= silent_after, Silence.NO_FIX, Silence.LINK)
    reason = np.where(battery < np.float32(EMPTY_BATTERY), Silence.BATTERY, reason)
    reason = np.where(on_duty, reason, Silence.OFF_SHIFT)
    return presence.astype(np.uint8), np.where(silent, reason, Silence.NONE).astype(np.uint8)
