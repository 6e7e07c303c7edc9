"""The H3 index of the live table: rows sorted by their fine cell, so that every coarser cell is one range of them.

A cell's bits go from coarse to fine (base cell, then three bits a digit), so cells of one resolution sort as their
ancestors do.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tracker.geo.cells import RESOLUTION, parents_of

__all__ = ["CellIndex"]

Cells = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.intp]

_RESOLUTION_SHIFT = 52
_FINEST = 15


class CellIndex:
    """Built from a column of cells of resolution RESOLUTION; 10 ms at 100,000 rows."""

    def __init__(self, cells: Cells, rows: Rows) -> None:
        """cells: of each of `rows`; shapes (n,)."""
        order = np.argsort(cells, kind="stable")
        self._cells, self._rows = cells[order], rows[order]

    @property
    def rows(self) -> Rows:
        """In the order of cells."""
        return self._rows

    def counts(
        self, resolution: int, passes: npt.NDArray[np.bool_] | None = None
    ) -> tuple[Cells, npt.NDArray[np.intp]]:
        """(cells, rows in each) at a resolution from 0 to RESOLUTION; passes: which of `rows` count, None all."""
        parents = parents_of(self._cells if passes is None else self._cells[passes], resolution)
        if not len(parents):
            return parents, np.empty(0, np.intp)
        first = np.flatnonzero(np.append(True, parents[1:] != parents[:-1]))
        return parents[first], np.diff(np.append(first, len(parents)))

    def within(self, cell: int) -> Rows:
        """The rows in one cell of any resolution up to RESOLUTION, found by two bisections; none in a finer one."""
        resolution = cell >> _RESOLUTION_SHIFT & 0xF
        if resolution > RESOLUTION:
            return self._rows[:0]
        finer = (1 << 3 * (_FINEST - resolution)) - 1
        fine = cell & ~(0xF << _RESOLUTION_SHIFT) | RESOLUTION << _RESOLUTION_SHIFT
        first, last = np.uint64(fine & ~finer), np.uint64(fine | finer)
        return self._rows[np.searchsorted(self._cells, first) : np.searchsorted(self._cells, last, side="right")]
