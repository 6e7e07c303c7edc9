"""GPSLogger's custom URLs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracker.protocols.vectors import lines_of
from tracker.model.batch import instant
from tracker.model.fix import Fix
from tracker.protocols.errors import DecodeError
from tracker.protocols.gpslogger import read_gpslogger
from tracker.protocols.report import Report

NOW = 1_764_000_000_000_000


def report_of(query: str, body: bytes = b"") -> Report:
    return read_gpslogger(query, "", body).report(dialect="", received_at=NOW)


def fix_of(query: str, body: bytes = b"") -> Fix:
    (fix,) = report_of(query, body).fixes
    return fix


def expected_time(values: dict[str, list[str]]) -> datetime:
    """By the standard library's readers instead of ours."""
    for name in ("time", "timeoff"):
        if name in values:
            return datetime.fromisoformat(values[name][0])
    if "epoch" in values:
        epoch = int(values["epoch"][0])
        return datetime.fromtimestamp(epoch if epoch < 2**31 else epoch / 1000, UTC)
    return instant(NOW)


@pytest.mark.parametrize("vector", lines_of("gpslogger/custom_url.jsonl"), ids=lambda vector: str(vector["id"]))
def test_a_url_of_its_own_tests_is_read(vector: dict[str, Any]) -> None:
    query = urlsplit(vector["message"]).query
    values = parse_qs(query)
    fix = fix_of(f"{query}&id=phone")
    assert fix.latitude == float(values["lat"][0])
    assert fix.longitude == float(values["lon"][0])
    assert fix.fix_time == expected_time(values)


def test_all_its_fields_are_understood() -> None:
    fix = fix_of(
        "lat=12.193&lon=19.111&sat=9&desc=blah&alt=45.0&acc=8.0&dir=359.0&prov=MOCK&spd_kph=36&spd=10.0&timestamp=1457205869"
        "&time=2016-03-05T19:24:29.949Z&batt=91.0&ischarging=true&aid=22&ser=SRS11&act=&hdop=1.5&id=phone"
    )
    assert fix == Fix(
        fix_time=datetime(2016, 3, 5, 19, 24, 29, 949_000, tzinfo=UTC), latitude=12.193, longitude=19.111,
        speed_over_ground=10.0, course_over_ground=359.0, altitude_msl=45.0, horizontal_accuracy=8.0, hdop=1.5,
        battery=0.91, attributes={"sat": 9, "desc": "blah", "prov": "MOCK", "ischarging": True},
    )  # fmt: skip


def test_zero_is_how_it_says_unknown_where_zero_cannot_be() -> None:
    fix = fix_of("id=1&lat=1&lon=2&acc=0.0&hdop=0.0&dir=0.0&spd=0.0&batt=0.0")
    assert fix.horizontal_accuracy is fix.hdop is fix.course_over_ground is fix.battery is None
    assert fix.speed_over_ground == 0
    assert fix_of("id=1&lat=1&lon=2&dir=0.0&spd=2.0").course_over_ground == 0


def test_kilometres_an_hour_serve_where_metres_a_second_are_missing() -> None:
    assert fix_of("id=1&lat=1&lon=2&spd_kph=36").speed_over_ground == pytest.approx(10)


def test_a_timestamp_may_be_iso_8601_as_templates_of_overland_write_it() -> None:
    fix = fix_of("id=1&ts=2023-12-05T16:50:25Z&lat=1&lon=2&acc=5&spd=1.5&alt=3")
    assert fix.fix_time == datetime(2023, 12, 5, 16, 50, 25, tzinfo=UTC)


def test_a_form_is_read_as_the_query() -> None:
    assert fix_of("id=1", b"lat=1&lon=2&spd=3").speed_over_ground == 3


def test_the_device_is_named_by_id_or_else_by_what_the_phone_calls_itself() -> None:
    assert read_gpslogger("id=phone&aid=22&token=secret", "", b"").device_id == "phone"
    assert read_gpslogger("id=phone&aid=22&token=secret", "", b"").token == "secret"
    assert read_gpslogger("androidId=22&serial=7", "", b"").device_id == "22"


def test_without_a_place_it_is_a_heartbeat() -> None:
    assert report_of("id=1&batt=50") == Report()


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("lat=1&lon=2", "no device"),
        ("id=1&lat=1", "without"),
        ("id=1&lat=1&lon=%LON", "lon"),
        ("id=1&lat=1&lon=1&time=x", "time"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(query: str, reason: str) -> None:
    with pytest.raises(DecodeError, match=reason):
        report_of(query)


@given(st.text(max_size=60), st.binary(max_size=60))
def test_whatever_comes_nothing_but_decode_error_leaves(query: str, body: bytes) -> None:
    for text in (query, f"id=1&lat={query}&lon=1", f"id=1&lat=1&lon=1&time={query}"):
        try:
            report_of(text, body)
        except DecodeError:
            continue
