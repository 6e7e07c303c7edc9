"""The newest accepted position of a device as one packed row: on the bus between processes and in the live table."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["LIVE_ROW", "LiveRows"]

LIVE_ROW = np.dtype(
    [
        ("device", "<u4"),  # registry key, devices.key
        ("fix_time", "<i8"),  # microseconds since 1970 UTC
        ("received_at", "<i8"),  # microseconds since 1970 UTC
        ("latitude", "<f8"),  # degrees
        ("longitude", "<f8"),
        ("speed", "<f4"),  # m/s, NaN unknown; so with the next four
        ("course", "<f4"),  # degrees true
        ("altitude", "<f4"),  # metres above mean sea level
        ("accuracy", "<f4"),  # metres at 95 %
        ("battery", "<f4"),  # 0 to 1
        ("cell", "<u8"),  # H3 cell, resolution tracker.geo.cells.RESOLUTION
        ("moving", "u1"),  # 1 moving, 0 stopped
        ("emergency", "u1"),  # 1 when the device's event is "sos"
    ]
)

LiveRows = npt.NDArray[np.void]
"""Array of LIVE_ROW, shape (n,)."""
