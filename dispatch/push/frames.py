"""The binary frame of /live; docs/architecture.md draws it. 24 bytes of header, 20 a row, little-endian."""

from __future__ import annotations

import struct

import numpy as np
import numpy.typing as npt

from tracker.live.service import LiveView

__all__ = ["FRAME_ROW", "HEADER", "MAGIC", "encode_frame"]

MAGIC = b"GWP1"
HEADER = struct.Struct("<4sIQq")  # magic, rows, sequence, server time in ms
FRAME_ROW = np.dtype(
    [
        ("device", "<u4"),
        ("longitude", "<i4"),  # 1e-7 degrees
        ("latitude", "<i4"),
        ("speed", "<u2"),  # cm/s, 65535 unknown
        ("course", "<u2"),  # 1/100 degree, 65535 unknown
        ("age", "<u2"),  # 1/10 s, 65535 that or older
        ("state", "u1"),  # presence | moving << 2 | emergency << 3 | silence << 4
        ("battery", "u1"),  # percent, 255 unknown
    ]
)
_UNKNOWN = 65_535
_NO_BATTERY = 255


def encode_frame(view: LiveView, rows: npt.NDArray[np.intp], *, sequence: int, now: int) -> bytes:
    """One frame of these rows of the live table. now: microseconds since 1970."""
    frame = np.empty(len(rows), FRAME_ROW)
    frame["device"] = rows
    frame["longitude"] = np.rint(view.longitude[rows] * 1e7)
    frame["latitude"] = np.rint(view.latitude[rows] * 1e7)
    frame["speed"] = _scaled(view.speed[rows], 100.0)
    frame["course"] = _scaled(view.course[rows], 100.0)
    frame["age"] = np.clip((now - view.fix_time[rows]) // 100_000, 0, _UNKNOWN)
    frame["state"] = (
        view.presence[rows]
        | view.moving[rows].astype(np.uint8) << 2
        | view.emergency[rows].astype(np.uint8) << 3
        | view.silence[rows] << 4
    )
    battery = np.rint(np.clip(view.battery[rows], 0.0, 1.0) * 100)
    frame["battery"] = np.nan_to_num(battery, copy=False, nan=_NO_BATTERY)
    return HEADER.pack(MAGIC, len(rows), sequence, now // 1000) + frame.tobytes()


def _scaled(values: npt.NDArray[np.float32], scale: float) -> npt.NDArray[np.float32]:
    """Whole units up to the largest that is not "unknown"; NaN becomes that."""
    known = np.clip(np.rint(values * np.float32(scale)), 0, _UNKNOWN - 1)
    scaled: npt.NDArray[np.float32] = np.nan_to_num(known, copy=False, nan=_UNKNOWN)
    return scaled
