"""OpenGTS requests of GPSLogger."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracker.protocols.vectors import lines_of
from tracker.protocols.errors import DecodeError
from tracker.protocols.opengts import read_opengts
from tracker.protocols.report import Report

SENTENCE = "$GPRMC,192429,A,5121.47965,N,011.71463,W,0.000000,0.000000,050316,,*02"
VOID = "$GPRMC,192429,V,,,,,,,050316,,*35"


def report_of(query: str) -> Report:
    return read_opengts(query, "", b"").report(dialect="", received_at=0)


@pytest.mark.parametrize("vector", lines_of("opengts/gpslogger.jsonl"), ids=lambda vector: str(vector["id"]))
def test_a_sentence_of_its_own_tests_gives_the_location_it_was_made_from(vector: dict[str, Any]) -> None:
    message, location = vector["message"], vector["device_location"]
    query = message.partition("?")[2] or f"dev=99&gprmc={message}"
    (fix,) = report_of(query).fixes
    assert fix.latitude == pytest.approx(location["lat"], abs=1e-6)
    assert fix.longitude == pytest.approx(location["lon"], abs=1e-6)
    when = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=location["time_ms"] // 1000)
    assert fix.fix_time == when
    assert fix.speed_over_ground == pytest.approx(location.get("speed_mps", 0), abs=1e-3)
    assert fix.course_over_ground == location.get("bearing", 0)


def test_the_device_its_secret_and_what_else_it_says() -> None:
    claim = read_opengts(f"id=1&dev=99&token=s&batt=40&alt=12.5&code=0xF020&gprmc={SENTENCE}", "", b"")
    assert (claim.device_id, claim.token) == ("99", "s")
    (fix,) = claim.report(dialect="", received_at=0).fixes
    assert (fix.altitude_msl, fix.battery, fix.attributes) == (12.5, 0.4, {"code": "0xF020"})


def test_a_quoted_sentence_is_the_same() -> None:
    quoted = SENTENCE.replace("$", "%24").replace(",", "%2C").replace("*", "%2A")
    assert report_of(f"dev=1&gprmc={quoted}") == report_of(f"dev=1&gprmc={SENTENCE}")


def test_a_void_sentence_says_that_there_is_no_fix_and_none_that_it_is_alive() -> None:
    assert report_of(f"dev=1&gprmc={VOID}") == Report(no_fix=True)
    assert report_of("dev=1") == Report()


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        (f"gprmc={SENTENCE}", "no device"),
        (f"dev=1&gprmc={SENTENCE[:-1]}3", "checksum"),
        ("dev=1&gprmc=$GPVTG,87.0,T,,M,5.0,N,9.3,K*70", "checksum|RMC"),
        (f"dev=1&gprmc={SENTENCE}&alt=high", "alt"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(query: str, reason: str) -> None:
    with pytest.raises(DecodeError, match=reason):
        report_of(query)


@given(st.text(max_size=40), st.integers(0, 69), st.characters())
def test_whatever_comes_nothing_but_decode_error_leaves(text: str, at: int, letter: str) -> None:
    for query in (text, f"dev=1&gprmc={text}", f"dev=1&gprmc={SENTENCE[:at]}{letter}{SENTENCE[at + 1 :]}"):
        try:
            report_of(query)
        except DecodeError:
            continue
