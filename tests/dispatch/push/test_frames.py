from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.push.frames import encode_frame
from tests.dispatch.push.frame_reader import Row, read_frame
from tests.tracker.live.builders import NOON, SECOND, a_device, a_row, a_table, rows_of


def sent(now: int = NOON + SECOND, **row: Any) -> Row:
    """The row of device 1 as a client reads it."""
    table = a_table(a_device(1))
    table.apply(rows_of(a_row(1, **row)))
    table.look(now)
    return read_frame(encode_frame(table, np.array([1]), sequence=1, now=now)).rows[1]


def test_the_header_says_how_many_which_change_and_when() -> None:
    table = a_table(a_device(1), a_device(2))
    table.apply(rows_of(a_row(1), a_row(2)))
    data = encode_frame(table, np.array([2, 1]), sequence=1 << 40, now=NOON + 1_999)
    assert len(data) == 24 + 2 * 20
    frame = read_frame(data)
    assert (frame.sequence, frame.time, list(frame.rows)) == (1 << 40, NOON // 1000 + 1, [2, 1])


def test_no_rows_are_a_header() -> None:
    assert read_frame(encode_frame(a_table(), np.empty(0, np.intp), sequence=3, now=NOON)).rows == {}


@settings(max_examples=60)
@given(
    st.floats(-90, 90), st.floats(-180, 180), st.one_of(st.none(), st.floats(0, 600)),
    st.one_of(st.none(), st.floats(0, 359.99)), st.one_of(st.none(), st.floats(0, 1)), st.integers(0, 6_000),
)  # fmt: skip
def test_numbers_come_back_within_half_a_unit(
    latitude: float, longitude: float, speed: float | None, course: float | None, battery: float | None, age: int
) -> None:
    known = {"speed": speed, "course": course, "battery": battery}
    values = {name: value for name, value in known.items() if value is not None}
    row = sent(now=NOON + age * 100_000, latitude=latitude, longitude=longitude, **values)
    assert (row.latitude, row.longitude) == pytest.approx((latitude, longitude), abs=5.1e-8)
    assert row.age == pytest.approx(age / 10)
    for name, unit in (("speed", 0.01), ("course", 0.01), ("battery", 0.01)):
        if known[name] is None:
            assert getattr(row, name) is None
        else:
            assert getattr(row, name) == pytest.approx(known[name], abs=unit / 2 + 1e-4)


def test_a_speed_beyond_the_field_is_the_largest_known_one_never_unknown() -> None:
    assert sent(speed=2_000.0).speed == 655.34


def test_old_ages_end_at_the_largest_and_fixes_ahead_of_the_clock_are_fresh() -> None:
    assert sent(now=NOON + 7_000 * SECOND).age == 6553.5
    assert sent(now=NOON - 5 * SECOND).age == 0


@pytest.mark.parametrize(
    ("after_s", "changes", "expected"),
    [
        (1, {}, (0, False, False, 0)),
        (1, {"moving": 1, "emergency": 1}, (0, True, True, 0)),
        (100, {"moving": 1}, (1, True, False, 0)),
        (1_000, {"emergency": 1}, (2, False, True, 1)),
        (1_000, {"battery": 0.01}, (2, False, False, 3)),
    ],
)
def test_the_state_byte_holds_presence_motion_emergency_and_reason(
    after_s: int, changes: dict[str, Any], expected: tuple[int, bool, bool, int]
) -> None:
    row = sent(now=NOON + after_s * SECOND, **changes)
    assert (row.presence, row.moving, row.emergency, row.silence) == expected
