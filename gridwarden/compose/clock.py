"""The clocks of a process; tests and the core get theirs as arguments."""

from __future__ import annotations

import time
from datetime import UTC, datetime

__all__ = ["monotonic_s", "now_us", "unix_s", "utc_now"]


def now_us() -> int:
    """Microseconds since 1970 UTC."""
    return time.time_ns() // 1000


def utc_now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


def unix_s() -> float:
    """Seconds since 1970 UTC, which every process of an installation shares."""
    return time.time()


def monotonic_s() -> float:
    """Seconds of a clock that never goes back."""
    return time.monotonic()
