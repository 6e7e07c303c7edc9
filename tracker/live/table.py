"""The live table: the newest position of every device as columns, and who carries it.

A row's number is the device's key. Rows change only towards newer fix times. A member who carries several devices is
shown once, at the one with the newest fix. Every change gets the next number of `sequence`, so that a viewer who missed
some is told just what changed since.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from registry.devices.model import Device
from tracker.model.live_row import LIVE_ROW, LiveRows
from tracker.pipeline.presence import presences

__all__ = ["NEVER", "LiveTable"]

NEVER = np.iinfo(np.int64).min // 2
"""The fix time of a device without a position."""

Rows = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

_FIRST_SIZE = 1_024
_AHEAD = 65_536
"""How far beyond the highest key of the registry a row may come: devices that this process has not been told of yet."""

_COLUMNS: dict[str, tuple[str, float]] = {
    "fix_time": ("i8", NEVER),
    "received_at": ("i8", NEVER),
    "heard_at": ("i8", NEVER),
    "latitude": ("f8", np.nan),
    "longitude": ("f8", np.nan),
    "speed": ("f4", np.nan),
    "course": ("f4", np.nan),
    "altitude": ("f4", np.nan),
    "accuracy": ("f4", np.nan),
    "battery": ("f4", np.nan),
    "cell": ("u8", 0),
    "moving": ("?", False),
    "emergency": ("?", False),
    "changed": ("i8", 0),
    "described": ("i8", 0),
    "member": ("i4", 0),
    "organisation": ("i4", 0),
    "post": ("i4", 0),
    "on_duty": ("?", True),
    "in_service": ("?", False),
    "shares": ("?", False),
    "shown": ("?", False),
    "stale_after": ("i8", 0),
    "silent_after": ("i8", 0),
    "presence": ("u1", 2),
    "silence": ("u1", 0),
}
_POSITION = tuple(name for name in LIVE_ROW.names or () if name != "device")


class LiveTable:
    """Columns by device key, grown on demand; bounded by the registry.

    fix_time, received_at, heard_at: microseconds, NEVER where there is none. heard_at: of any sign of life.
    changed: sequence of the last change of any kind; described: of the last change of who it is.
    member: registry key, 0 when nobody carries it. post: number in `posts`, 0 unknown.
    in_service: known to the registry and not retired. shares: its member carries other devices, too.
    shown: on the map: in service, with a position, the newest of its member's.
    stale_after, silent_after: microseconds. presence, silence: codes, as of the last `apply` or `look`.
    """

    fix_time: npt.NDArray[np.int64]
    received_at: npt.NDArray[np.int64]
    heard_at: npt.NDArray[np.int64]
    latitude: npt.NDArray[np.float64]
    longitude: npt.NDArray[np.float64]
    speed: npt.NDArray[np.float32]
    course: npt.NDArray[np.float32]
    altitude: npt.NDArray[np.float32]
    accuracy: npt.NDArray[np.float32]
    battery: npt.NDArray[np.float32]
    cell: npt.NDArray[np.uint64]
    moving: Flags
    emergency: Flags
    changed: npt.NDArray[np.int64]
    described: npt.NDArray[np.int64]
    member: npt.NDArray[np.int32]
    organisation: npt.NDArray[np.int32]
    post: npt.NDArray[np.int32]
    on_duty: Flags
    in_service: Flags
    shares: Flags
    shown: Flags
    stale_after: npt.NDArray[np.int64]
    silent_after: npt.NDArray[np.int64]
    presence: npt.NDArray[np.uint8]
    silence: npt.NDArray[np.uint8]

    def __init__(self, *, stale_after_s: float, silent_after_s: float) -> None:
        """The server's own limits, for devices without."""
        self.size = 0
        self.sequence = 0
        self.posts: dict[str, int] = {}
        self.devices: dict[int, Device] = {}
        self.highest = 0
        self._stale_s, self._silent_s = stale_after_s, silent_after_s
        self._carried: dict[int, set[int]] = {}  # member -> devices in service
        for name, (kind, _) in _COLUMNS.items():
            setattr(self, name, np.empty(0, kind))

    def describe(self, devices: Iterable[Device]) -> None:
        """Take what the registry says of devices: new, changed or retired. What is known already changes nothing."""
        other = [device for device in devices if self.devices.get(device.key) != device]
        if not other:
            return
        self.sequence += 1
        self.highest = max(self.highest, max(device.key for device in other))
        self._hold(self.highest)
        for device in other:
            self._describe(device)

    def apply(self, rows: LiveRows) -> LiveRows:
        """Take positions where they are newer; those that were, one a device, its newest.

        A row with the fix time NEVER is a sign of life without a position. Rows of keys far beyond the registry's are
        passed over.
        """
        rows = rows[rows["device"] <= self.highest + _AHEAD]
        if not len(rows):
            return rows
        self._hold(int(rows["device"].max()))
        np.maximum.at(self.heard_at, rows["device"], rows["received_at"])
        rows = _newest(rows[rows["fix_time"] > self.fix_time[rows["device"]]])
        if not len(rows):
            return rows
        device: Rows = rows["device"].astype(np.intp)
        for name in _POSITION:
            getattr(self, name)[device] = rows[name]
        self.sequence += 1
        self.changed[device] = self.sequence
        self.presence[device], self.silence[device] = self._judge(device, rows["received_at"])
        self._show(device)
        return rows

    def look(self, now: int) -> Rows:
        """Judge presence as of `now` (microseconds); the rows whose presence changed."""
        known = np.flatnonzero(self.fix_time > NEVER)
        presence, silence = self._judge(known, now)
        other = (presence != self.presence[known]) | (silence != self.silence[known])
        rows: Rows = known[other]
        if len(rows):
            self.sequence += 1
            self.presence[rows], self.silence[rows] = presence[other], silence[other]
            self.changed[rows] = self.sequence
        return rows

    def rows(self, devices: Rows) -> LiveRows:
        """Their positions, packed."""
        packed = np.empty(len(devices), LIVE_ROW)
        packed["device"] = devices
        for name in _POSITION:
            packed[name] = getattr(self, name)[devices]
        return packed

    def _judge(
        self, devices: Rows, now: int | npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
        return presences(
            position_age=now - np.minimum(self.fix_time[devices], now),
            heard_age=now - self.heard_at[devices],
            battery=self.battery[devices],
            on_duty=self.on_duty[devices],
            stale_after=self.stale_after[devices],
            silent_after=self.silent_after[devices],
        )

    def _hold(self, highest: int) -> None:
        if highest < self.size:
            return
        size = max(highest + 1, 2 * self.size, _FIRST_SIZE)
        for name, (kind, empty) in _COLUMNS.items():
            grown = np.full(size, empty, kind)
            grown[: self.size] = getattr(self, name)
            setattr(self, name, grown)
        self.stale_after[self.size :] = int(self._stale_s * 1e6)
        self.silent_after[self.size :] = int(self._silent_s * 1e6)
        self.size = size

    def _describe(self, device: Device) -> None:
        key, before = device.key, int(self.member[device.key])
        self.devices[key] = device
        self.member[key] = device.member or 0
        self.organisation[key] = device.organisation
        self.post[key] = self.posts.setdefault(device.post, len(self.posts) + 1) if device.post else 0
        self.on_duty[key] = device.on_duty
        self.in_service[key] = not device.retired
        self.stale_after[key] = int((device.stale_after_s or self._stale_s) * 1e6)
        self.silent_after[key] = int((device.silent_after_s or self._silent_s) * 1e6)
        self.changed[key] = self.described[key] = self.sequence
        self.shares[key] = False
        self.shown[key] = not device.retired and self.fix_time[key] > NEVER
        for member in {before, device.member or 0} - {0}:
            self._carry(member, key, carries=member == device.member and not device.retired)

    def _carry(self, member: int, device: int, *, carries: bool) -> None:
        carried = self._carried.setdefault(member, set())
        (carried.add if carries else carried.discard)(device)
        for one in carried:
            self.shares[one] = len(carried) > 1
        if carried:
            self._show_newest(carried)
        else:
            del self._carried[member]

    def _show(self, devices: Rows) -> None:
        self.shown[devices] = self.in_service[devices]
        for device in devices[self.shares[devices]].tolist():
            self._show_newest(self._carried[int(self.member[device])])

    def _show_newest(self, carried: set[int]) -> None:
        """Of one member's devices."""
        newest = max(carried, key=lambda device: (int(self.fix_time[device]), -device))
        for device in carried:
            shown = device == newest and bool(self.fix_time[device] > NEVER)
            if shown != self.shown[device]:
                self.shown[device] = shown
                self.changed[device] = self.sequence


def _newest(rows: LiveRows) -> LiveRows:
    """One row a device, its newest, in the order of devices."""
    rows = rows[np.lexsort((rows["received_at"], rows["fix_time"], rows["device"]))]
    return rows[np.append(rows["device"][1:] != rows["device"][:-1], True)] if len(rows) else rows
