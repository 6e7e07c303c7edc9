"""Columns of JSON fixes and the rule for one object are the same."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.protocols.json_fix_columns import batch_of_columns, columns_of_objects
from tracker.protocols.json_fix_rule import KNOWN, NUMBERS, row_of_object

NOW = 1_764_000_000_000_000


def a_fix(**changes: object) -> dict[str, Any]:
    return {"time": "2026-11-24T01:02:03Z", "latitude": 26.0801, "longitude": 119.2965} | changes


def agree(objects: list[object]) -> None:
    """What is read as columns is what the rule reads."""
    columns = columns_of_objects(objects)
    if columns is None:
        return
    batch = batch_of_columns(columns, device=7, received_at=NOW)
    rows = [row_of_object(one) for one in objects]
    assert batch.fix_time.tolist() == [time for time, _, _ in rows]
    numbers = np.array([numbers for _, numbers, _ in rows]).T
    for name, expected in zip(NUMBERS, numbers, strict=True):
        column = getattr(batch, name)
        np.testing.assert_array_equal(column, expected.astype(column.dtype))
    assert batch.extras == {row: extra for row, (_, _, extra) in enumerate(rows) if extra is not None}


_TIMES = st.one_of(
    st.datetimes().map(lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20)),
    st.datetimes().map(lambda moment: f"{moment.isoformat(timespec='milliseconds')}Z"),
    st.sampled_from(
        ["2026-11-24T01:02:03+08:00", "2026-11-24T01:02:03", "2026-13-24T01:02:03Z", "2026-02-30T01:02:03Z",
         "2026-11-24T24:00:00Z", "2026-11-24T01:02:60Z", "0000-11-24T01:02:03Z", "-026-11-24T01:02:03Z",
         " 026-11-24T01:02:03Z", "2026-11-24 01:02:03Z", "2026-11-24T01:02:03.12Z", "2026-11-24T01:02:0３Z", "NaT", ""]
    ),
)  # fmt: skip
_NUMBERS = st.floats(-1e6, 1e6) | st.sampled_from([0, 1, 360, -1, 1e15, -1e15, 1e300, 2**60, 0.5])
_ODD = st.none() | st.booleans() | st.text(max_size=3)


def _rarely(usual: st.SearchStrategy[Any], odd: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.integers(0, 30).flatmap(lambda draw: odd if draw == 0 else usual)


_SENSIBLE = {name: st.floats(0, 1) for name in NUMBERS}
_OBJECTS = st.fixed_dictionaries(
    {"time": _rarely(st.just("2026-11-24T01:02:03Z"), _TIMES), "latitude": _rarely(st.floats(-90, 90), _NUMBERS),
     "longitude": _rarely(st.floats(-180, 180), _ODD)},
    optional={name: _rarely(_SENSIBLE[name], _NUMBERS | _ODD) for name in NUMBERS[2:]}
    | {"event": _rarely(st.just("sos"), _ODD)},
)  # fmt: skip


@given(st.lists(_OBJECTS, min_size=1, max_size=5))
@example([a_fix(course=360, speed=1), a_fix(time="2026-11-24T01:02:04Z", course=1.5, speed=2)])
def test_columns_and_rule_are_the_same(objects: list[object]) -> None:
    agree(objects)


@given(st.lists(_TIMES, min_size=1, max_size=3))
def test_times_of_one_width_are_read_as_the_rule_reads_them(times: list[str]) -> None:
    agree([a_fix(time=time) for time in times])


def test_the_common_shapes_are_read_as_columns() -> None:
    uniform: list[object] = [a_fix(speed=1.5, battery=0.5) for _ in range(3)]
    ragged: list[object] = [a_fix(), a_fix(speed=1), a_fix(event="sos")]
    precise: list[object] = [a_fix(time="2026-11-24T01:02:03.456Z")]
    assert all(columns_of_objects(objects) is not None for objects in (uniform, ragged, precise))
    assert columns_of_objects([a_fix(steps=3)]) is None
    assert frozenset({"time", "event", *NUMBERS}) == KNOWN
