"""A geofence was entered or left."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Crossing", "CrossingKind"]


class CrossingKind(StrEnum):
    """Which way."""

    ENTER = "enter"
    EXIT = "exit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """One device over one geofence's border, decided at the fix that completed the dwell.

    geofence, device: keys. fix_time: microseconds since 1970. latitude, longitude: degrees, of that fix.
    """

    geofence: int
    device: int
    kind: CrossingKind
    fix_time: int
    latitude: float
    longitude: float
