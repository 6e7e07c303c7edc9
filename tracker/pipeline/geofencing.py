"""Stage: geofences entered and left.

Theory of operation. For each fence and device there is a state: outside or inside, and since when the fixes say
otherwise (pending). A fix counts for a change only when it lies beyond the border by more than its own accuracy (the
hysteresis: a receiver that lies on the border does not flap), and the change is told once it has lasted for the fence's
dwell. Fixes between the margins change nothing; a fix clearly on the old side ends what is pending.

Only newer fixes come here, so fixes are judged in the order of their own times. States exist only for devices that are
inside or pending. All fixes of a batch are judged at once, fence by fence: most lie in no fence's raster cell, and of
the others most change nothing, which whole columns tell; only the rest is stepped one by one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from tracker.geo.polygons import Bounds, Region
from tracker.model.crossing import Crossing, CrossingKind
from tracker.pipeline.turn import Turn

__all__ = ["OUTSIDE", "Fence", "FenceSet", "FenceState", "geofencing", "margin_of", "step"]

Rows = npt.NDArray[np.intp]

_UNKNOWN_ACCURACY_M = 10.0
_WIDEST_MARGIN_M = 50.0
_CELLS_A_DEGREE = 100
_MOST_CELLS = 4_096
_RIM_CELLS = 1
_ROW_BITS = 32


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
    """The active fences with a raster over them, and the states of devices near them.

    The raster is a sorted column of cells; the fences of cell n stand in `_of_cells[_first[n] : _first[n + 1]]`.
    """

    def __init__(self) -> None:
        self._fences: dict[int, Fence] = {}
        self._everywhere: list[int] = []
        self._cells = np.empty(0, np.int64)
        self._first = np.zeros(1, np.int64)
        self._of_cells = np.empty(0, np.int64)
        self._states: dict[int, dict[int, FenceState]] = {}  # fence -> device -> state
        self._watched: dict[int, set[int]] = {}  # device -> fences with a state of it

    def __len__(self) -> int:
        return len(self._fences)

    def replace(self, fences: Sequence[Fence]) -> None:
        """Take these as all the active fences; states of fences that are gone are forgotten."""
        self._fences = {fence.key: fence for fence in fences}
        spread = {fence.key: _cells_over(fence.region.bounds) for fence in fences}
        self._everywhere = [key for key, cells in spread.items() if cells is None]
        pairs = sorted((cell, key) for key, cells in spread.items() for cell in cells or ())
        cells = np.array([cell for cell, _ in pairs], np.int64)
        self._cells, first = np.unique(cells, return_index=True)
        self._first = np.append(first, len(pairs))
        self._of_cells = np.array([key for _, key in pairs], np.int64)
        self._states = {key: states for key, states in self._states.items() if key in self._fences}
        self._watched = {}
        for key, states in self._states.items():
            for device in states:
                self._watched.setdefault(device, set()).add(key)

    def crossings(self, turn: Turn, rows: Rows) -> list[Crossing]:
        """Step every fence that must look at these rows, sorted by (device, fix time)."""
        found: list[Crossing] = []
        for key, asked in self._asked(turn, rows):
            found += self._judge(self._fences[key], turn, asked)
        return found

    def _asked(self, turn: Turn, rows: Rows) -> Iterator[tuple[int, Rows]]:
        """(fence, rows it must look at): those in its raster cells, and those of devices with a state."""
        near, fences = self._in_cells(turn, rows)
        watched, fences_watching = self._of_watched(turn, rows)
        rows_asked = np.concatenate([near, watched, *(rows for _ in self._everywhere)])
        keys = [fences, fences_watching, *(np.full(len(rows), key, np.int64) for key in self._everywhere)]
        pairs = np.unique(np.concatenate(keys) << _ROW_BITS | rows_asked)
        key, row = pairs >> _ROW_BITS, pairs & ((1 << _ROW_BITS) - 1)
        new = np.append(True, key[1:] != key[:-1])[: len(key)]
        for start, end in pairwise([*np.flatnonzero(new).tolist(), len(key)]):
            yield int(key[start]), row[start:end]

    def _in_cells(self, turn: Turn, rows: Rows) -> tuple[Rows, npt.NDArray[np.int64]]:
        """Pairs (row, fence) by the raster."""
        if not len(self._cells):
            return np.empty(0, np.intp), np.empty(0, np.int64)
        cells = _cell_of(turn.latitude[rows], turn.longitude[rows])
        place = np.minimum(np.searchsorted(self._cells, cells), len(self._cells) - 1)
        hit = np.flatnonzero(self._cells[place] == cells)
        first, count = self._first[place[hit]], self._first[place[hit] + 1] - self._first[place[hit]]
        total = int(count.sum())
        within = np.arange(total) - np.repeat(np.cumsum(count) - count, count)
        return np.repeat(rows[hit], count), self._of_cells[np.repeat(first, count) + within]

    def _of_watched(self, turn: Turn, rows: Rows) -> tuple[Rows, npt.NDArray[np.int64]]:
        """Pairs (row, fence) of devices that have a state, wherever they are now."""
        if not self._watched:
            return np.empty(0, np.intp), np.empty(0, np.int64)
        found = [(row, key) for row, device in zip(rows.tolist(), turn.device[rows].tolist(), strict=True)
                 for key in self._watched.get(device, ())]  # fmt: skip
        pairs = np.array(found, np.int64).reshape(-1, 2)
        return pairs[:, 0].astype(np.intp), pairs[:, 1]

    def _judge(self, fence: Fence, turn: Turn, rows: Rows) -> list[Crossing]:
        """Step the states of one fence, but only of devices for which a fix may change something."""
        depth = fence.region.depth(turn.latitude[rows], turn.longitude[rows])
        margin = np.fmin(np.nan_to_num(turn.accuracy[rows], nan=_UNKNOWN_ACCURACY_M), _WIDEST_MARGIN_M)
        device, states = turn.device[rows], self._states.get(fence.key, {})
        inside = np.isin(device, [key for key, state in states.items() if state.inside])
        pending = np.isin(device, [key for key, state in states.items() if state.pending is not None])
        may_change = pending | np.where(inside, depth < -margin, depth > margin)
        if not may_change.any():
            return []
        crossings = []
        for at in np.flatnonzero(np.isin(device, device[may_change])).tolist():
            kind = self._step(fence, turn, int(rows[at]), float(depth[at]))
            if kind is not None:
                crossings.append(_crossing(fence.key, kind, turn, int(rows[at])))
        return crossings

    def _step(self, fence: Fence, turn: Turn, row: int, depth: float) -> CrossingKind | None:
        device = int(turn.device[row])
        before = self._states.get(fence.key, {}).get(device, OUTSIDE)
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
            self._states.setdefault(fence, {})[device] = state
            self._watched.setdefault(device, set()).add(fence)
            return
        self._states.get(fence, {}).pop(device, None)
        watched = self._watched.get(device, set())
        watched.discard(fence)
        if not watched:
            self._watched.pop(device, None)


def geofencing(turn: Turn, fences: FenceSet) -> None:
    """Ask the fences near each row that is newer; fills crossings. Rows are sorted by (device, fix time)."""
    if len(fences):
        turn.crossings += fences.crossings(turn, turn.going_on())


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
