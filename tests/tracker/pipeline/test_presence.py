"""Online, stale, silent, and why."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.model.presence import Presence, Silence
from tracker.pipeline.presence import presence_of, presences

MINUTE = 60_000_000


def told(position_age: int, heard_age: int, *, battery: float = 0.5, on_duty: bool = True) -> tuple[Presence, Silence]:
    return presence_of(
        position_age=position_age, heard_age=heard_age, battery=battery, on_duty=on_duty, stale_after=MINUTE,
        silent_after=10 * MINUTE,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("position_age", "heard_age", "battery", "on_duty", "expected"),
    [
        (0, 0, 0.5, True, (Presence.ONLINE, Silence.NONE)),
        (MINUTE + 1, 0, 0.5, True, (Presence.STALE, Silence.NONE)),
        (11 * MINUTE, 11 * MINUTE, 0.5, True, (Presence.SILENT, Silence.LINK)),
        (11 * MINUTE, MINUTE, 0.5, True, (Presence.SILENT, Silence.NO_FIX)),
        (11 * MINUTE, 11 * MINUTE, 0.03, True, (Presence.SILENT, Silence.BATTERY)),
        (11 * MINUTE, 11 * MINUTE, 0.03, False, (Presence.SILENT, Silence.OFF_SHIFT)),
        (11 * MINUTE, 11 * MINUTE, float("nan"), True, (Presence.SILENT, Silence.LINK)),
    ],
)
def test_the_first_reason_that_fits_is_told(
    position_age: int, heard_age: int, battery: float, on_duty: bool, expected: tuple[Presence, Silence]
) -> None:
    assert told(position_age, heard_age, battery=battery, on_duty=on_duty) == expected


AGES = st.integers(0, 20 * MINUTE)


@given(st.lists(st.tuples(AGES, AGES, st.floats(0, 1, width=32), st.booleans()), max_size=30))
def test_columns_agree_with_the_rule(rows: list[tuple[int, int, float, bool]]) -> None:
    n = len(rows)
    codes = presences(
        position_age=np.array([row[0] for row in rows], np.int64),
        heard_age=np.array([row[1] for row in rows], np.int64),
        battery=np.array([row[2] for row in rows], np.float32),
        on_duty=np.array([row[3] for row in rows], np.bool_),
        stale_after=np.full(n, MINUTE),
        silent_after=np.full(n, 10 * MINUTE),
    )
    expected = [
        told(age, heard, battery=float(np.float32(battery)), on_duty=duty) for age, heard, battery, duty in rows
    ]
    assert list(zip(codes[0].tolist(), codes[1].tolist(), strict=True)) == expected
