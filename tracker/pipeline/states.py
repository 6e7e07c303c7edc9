"""What the pipeline remembers of each device, as columns by device key."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tracker.model.live_row import LiveRows

__all__ = ["NEVER", "DeviceStates"]

NEVER = np.iinfo(np.int64).min // 2
"""The time of what has not happened; so early that differences to it do not overflow."""

_COLUMNS: dict[str, tuple[str, float]] = {
    "fix_time": ("i8", NEVER),
    "latitude": ("f8", np.nan),
    "longitude": ("f8", np.nan),
    "accuracy": ("f4", 0.0),
    "anchor_latitude": ("f8", np.nan),
    "anchor_longitude": ("f8", np.nan),
    "moving_at": ("i8", NEVER),
    "jumps": ("i2", 0),
    "jump_time": ("i8", NEVER),
    "jump_latitude": ("f8", np.nan),
    "jump_longitude": ("f8", np.nan),
}


class DeviceStates:
    """Columns by device key, grown on demand; bounded by the registry, whose keys are dense.

    fix_time, latitude, longitude, accuracy: the newest position. anchor_*: where it last stood or moved to.
    moving_at: when it last moved. jumps, jump_*: how many jumps in a row, and where the last led.
    """

    __slots__ = (*_COLUMNS, "size")

    fix_time: npt.NDArray[np.int64]
    latitude: npt.NDArray[np.float64]
    longitude: npt.NDArray[np.float64]
    accuracy: npt.NDArray[np.float32]
    anchor_latitude: npt.NDArray[np.float64]
    anchor_longitude: npt.NDArray[np.float64]
    moving_at: npt.NDArray[np.int64]
    jumps: npt.NDArray[np.int16]
    jump_time: npt.NDArray[np.int64]
    jump_latitude: npt.NDArray[np.float64]
    jump_longitude: npt.NDArray[np.float64]

    def __init__(self) -> None:
        self.size = 0
        for name, (kind, _) in _COLUMNS.items():
            setattr(self, name, np.empty(0, kind))

    def hold(self, highest: int) -> None:
        """Make room for device keys up to `highest`."""
        if highest < self.size:
            return
        size = max(highest + 1, 2 * self.size, 1024)
        for name, (kind, empty) in _COLUMNS.items():
            grown = np.full(size, empty, kind)
            grown[: self.size] = getattr(self, name)
            setattr(self, name, grown)
        self.size = size

    def restore(self, rows: LiveRows) -> None:
        """Take positions that the store or another process knows, where they are newer; at most one a device."""
        if not len(rows):
            return
        self.hold(int(rows["device"].max()))
        rows = rows[rows["fix_time"] > self.fix_time[rows["device"]]]
        devices = rows["device"]
        self.fix_time[devices] = rows["fix_time"]
        self.latitude[devices] = self.anchor_latitude[devices] = rows["latitude"]
        self.longitude[devices] = self.anchor_longitude[devices] = rows["longitude"]
        self.accuracy[devices] = np.nan_to_num(rows["accuracy"], nan=0.0)
        self.moving_at[devices] = np.where(rows["moving"] == 1, rows["fix_time"], self.moving_at[devices])
        self.jumps[devices] = 0
