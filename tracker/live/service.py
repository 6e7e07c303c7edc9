"""What other platforms may ask of the live side: the newest positions, read only, and the nearest members."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from registry.devices.model import Device
from tracker.live.nearest import NearestIndex
from tracker.live.table import LiveTable
from tracker.model.live_row import LiveRows

__all__ = ["LiveService", "LiveView", "Near"]

Rows = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]


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
    """The live table and the index over it, kept together. now: microseconds; clock: monotonic seconds."""

    def __init__(self, table: LiveTable, *, now: Callable[[], int], clock: Callable[[], float]) -> None:
        self.table = table
        self._index = NearestIndex()
        self._now, self._clock = now, clock

    def take(self, rows: LiveRows) -> LiveRows:
        """New positions; those that were newer."""
        newer = self.table.apply(rows)
        devices = newer["device"].astype(np.intp)
        shown = self.table.shown[devices]
        self._index.move(devices[shown], newer["latitude"][shown], newer["longitude"][shown])
        self._index.hide(devices[~shown])
        return newer

    def describe(self, devices: list[Device]) -> None:
        """What the registry says of devices, new and changed."""
        self.table.describe(devices)
        keys = np.array([device.key for device in devices], np.intp)
        self._index.hide(keys[~self.table.shown[keys]])

    def look(self) -> None:
        """Judge presence now and keep the index fresh; call it about once a second."""
        self.table.look(self._now())
        self._index.renew(self._clock())

    def nearest(
        self, latitude: float, longitude: float, k: int, *, organisations: frozenset[int] | None = None,
        post: str | None = None, presence: int | None = None, moving: bool | None = None,
    ) -> list[Near]:  # fmt: skip
        """The k nearest devices that pass, nearest first."""
        passes = self.passing(organisations=organisations, post=post, presence=presence, moving=moving)
        rows, metres = self._index.nearest(latitude, longitude, k, passes)
        return [Near(row, away) for row, away in zip(rows.tolist(), metres.tolist(), strict=True)]

    def passing(
        self, *, organisations: frozenset[int] | None = None, post: str | None = None, presence: int | None = None,
        moving: bool | None = None,
    ) -> Flags:  # fmt: skip
        """Which rows are shown and pass every filter that is not None."""
        table = self.table
        passes = table.shown.copy()
        if organisations is not None:
            passes &= np.isin(table.organisation, np.fromiter(organisations, np.int32, len(organisations)))
        if post is not None:
            passes &= table.post == table.posts.get(post, -1)
        if presence is not None:
            passes &= table.presence == presence
        if moving is not None:
            passes &= table.moving == moving
        return passes
