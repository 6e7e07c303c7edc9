"""What other platforms may ask of the live side: the newest positions, read only, and the nearest members."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from registry.devices.model import Device
from tracker.live.cell_index import CellIndex
from tracker.live.nearest import NearestIndex
from tracker.live.selection import Selection, Selector, organisation_flags
from tracker.live.table import LiveTable
from tracker.model.live_row import LiveRows

__all__ = ["LiveService", "LiveView", "Near", "Selection", "organisation_flags"]

Rows = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

_CELLS_GOOD_S = 1.0


class LiveView(Protocol):
    """The columns of the live table by device key; LiveTable says what each is."""

    sequence: int
    size: int
    devices: dict[int, Device]
    fix_time: npt.NDArray[np.int64]
    latitude: npt.NDArray[np.float64]
    longitude: npt.NDArray[np.float64]
    speed: npt.NDArray[np.float32]
    course: npt.NDArray[np.float32]
    battery: npt.NDArray[np.float32]
    moving: Flags
    emergency: Flags
    changed: npt.NDArray[np.int64]
    described: npt.NDArray[np.int64]
    organisation: npt.NDArray[np.int32]
    shown: Flags
    presence: npt.NDArray[np.uint8]
    silence: npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Near:
    """A device near a place."""

    device: int
    metres: float


class LiveService:
    """The live table and the indexes over it, kept together. now: microseconds; clock: monotonic seconds."""

    def __init__(self, table: LiveTable, *, now: Callable[[], int], clock: Callable[[], float]) -> None:
        self.table = table
        self._index = NearestIndex()
        self._selector = Selector(table)
        self._cells: CellIndex | None = None
        self._cells_until_s = 0.0
        self._now, self._clock = now, clock

    @property
    def index_bytes(self) -> int:
        """Memory of the index of nearest members."""
        return self._index.nbytes

    def take(self, rows: LiveRows) -> LiveRows:
        """New positions; those that were newer."""
        newer = self.table.apply(rows)
        self._index.move(newer["device"].astype(np.intp), newer["latitude"], newer["longitude"])
        return newer

    def describe(self, devices: list[Device]) -> None:
        """What the registry says of devices, new and changed."""
        self.table.describe(devices)

    def look(self) -> None:
        """Judge presence now and keep the index fresh; call it about once a second."""
        self.table.look(self._now())
        self._index.renew(self._clock())

    def nearest(self, latitude: float, longitude: float, k: int, selection: Selection) -> list[Near]:
        """The k nearest devices shown that pass, nearest first."""
        rows, metres = self._index.nearest(latitude, longitude, k, self._selector.choice(selection))
        return [Near(row, away) for row, away in zip(rows.tolist(), metres.tolist(), strict=True)]

    def passing(self, selection: Selection) -> Rows:
        """All rows shown that pass, in the order of keys."""
        return self._selector.choice(selection).rows()

    def within(self, cell: int) -> Rows:
        """Rows in an H3 cell of resolution RESOLUTION or coarser, in no order; a second old at most."""
        return self._index_of_cells().within(cell)

    def density(self, resolution: int, selection: Selection) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.intp]]:
        """(H3 cells with somebody in them, how many); a second old at most."""
        index = self._index_of_cells()
        return index.counts(resolution, self._selector.choice(selection).among(index.rows))

    def _index_of_cells(self) -> CellIndex:
        """Made anew when it is asked for and older than a second."""
        if self._cells is None or self._clock() >= self._cells_until_s:
            rows = np.flatnonzero(self.table.shown)
            self._cells = CellIndex(self.table.cell[rows], rows)
            self._cells_until_s = self._clock() + _CELLS_GOOD_S
        return self._cells
