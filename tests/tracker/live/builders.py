"""Builders: devices and live rows of which the test states only what matters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from registry.devices.model import Device, DeviceId
from tracker.live.table import NEVER, LiveTable
from tracker.model.live_row import LIVE_ROW, LiveRows

__all__ = ["NOON", "SECOND", "a_device", "a_row", "a_table", "heard", "rows_of"]

SECOND = 1_000_000
NOON = 1_795_521_600 * SECOND
"""2026-11-24T12:00:00Z in microseconds."""

_DEVICE = Device(
    key=0, id=DeviceId(""), member=None, member_id=None, member_name=None, post=None, organisation=1, token_hash=None,
    require_token=False, dialect="", stale_after_s=None, silent_after_s=None, on_duty=True, retired=False,
)  # fmt: skip


def a_device(key: int, **changes: Any) -> Device:
    """Device d<key> of organisation 1; with member=m it is carried by the member of that key."""
    if "member" in changes and changes["member"] is not None:
        changes = {"member_id": f"m{changes['member']}", "member_name": f"Member {changes['member']}"} | changes
    return replace(_DEVICE, key=key, id=DeviceId(f"d{key}"), **changes)


def a_row(device: int, **changes: Any) -> dict[str, Any]:
    """A row at 51.1 N 71.4 E, fixed at NOON and received a second later; numbers are unknown."""
    fix_time = changes.get("fix_time", NOON)
    return {
        "device": device, "fix_time": fix_time, "received_at": fix_time + SECOND, "latitude": 51.1, "longitude": 71.4,
        "speed": np.nan, "course": np.nan, "altitude": np.nan, "accuracy": np.nan, "battery": np.nan,
        "cell": 0, "moving": 0, "emergency": 0,
    } | changes  # fmt: skip


def rows_of(*rows: dict[str, Any]) -> LiveRows:
    """Packed, in this order."""
    packed = np.zeros(len(rows), LIVE_ROW)
    for number, row in enumerate(rows):
        for name, value in row.items():
            packed[name][number] = value
    return packed


def heard(device: int, received_at: int) -> dict[str, Any]:
    """A sign of life without a position."""
    return a_row(device, fix_time=NEVER, received_at=received_at)


def a_table(*devices: Device) -> LiveTable:
    """Stale after a minute, silent after ten."""
    table = LiveTable(stale_after_s=60, silent_after_s=600)
    table.describe(devices)
    return table
