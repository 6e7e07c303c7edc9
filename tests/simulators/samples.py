"""A fix to encode, and what matters of it said by the test."""

from __future__ import annotations

from typing import Any

from simulators.fleet.reports import Sample

__all__ = ["sample"]

NOON_MS = 1_700_000_000_123  # 2023-11-14T22:13:20.123Z


def sample(**said: Any) -> Sample:
    """A complete fix in the demo city, with the fields said."""
    complete = Sample(NOON_MS, 51.1284567, 71.4305678, 1.25, 87.4, 347.2, 7.4, 1.1, 0.81)
    return complete._replace(**said)
