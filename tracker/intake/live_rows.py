"""From a tick's outcome to what the live side is told: the newest accepted row of each device, late ones left out."""

from __future__ import annotations

import numpy as np

from tracker.model.live_row import LIVE_ROW, LiveRows
from tracker.pipeline.outcome import Outcome

__all__ = ["live_rows"]

EMERGENCY = "sos"


def live_rows(outcome: Outcome) -> LiveRows:
    """One LIVE_ROW a device, its newest; the outcome is sorted by (device, fix_time)."""
    accepted = outcome.accepted
    live = np.flatnonzero(~outcome.late)
    devices = accepted.device[live]
    live = live[np.append(devices[1:] != devices[:-1], True)] if len(live) else live
    rows = np.empty(len(live), LIVE_ROW)
    for name in ("device", "fix_time", "received_at", "latitude", "longitude", "speed", "course", "altitude",
                 "accuracy", "battery"):  # fmt: skip
        rows[name] = getattr(accepted, name)[live]
    rows["cell"] = outcome.cell[live]
    rows["moving"] = outcome.moving[live]
    rows["emergency"] = 0
    for place, row in enumerate(live.tolist() if accepted.extras else ()):
        extra = accepted.extras.get(row)
        rows["emergency"][place] = extra is not None and extra.event == EMERGENCY
    return rows
