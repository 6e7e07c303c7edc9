"""Emergency flags in a tick's outcome: each rise and fall, those between two looks at the live table included."""

from __future__ import annotations

import numpy as np

from tracker.intake.live_rows import EMERGENCY
from tracker.model.emergency import Signal
from tracker.pipeline.outcome import Outcome

__all__ = ["Emergencies"]


class Emergencies:
    """Remembers whose flag is up, as far as this process has seen; what hears the signals settles the rest."""

    def __init__(self) -> None:
        self._up: set[int] = set()

    def signals(self, outcome: Outcome) -> list[Signal]:
        """In the order of (device, fix time). A fix that came late may raise, and never lowers, a flag."""
        accepted = outcome.accepted
        calls = [row for row, extra in accepted.extras.items() if extra.event == EMERGENCY]
        if not calls and not self._up:
            return []
        calling = np.zeros(len(accepted), np.bool_)
        calling[calls] = True
        concerned = np.isin(accepted.device, [*self._up, *accepted.device[calls].tolist()])
        found, raised_late = [], set()
        for row in np.flatnonzero(concerned).tolist():
            device, up, late = int(accepted.device[row]), bool(calling[row]), bool(outcome.late[row])
            if up == (device in self._up) or (late and (not up or device in raised_late)):
                continue
            if late:
                raised_late.add(device)
            else:
                (self._up.add if up else self._up.discard)(device)
            found.append(
                Signal(
                    device=device, up=up, fix_time=int(accepted.fix_time[row]),
                    latitude=float(accepted.latitude[row]), longitude=float(accepted.longitude[row]),
                )
            )  # fmt: skip
        return found
