"""A fix: one receiver's statement of where and when it was. Everything a protocol decodes becomes one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

__all__ = ["Fix"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """One receiver's statement of where and when it was; it may be wrong. Which device said it travels beside it.

    fix_time: aware UTC, the receiver's own.
    latitude, longitude: degrees, WGS 84; north and east are positive. Not yet checked for plausibility.
    speed_over_ground: m/s, >= 0; course_over_ground: degrees true in [0, 360).
    altitude_msl: metres above mean sea level. horizontal_accuracy: metres at 95 %. hdop: dimensionless.
    battery: 0 to 1. event: the device's own word for what happened ("sos", "motionchange").
    attributes: what else the protocol said, JSON values only. Unknown is None everywhere.
    """

    fix_time: datetime
    latitude: float
    longitude: float
    speed_over_ground: float | None = None
    course_over_ground: float | None = None
    altitude_msl: float | None = None
    horizontal_accuracy: float | None = None
    hdop: float | None = None
    battery: float | None = None
    event: str | None = None
    attributes: Mapping[str, object] = field(default_factory=dict)
