"""Instants as text."""

from __future__ import annotations

from datetime import UTC, datetime

__all__ = ["rfc3339"]


def rfc3339(time_ms: int) -> str:
    """Milliseconds since 1970 as `2026-11-24T01:02:03.456Z`."""
    return f"{datetime.fromtimestamp(time_ms // 1000, UTC):%Y-%m-%dT%H:%M:%S}.{time_ms % 1000:03d}Z"
