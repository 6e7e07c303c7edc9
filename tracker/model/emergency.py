"""A device's emergency flag rose or fell."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Signal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """What one fix says of a device's emergency flag.

    device: key. fix_time: microseconds since 1970. latitude, longitude: degrees, of that fix.
    """

    device: int
    up: bool
    fix_time: int
    latitude: float
    longitude: float
