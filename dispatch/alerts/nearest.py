"""Who is nearest to somebody in danger, of those who can come. Pure reading of the live table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tracker.live.service import LiveService, Selection
from tracker.model.presence import Presence

__all__ = ["Helper", "helpers", "place_of_member"]

_ASKED_FOR_EACH = 4
"""Devices that are looked at for each helper wanted: some are carried by nobody."""


@dataclass(frozen=True, slots=True)
class Helper:
    """A member who may come: key, and what people are told."""

    member: int
    told: Mapping[str, Any]


def helpers(
    live: LiveService, latitude: float, longitude: float, k: int, *, organisations: frozenset[int], but: int | None
) -> list[Helper]:
    """The k nearest members on duty and online of these organisations, the nearest first; `but`: never this one."""
    wanted = Selection(organisations=organisations, presence=Presence.ONLINE, on_duty=True)
    found = []
    for near in live.nearest(latitude, longitude, k * _ASKED_FOR_EACH, wanted):
        device = live.table.devices[near.device]
        if device.member is not None and device.member != but:
            told = {
                "member": device.member_id, "name": device.member_name, "post": device.post,
                "metres": round(near.metres, 1),
            }  # fmt: skip
            found.append(Helper(device.member, told))
    return found[:k]


def place_of_member(live: LiveService, member: int) -> tuple[float, float] | None:
    """(latitude, longitude) where the member was seen last."""
    table = live.table
    rows = np.flatnonzero((table.member == member) & table.shown)
    return (float(table.latitude[rows[0]]), float(table.longitude[rows[0]])) if len(rows) else None
