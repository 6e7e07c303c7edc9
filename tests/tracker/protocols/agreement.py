"""Compare our fix with what Traccar's decoder returned for the same message."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tracker.model.batch import instant
from tracker.model.fix import Fix
from tracker.protocols.values import KNOT

__all__ = ["assert_agrees_with_traccar"]


def assert_agrees_with_traccar(fix: Fix, theirs: dict[str, Any], *, received_at: int) -> None:
    """Equal where the message says something; Traccar writes 0 where it does not."""
    when = instant(received_at) if theirs["time"] is None else datetime.fromisoformat(theirs["time"])
    assert fix.fix_time == when
    assert (fix.latitude, fix.longitude) == (theirs["lat"], theirs["lon"])
    speed = theirs["speed_knots"] * KNOT
    said = [
        (fix.speed_over_ground, pytest.approx(speed, abs=1e-5), speed),  # it rounds the factor of km/h
        *((ours, theirs[name], theirs[name]) for ours, name in _named(fix) if name in theirs),
    ]
    for ours, expected, value in said:
        assert ours == expected or (ours is None and value == 0)
    level = theirs.get("attributes", {}).get("batteryLevel")
    assert fix.battery == (None if level is None else level / 100)


def _named(fix: Fix) -> list[tuple[float | None, str]]:
    """Our values by its names; it does not tell every accuracy."""
    return [
        (fix.course_over_ground, "course"),
        (fix.altitude_msl, "altitude_m"),
        (fix.horizontal_accuracy, "accuracy_m"),
    ]
