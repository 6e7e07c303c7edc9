"""Stage: geofences entered and left.

Theory of operation. For each fence and device there is a state: outside or inside, and since when the fixes say
otherwise (pending). A fix counts for a change only when it lies beyond the border by more than its own accuracy (the
hysteresis: a receiver that lies on the border does not flap), and the change is told once it has lasted for the fence's
dwell. Fixes between the margins change nothing; a fix clearly on the old side ends what is pending.

Only newer fixes come here, so fixes are judged in the order of their own times. States exist only for devices that are
inside or pending; most fixes lie in no fence's raster cell and cost one look-up.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracker.geo.polygons import Bounds, Region
from tracker.model.crossing import Crossing, CrossingKind
from tracker.pipeline.turn import Turn

__all__ = ["OUTSIDE", "Fence", "FenceSet", "FenceState", "geofencing", "margin_of", "step"]

_UNKNOWN_ACCURACY_M = 10.0
_WIDEST_MARGIN_M = 50.0
_CELLS_A_DEGREE = 100
_MOST_CELLS = 4_096
_RIM_CELLS = 1


@dataclass(frozen=True, slots=True)
class Fence:
    """A geofence ready to be asked. dwell: microseconds."""

    key: int
    region: Region
    dwell: int


@dataclass(frozen=True, slots=True)
class FenceState:
    """Inside or not; pending: since which fix time the fixes say otherwise, None while they do not."""

    inside: bool
    pending: int | None


OUTSIDE = FenceState(inside=False, pending=None)


def margin_of(accuracy: float) -> float:
    """Metres beyond the border that a fix of this accuracy (NaN unknown) must lie to count."""
    return min(_UNKNOWN_ACCURACY_M if math.isnan(accuracy) else accuracy, _WIDEST_MARGIN_M)


def step(
    state: FenceState, *, depth: float, margin: float, fix_time: int, dwell: int
) -> tuple[FenceState, CrossingKind | None]:
    """The rule for one fix: the next state, and the crossing it completes. depth: metres inside, negative outside."""
    other = -depth if state.inside else depth
    if other <= 0:
        return (FenceState(state.inside, None), None) if state.pending is not None else (state, None)
    if other <= margin:
        return state, None
    since = fix_time if state.pending is None else state.pending
    if fix_time - since < dwell:
        return FenceState(state.inside, since), None
    kind = CrossingKind.EXIT if state.inside else CrossingKind.ENTER
    return FenceState(not state.inside, None), kind


class FenceSet:
    """The active fences with a raster over them, and the states of devices near them."""

    def __init__(self) -> None:
        self._fences: dict[int, Fence] = {}
        self._everywhere: list[int] = []
        self._cells = np.empty(0, np.int64)
        self._of_cell: list[list[int]] = []
        self._states: dict[int, dict[int, FenceState]] = {}  # device -> fence -> state

    def __len__(self) -> int:
        return len(self._fences)

    def replace(self, fences: Sequence[Fence]) -> None:
        """Take these as all the active fences; states of fences that are gone are forgotten."""
        self._fences = {fence.key: fence for fence in fences}
        self._everywhere, of_cell = [], dict[int, list[int]]()
        for fence in fences:
            cells = _cells_over(fence.region.bounds)
            if cells is None:
                self._everywhere.append(fence.key)
            for cell in cells or ():
                of_cell.setdefault(cell, []).append(fence.key)
        self._cells = np.array(sorted(of_cell), np.int64)
        self._of_cell = [of_cell[cell] for cell in self._cells.tolist()]
        kept = {
            device: {key: state for key, state in states.items() if key in self._fences}
            for device, states in self._states.items()
        }
        self._states = {device: states for device, states in kept.items() if states}

    def candidates(self, turn: Turn, rows: npt.NDArray[np.intp]) -> dict[int, list[int]]:
        """Fence -> the rows that it must look at: those in its raster cells, and those with a state."""
        asked: dict[int, list[int]] = {key: rows.tolist() for key in self._everywhere}
        if len(self._cells):
            cells = _cell_of(turn.latitude[rows], turn.longitude[rows])
            place = np.minimum(np.searchsorted(self._cells, cells), len(self._cells) - 1)
            for hit in np.flatnonzero(self._cells[place] == cells).tolist():
                for key in self._of_cell[place[hit]]:
                    asked.setdefault(key, []).append(int(rows[hit]))
        if self._states:
            for row in rows.tolist():
                for key in self._states.get(int(turn.device[row]), ()):
                    asked.setdefault(key, []).append(row)
        return asked

    def judge(self, turn: Turn, key: int, rows: list[int]) -> list[Crossing]:
        """Step the states of one fence for these rows (each device once)."""
        fence, chosen = self._fences[key], np.unique(rows)
        depths = fence.region.depth(turn.latitude[chosen], turn.longitude[chosen])
        crossings = []
        for row, depth in zip(chosen.tolist(), depths.tolist(), strict=True):
            kind = self._step(fence, turn, row, depth)
            if kind is not None:
                crossings.append(_crossing(key, kind, turn, row))
        return crossings

    def _step(self, fence: Fence, turn: Turn, row: int, depth: float) -> CrossingKind | None:
        device = int(turn.device[row])
        states = self._states.get(device)
        before = OUTSIDE if states is None else states.get(fence.key, OUTSIDE)
        after, kind = step(
            before,
            depth=depth,
            margin=margin_of(float(turn.accuracy[row])),
            fix_time=int(turn.fix_time[row]),
            dwell=fence.dwell,
        )
        if after is not before:
            self._keep(device, fence.key, after)
        return kind

    def _keep(self, device: int, fence: int, state: FenceState) -> None:
        if state != OUTSIDE:
            self._states.setdefault(device, {})[fence] = state
            return
        states = self._states.get(device)
        if states is not None:
            states.pop(fence, None)
            if not states:
                del self._states[device]


def geofencing(turn: Turn, fences: FenceSet) -> None:
    """Ask the fences near each row that is newer; fills crossings."""
    if not len(fences):
        return
    for key, rows in fences.candidates(turn, turn.going_on()).items():
        turn.crossings += fences.judge(turn, key, rows)


def _crossing(fence: int, kind: CrossingKind, turn: Turn, row: int) -> Crossing:
    return Crossing(
        geofence=fence,
        device=int(turn.device[row]),
        kind=kind,
        fix_time=int(turn.fix_time[row]),
        latitude=float(turn.latitude[row]),
        longitude=float(turn.longitude[row]),
    )


def _cell_of(latitude: npt.NDArray[np.float64], longitude: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """The raster cell of each place: 0.01 degrees each way."""
    south = np.floor(latitude * _CELLS_A_DEGREE).astype(np.int64)
    return south * 100_000 + np.floor(longitude * _CELLS_A_DEGREE).astype(np.int64)


def _cells_over(bounds: Bounds) -> list[int] | None:
    """The raster cells that a fence and a rim about it touch; None when they are too many to list."""
    if bounds.west > bounds.east:
        return None
    souths = _span(bounds.south, bounds.north)
    wests = _span(bounds.west, bounds.east)
    if len(souths) * len(wests) > _MOST_CELLS:
        return None
    return [south * 100_000 + west for south in souths for west in wests]


def _span(low: float, high: float) -> range:
    return range(math.floor(low * _CELLS_A_DEGREE) - _RIM_CELLS, math.floor(high * _CELLS_A_DEGREE) + _RIM_CELLS + 1)
