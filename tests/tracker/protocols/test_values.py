"""Single values."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.protocols.errors import DecodeError
from tracker.protocols.values import (
    LARGEST,
    bounded_attributes,
    direction,
    fraction,
    known,
    number,
    number_of_text,
    one_line,
    percent,
    scalar,
    time_of_epoch,
    time_of_loose_text,
    time_of_text,
    word,
)

_EARLIEST, _LATEST = datetime.fromisoformat("0002-01-01"), datetime.fromisoformat("9998-12-31")
_ZONES = st.integers(-1_439, 1_439).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(_EARLIEST, _LATEST, timezones=_ZONES))
def test_every_instant_comes_back_from_rfc_3339(moment: datetime) -> None:
    assert time_of_text(moment.isoformat()) == moment
    assert time_of_loose_text(moment.strftime("%Y-%m-%dT%H:%M:%S%z").zfill(24)) == moment.replace(microsecond=0)


@pytest.mark.parametrize(
    "text",
    ["2026-11-24T01:02:03Z", "2026-11-24t01:02:03z", "2026-11-24 01:02:03Z", "2026-11-24T09:02:03+08:00",
     "2026-11-23T18:02:03-07:00", "2026-11-24T01:02:03.000000999Z"],
)  # fmt: skip
def test_the_spellings_of_rfc_3339_are_one_instant(text: str) -> None:
    assert time_of_text(text) == datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["2026-11-24T01:02:03", "2026-11-24", "20261124T010203Z", "2026-11-24T01:02:03+0800", "2026-02-30T01:02:03Z",
     "2026-11-24T24:02:03Z", "2026-11-24T01:02:60Z", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+23:59",
     "２０２６-11-24T01:02:03Z", "2026-11-24T01:02:03Z\n", "2026-11-24T01:02:03+24:00", 1_764_000_000, None, True],
)  # fmt: skip
def test_what_is_not_rfc_3339_or_does_not_exist_is_refused(text: object) -> None:
    with pytest.raises(DecodeError, match="time"):
        time_of_text(text)


@pytest.mark.parametrize("text", ["2026-11-24T01:02:03", "2026-11-24 09:02", 3, None])
def test_a_loose_time_still_needs_its_offset(text: object) -> None:
    with pytest.raises(DecodeError, match="time"):
        time_of_loose_text(text)


def test_seconds_and_milliseconds_are_told_apart() -> None:
    assert time_of_epoch(1_764_000_000) == time_of_epoch(1_764_000_000_000) == datetime(2025, 11, 24, 16, tzinfo=UTC)
    assert time_of_epoch(0) == datetime(1970, 1, 1, tzinfo=UTC)


@given(st.floats(-LARGEST, LARGEST))
def test_an_epoch_gives_an_instant_or_is_refused(value: float) -> None:
    try:
        assert time_of_epoch(value).tzinfo is UTC
    except DecodeError:
        assert abs(value) > 6e10


@given(st.floats(-1e14, 1e14))
def test_a_number_comes_back_from_its_text(value: float) -> None:
    assert number_of_text(repr(value), "x") == value


@pytest.mark.parametrize(
    "text", ["", " 1", "1_000", "nan", "inf", "1e999", "0x10", "１", "1,5", "--1", "1e15", "9" * 41]
)
def test_a_text_that_is_no_sensible_number_is_refused(text: str) -> None:
    with pytest.raises(DecodeError, match="x is not a"):
        number_of_text(text, "x")


@pytest.mark.parametrize("value", [True, "1", None, [], float("nan"), float("inf"), 10**400, -1e15])
def test_what_is_no_json_number_is_refused(value: object) -> None:
    with pytest.raises(DecodeError, match="x is not a"):
        number(value, "x")


def test_unknown_is_none() -> None:
    assert known(-1) is known(None) is None
    assert known(0) == 0
    assert direction(-1) is direction(None) is None
    assert (direction(360), direction(359.5)) == (0, 359.5)
    assert percent(-1) is percent(101) is percent(None) is None
    assert percent(50) == 0.5
    assert fraction(-1) is fraction(1.5) is fraction(None) is None
    assert fraction(1) == 1


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("false", False), ("12", 12), ("-1.5", -1.5), ("007", "007"), ("1e5", "1e5"), ("", ""), ("x", "x"),
     ("12345678901234567890", "12345678901234567890")],
)  # fmt: skip
def test_a_parameter_is_what_it_looks_like(text: str, value: object) -> None:
    assert scalar(text) == value
    assert type(scalar(text)) is type(value)


@pytest.mark.parametrize("value", ["", "x" * 5, "a\nb", "a\0", "\ud800", 3, None])
def test_a_text_that_could_do_harm_is_refused(value: object) -> None:
    with pytest.raises(DecodeError, match="name is not a text of 1 to 4"):
        one_line(value, "name", longest=4)


def test_an_odd_event_is_no_reason_to_lose_its_fix() -> None:
    assert word("sos") == "sos"
    assert word("a\nb") is word(3) is None


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@given(st.lists(st.tuples(st.text(max_size=5), _JSON), max_size=10))
def test_attributes_are_json_that_every_store_takes(pairs: list[tuple[str, object]]) -> None:
    kept = bounded_attributes(pairs)
    packed = json.dumps(kept, allow_nan=False).encode()
    assert b"\\u0000" not in packed
    assert len(orjson.dumps(kept)) < 4_096 + 200


def test_what_does_not_fit_is_left_out_and_counted() -> None:
    deep: list[object] = []
    for _ in range(500):
        deep = [deep]
    kept = bounded_attributes([("a", 1), ("b", "x" * 5_000), ("c", "\0"), ("d", 2**70), ("e", deep), ("f", [{"g": 1}])])
    assert kept == {"a": 1, "f": [{"g": 1}], "attributes_left_out": 4}
