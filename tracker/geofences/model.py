"""Geofences: areas whose borders are watched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

__all__ = ["Geofence", "GeofenceAlert", "GeofenceKind"]


class GeofenceKind(StrEnum):
    """What it is drawn as."""

    POLYGON = "polygon"
    CIRCLE = "circle"


class GeofenceAlert(StrEnum):
    """Which crossings raise an alert in the command centre."""

    NONE = "none"
    ENTER = "enter"
    EXIT = "exit"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Geofence:
    """A watched area.

    organisation: id of the owner. geometry: GeoJSON Polygon or MultiPolygon; of a circle the Point of its centre.
    radius_m: of a circle, metres. dwell_s: how long a crossing must last before it counts. version: another one after
    each change.
    """

    key: int
    id: str
    organisation: str
    name: str
    kind: GeofenceKind
    geometry: Mapping[str, Any]
    radius_m: float | None
    dwell_s: float
    active: bool
    alert: GeofenceAlert = GeofenceAlert.NONE
    version: int = 0
