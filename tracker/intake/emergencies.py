"""Emergency flags in a tick's outcome: each rise and fall, those between two looks at the live table included."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from tracker.intake.live_rows import EMERGENCY
from tracker.live.table import LiveTable
from tracker.model.emergency import Signal
from tracker.pipeline.outcome import Outcome

__all__ = ["emergency_signals"]

Flags = npt.NDArray[np.bool_]


def emergency_signals(outcome: Outcome, table: LiveTable) -> list[Signal]:
    """What the outcome changes of the flags in the live table, which does not hold it yet; a device's in fix order.

    A rise is told with the fix before it, where there is one: who knows of an earlier rise only, heard from another
    process, learns that it fell in between. A fix that came late may raise a flag, and never lowers one.
    """
    accepted = outcome.accepted
    calls = [row for row, extra in accepted.extras.items() if extra.event == EMERGENCY]
    up = _up(accepted.device, table)
    if not calls and not up.any():
        return []
    calling = np.zeros(len(accepted), np.bool_)
    calling[calls] = True
    concerned = np.flatnonzero(up | np.isin(accepted.device, accepted.device[calls]))
    pieces = np.split(concerned, np.flatnonzero(np.diff(accepted.device[concerned])) + 1)
    return [signal for rows in pieces for signal in _of_one_device(outcome, rows.tolist(), calling, table)]


def _up(devices: npt.NDArray[np.int32], table: LiveTable) -> Flags:
    """Whose flag is up in the table; it may not hold all of them yet."""
    known = devices < table.size
    up = np.zeros(len(devices), np.bool_)
    up[known] = table.emergency[devices[known]]
    return up


def _of_one_device(outcome: Outcome, rows: list[int], calling: Flags, table: LiveTable) -> Iterator[Signal]:
    before = _known(int(outcome.accepted.device[rows[0]]), table)
    raised_late = False
    for row in rows:
        signal = _signal(outcome, row, up=bool(calling[row]))
        if outcome.late[row]:
            if signal.up and not raised_late:
                yield signal
            raised_late |= signal.up
            continue
        if signal.up and before is not None and not before.up:
            yield before
        if signal.up != (before is not None and before.up):
            yield signal
        before = signal


def _known(device: int, table: LiveTable) -> Signal | None:
    """What its newest fix in the table says."""
    if device >= table.size or table.fix_time[device] <= 0:
        return None
    return Signal(
        device=device, up=bool(table.emergency[device]), fix_time=int(table.fix_time[device]),
        latitude=float(table.latitude[device]), longitude=float(table.longitude[device]),
    )  # fmt: skip


def _signal(outcome: Outcome, row: int, *, up: bool) -> Signal:
    accepted = outcome.accepted
    return Signal(
        device=int(accepted.device[row]), up=up, fix_time=int(accepted.fix_time[row]),
        latitude=float(accepted.latitude[row]), longitude=float(accepted.longitude[row]),
    )  # fmt: skip
