"""Our own JSON: what is taken, what is refused and where, and that columns and rule are the same."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.model.batch import COLUMNS, Extra, FixBatch
from tracker.protocols.errors import DecodeError
from tracker.protocols.json_fix_rule import KNOWN
from tracker.protocols.json_fixes import MOST_FIXES, DecodedFixes, TooManyFixes, decode_fixes, load_json

NOW = 1_764_000_000_000_000
UNKNOWN = float("nan")


def a_fix(**changes: object) -> dict[str, Any]:
    return {"time": "2026-11-24T01:02:03Z", "latitude": 26.0801, "longitude": 119.2965} | changes


def decoded(value: object) -> DecodedFixes:
    return decode_fixes(json.dumps(value).encode(), device=7, received_at=NOW)


def reason_of(value: object) -> str:
    ((index, reason),) = decoded([a_fix(), value]).rejected
    assert index == 1
    return reason


def test_every_member_has_its_column() -> None:
    whole = a_fix(speed=1.25, course=87.0, altitude=12, accuracy=8.0, hdop=0.5, battery=0.75, event="sos", steps=3)
    batch = decoded(whole).batch
    row = {name: getattr(batch, name)[0] for name in COLUMNS}
    assert row == {
        "device": 7, "fix_time": 1_795_482_123_000_000, "received_at": NOW, "latitude": 26.0801, "longitude": 119.2965,
        "speed": 1.25, "course": 87.0, "altitude": 12.0, "accuracy": 8.0, "hdop": 0.5, "battery": 0.75,
    }  # fmt: skip
    assert batch.extras == {0: Extra("sos", {"steps": 3})}


def test_what_is_not_said_is_unknown() -> None:
    batch = decoded([a_fix(speed=None), a_fix()]).batch
    for name in ("speed", "course", "altitude", "accuracy", "hdop", "battery"):
        assert np.isnan(getattr(batch, name)).all()
    assert not batch.extras


def test_bad_fixes_are_refused_at_their_index_and_cost_no_good_one() -> None:
    found = decoded([a_fix(), 3, a_fix(latitude="26"), a_fix(speed=2.0), {}])
    assert found.rows == [0, 3]
    assert [index for index, _ in found.rejected] == [1, 2, 4]
    assert found.batch.speed.tolist()[1] == 2.0


@pytest.mark.parametrize(
    ("fix", "reason"),
    [
        (3, "a fix is a JSON object"),
        ([a_fix()], "a fix is a JSON object"),
        ({}, "missing: latitude, longitude, time"),
        (a_fix(time=None), "missing: time"),
        (a_fix(time="2026-11-24T01:02:03"), "offset"),
        (a_fix(time=1_764_000_000), "RFC 3339"),
        (a_fix(time="2026-02-30T01:02:03Z"), "exists"),
        (a_fix(latitude="26.1"), "latitude is not a number"),
        (a_fix(longitude=True), "longitude is not a number"),
        (a_fix(latitude=UNKNOWN), "latitude is not a finite number"),
        (a_fix(speed=float("inf")), "speed is not a finite number"),
        (a_fix(altitude=1e300), "altitude is not a finite number"),
        (a_fix(battery=81), "battery is out of range"),
        (a_fix(accuracy=-1), "accuracy is out of range"),
        (a_fix(hdop=-0.1), "hdop is out of range"),
        (a_fix(event=""), "event is not a text"),
        (a_fix(event={"type": "sos"}), "event is not a text"),
    ],
)
def test_a_refusal_names_its_reason(fix: object, reason: str) -> None:
    assert reason in reason_of(fix)


def test_places_off_the_earth_are_left_to_the_pipeline_which_keeps_them_with_the_reason() -> None:
    found = decoded([a_fix(latitude=91), a_fix(longitude=-181.5), a_fix(speed=-1), a_fix(course=400)])
    assert len(found.batch) == 4


def test_a_number_beyond_json_costs_only_its_fix() -> None:
    body = b'[{"time":"2026-11-24T01:02:03Z","latitude":1e999,"longitude":2},' + orjson.dumps(a_fix()) + b"]"
    found = decode_fixes(body, device=7, received_at=NOW)
    assert found.rows == [1]


def test_a_course_of_360_is_north() -> None:
    assert decoded([a_fix(course=360)] * 10).batch.course.tolist() == [0.0] * 10
    assert decoded(a_fix(course=360)).batch.course.tolist() == [0.0]


@pytest.mark.parametrize("body", [b"", b"{", b"[1,", b"\xff", b"nonsense", b"[" * 100_000, b'"\xed\xa0\x80"'])
def test_what_is_not_json_is_refused_whole(body: bytes) -> None:
    with pytest.raises(DecodeError, match="not JSON"):
        decode_fixes(body, device=7, received_at=NOW)


def test_more_fixes_than_the_limit_are_refused_whole() -> None:
    with pytest.raises(TooManyFixes):
        decoded([{}] * (MOST_FIXES + 1))


def test_an_empty_array_is_no_fix() -> None:
    found = decoded([])
    assert (len(found.batch), found.rows, found.rejected) == (0, [], [])
    assert [getattr(found.batch, column.name).dtype for column in fields(FixBatch) if column.name != "extras"]


def test_the_standard_is_told_from_what_only_python_reads() -> None:
    assert load_json(b"[1]") == ([1], True)
    assert load_json("[Infinity]") == ([float("inf")], False)


@given(st.binary(max_size=80))
def test_random_bytes_raise_nothing_but_decode_error(body: bytes) -> None:
    try:
        decode_fixes(body, device=7, received_at=NOW)
    except DecodeError:
        return


_ANY = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*KNOWN, "x"]), inner, max_size=8),
    max_leaves=15,
)


@given(_ANY)
def test_any_json_is_taken_apart_into_rows_and_refusals(value: object) -> None:
    found = decoded(value)
    said = len(value) if isinstance(value, list) else 1
    assert sorted([*found.rows, *(index for index, _ in found.rejected)]) == list(range(said))
    assert len(found.batch) == len(found.rows)
