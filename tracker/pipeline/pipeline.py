"""The stages in their order. A batch goes in, an Outcome comes out; nothing here waits, logs or reads a clock.

A device's fixes depend on each other, so the stateful stages run in turns: the first fix of every device, then the
second of every device that has one, and so on. A tick of live devices is one turn; an upload of a hundred fixes by
each of fifty devices is a hundred turns of fifty. Geofencing comes behind the turns: it steps its states in the order
of each device's fixes by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from tracker.geo.cells import cells_of
from tracker.model.batch import FixBatch
from tracker.model.crossing import Crossing
from tracker.model.refusal import Refusal
from tracker.pipeline.geofencing import FenceSet, geofencing
from tracker.pipeline.limits import Limits
from tracker.pipeline.motion import motion
from tracker.pipeline.outcome import Outcome
from tracker.pipeline.plausibility import no_jumps, sane
from tracker.pipeline.reorder import reorder
from tracker.pipeline.states import DeviceStates
from tracker.pipeline.turn import Turn

__all__ = ["Pipeline"]

Rows = npt.NDArray[np.intp]


class Pipeline:
    """Judges batches against what it remembers of each device."""

    def __init__(self, limits: Limits, states: DeviceStates, fences: FenceSet) -> None:
        self._limits, self._states, self._fences = limits, states, fences

    @property
    def _stages(self) -> tuple[Callable[[Turn], None], ...]:
        return (
            reorder,
            no_jumps,
            motion,
            remember,
        )

    def run(self, batch: FixBatch, *, now: int) -> Outcome:
        """Judge every row. now: microseconds since 1970 UTC."""
        verdict = sane(batch, limits=self._limits, now=now)
        believed = np.flatnonzero(verdict == Refusal.NONE)
        order = believed[np.lexsort((batch.fix_time[believed], batch.device[believed]))]
        found = self._judge(batch.take(order))
        verdict[order] = found.verdict
        crossings = sorted(found.crossings, key=lambda crossing: crossing.fix_time)
        return _outcome(batch, order, found, verdict, crossings)

    def _judge(self, batch: FixBatch) -> Turn:
        """The stateful stages over rows sorted by (device, fix_time), then the geofences."""
        whole = _turn(batch, self._limits, self._states)
        if len(batch):
            self._states.hold(int(batch.device[-1]))
        for rows in _turns(batch.device):
            turn = whole if len(rows) == len(batch) else _part(whole, rows)
            for stage in self._stages:
                stage(turn)
            if turn is not whole:
                _put_back(whole, turn, rows)
        geofencing(whole, self._fences)
        return whole


def remember(turn: Turn) -> None:
    """The last stage: what is newer and believed is the device's newest position."""
    rows, states = turn.going_on(), turn.states
    device = turn.device[rows]
    states.fix_time[device] = turn.fix_time[rows]
    states.latitude[device] = turn.latitude[rows]
    states.longitude[device] = turn.longitude[rows]
    states.accuracy[device] = np.nan_to_num(turn.accuracy[rows], nan=0.0)


_GIVEN = ("device", "fix_time", "latitude", "longitude", "speed", "accuracy")
_FOUND = ("verdict", "late", "doubtful", "moving", "distance", "gap")


def _turn(batch: FixBatch, limits: Limits, states: DeviceStates) -> Turn:
    n = len(batch)
    return Turn(
        limits=limits, states=states, **{name: getattr(batch, name) for name in _GIVEN},
        verdict=np.zeros(n, np.int8), late=np.zeros(n, np.bool_), doubtful=np.zeros(n, np.bool_),
        moving=np.zeros(n, np.bool_), distance=np.zeros(n, np.float32), gap=np.zeros(n),
    )  # fmt: skip


def _part(whole: Turn, rows: Rows) -> Turn:
    columns = {name: getattr(whole, name)[rows] for name in (*_GIVEN, *_FOUND)}
    return Turn(limits=whole.limits, states=whole.states, crossings=whole.crossings, **columns)


def _put_back(whole: Turn, turn: Turn, rows: Rows) -> None:
    for name in _FOUND:
        getattr(whole, name)[rows] = getattr(turn, name)


def _turns(device: npt.NDArray[np.int32]) -> Iterator[Rows]:
    """Rows of the first fix of every device, then of the second, and so on; device is sorted."""
    if not len(device):
        return
    first = np.flatnonzero(np.append(True, device[1:] != device[:-1]))
    many = np.diff(np.append(first, len(device)))
    while len(first):
        yield first
        more = many > 1
        first, many = first[more] + 1, many[more] - 1


def _outcome(
    batch: FixBatch, order: Rows, found: Turn, verdict: npt.NDArray[np.int8], crossings: list[Crossing]
) -> Outcome:
    kept = np.flatnonzero(found.verdict == Refusal.NONE)
    rows = order[kept]
    accepted = batch.take(rows)
    return Outcome(
        accepted=accepted,
        accepted_rows=rows,
        late=found.late[kept],
        doubtful=found.doubtful[kept],
        distance=found.distance[kept],
        cell=cells_of(accepted.latitude, accepted.longitude),
        moving=found.moving[kept],
        verdicts=verdict,
        crossings=crossings,
    )
