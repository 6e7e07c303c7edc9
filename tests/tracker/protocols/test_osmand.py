"""OsmAnd and the three generations of Traccar Client, against Traccar's own decoder."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracker.protocols.agreement import assert_agrees_with_traccar
from tests.tracker.protocols.vectors import lines_of
from tracker.model.fix import Fix
from tracker.protocols.errors import DecodeError
from tracker.protocols.osmand import OSMAND_APP, read_osmand
from tracker.protocols.report import Report
from tracker.protocols.values import KNOT

NOW = 1_764_000_000_000_000
FORM = "application/x-www-form-urlencoded"


def report_of(query: str, *, body: bytes = b"", content_type: str = "", dialect: str = "") -> Report:
    return read_osmand(query, content_type, body).report(dialect=dialect, received_at=NOW)


def fix_of(query: str, **how: Any) -> Fix:
    (fix,) = report_of(query, **how).fixes
    return fix


@pytest.mark.parametrize("vector", lines_of("osmand/traccar.jsonl"), ids=lambda vector: str(vector["id"]))
def test_a_message_says_what_traccar_reads_in_it(vector: dict[str, Any]) -> None:
    message, theirs = vector["message"], vector["decoded_by_traccar"]
    query, body = message["path"].partition("?")[2], (message["body"] or "").encode()
    content_type = message["headers"].get("Content-Type", "")
    if not theirs["device_ids_in_message"]:
        with pytest.raises(DecodeError, match="no device"):
            read_osmand(query, content_type, body)
        return
    claim = read_osmand(query, content_type, body)
    assert claim.device_id == theirs["device_ids_in_message"][0]
    report = claim.report(dialect="", received_at=NOW)
    if theirs["positions"][0].get("no_location_in_message"):
        assert report == Report(no_fix=True)
        return
    (fix,) = report.fixes
    assert_agrees_with_traccar(fix, theirs["positions"][0], received_at=NOW)


def test_an_android_client_of_before_9_puts_everything_in_the_query_of_a_post() -> None:
    claim = read_osmand(
        "id=123&timestamp=1377177267&lat=60.0&lon=-30.5&speed=10.0&bearing=87.5&altitude=12.0&accuracy=0.0&batt=81.0",
        "", b"",
    )  # fmt: skip
    (fix,) = claim.report(dialect="", received_at=NOW).fixes
    assert claim.device_id == "123"
    assert fix == Fix(
        fix_time=datetime(2013, 8, 22, 13, 14, 27, tzinfo=UTC), latitude=60.0, longitude=-30.5,
        speed_over_ground=10 * KNOT, course_over_ground=87.5, altitude_msl=12.0, battery=0.81,
    )  # fmt: skip


def test_a_client_of_10_puts_everything_in_a_form_and_says_sos_as_alarm() -> None:
    form = b"id=123&timestamp=1377177267123&lat=60&lon=30&speed=2&charge=true&alarm=sos&mock=false&driverUniqueId=007"
    claim = read_osmand("", FORM, form)
    (fix,) = claim.report(dialect="", received_at=NOW).fixes
    assert fix.fix_time == datetime(2013, 8, 22, 13, 14, 27, 123_000, tzinfo=UTC)
    assert fix.event == "sos"
    assert fix.attributes == {"charging": True, "mock": False, "driverUniqueId": "007"}


def test_a_token_in_the_query_and_the_rest_in_the_form_are_one_request() -> None:
    claim = read_osmand("token=secret", FORM, b"id=123&lat=1&lon=2")
    assert (claim.device_id, claim.token) == ("123", "secret")
    assert len(claim.report(dialect="", received_at=NOW).fixes) == 1


def test_without_a_place_it_is_a_heartbeat() -> None:
    assert report_of("id=1&batt=50") == Report()


@pytest.mark.parametrize("flag", ["false", "0"])
def test_a_fix_that_calls_itself_invalid_is_none(flag: str) -> None:
    assert report_of(f"id=1&lat=1&lon=2&valid={flag}") == Report(no_fix=True)


def test_osmand_the_app_says_metres_a_second_and_writes_its_accuracy_as_hdop() -> None:
    query = "id=1&lat=1&lon=2&timestamp=1377177267000&hdop=6.5&altitude=3&speed=2.5&bearing=360"
    app, tracker = fix_of(query, dialect=OSMAND_APP), fix_of(query)
    assert (app.speed_over_ground, app.horizontal_accuracy, app.hdop) == (2.5, 6.5, None)
    assert (tracker.speed_over_ground, tracker.horizontal_accuracy, tracker.hdop) == (2.5 * KNOT, None, 6.5)
    assert app.course_over_ground == 0


def test_minus_one_is_unknown() -> None:
    fix = fix_of("id=1&lat=1&lon=2&speed=-1&bearing=-1&batt=-1&accuracy=-1")
    assert fix.speed_over_ground is fix.course_over_ground is fix.battery is fix.horizontal_accuracy is None


def test_cells_and_networks_are_kept_in_order() -> None:
    fix = fix_of("id=1&lat=1&lon=2&cell=257,02,16,2224&cell=257,02,16,2223,-90&wifi=00-14,-80")
    assert fix.attributes == {"cell": ["257,02,16,2224", "257,02,16,2223,-90"], "wifi": ["00-14,-80"]}


def test_a_plus_sign_that_became_a_space_is_read_as_what_it_was() -> None:
    fix = fix_of("id=1&lat=1&lon=2&timestamp=2016-05-02T20:14:19.349+03:00")
    assert fix.fix_time == datetime(2016, 5, 2, 17, 14, 19, 349_000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("lat=1&lon=2", "no device"),
        ("id=1&lat=1", "lat without lon"),
        ("id=1&lat=x&lon=2", "lat is not a number"),
        ("id=1&lat=nan&lon=2", "lat is not a number"),
        ("id=1&lat=1&lon=1e300", "sensible size"),
        ("id=1&location=1", "lon is not a number"),
        ("id=1&lat=1&lon=2&timestamp=yesterday", "timestamp is not a number"),
        ("id=1&lat=1&lon=2&timestamp=2014-13-04 09:10:11", "yyyy-MM-dd"),
        ("id=1&lat=1&lon=2&timestamp=2014-06-04T09:10:11", "offset"),
        ("id=1&lat=1&lon=2&timestamp=999999999999999", "years"),
        ("id=%00&lat=1&lon=2", "id is not a text"),
        ("id=" + "1" * 129, "id is not a text"),
        ("&".join(["a=1"] * 201), "parameters"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(query: str, reason: str) -> None:
    with pytest.raises(DecodeError, match=reason):
        report_of(query)


_NAMES = st.sampled_from(["id", "lat", "lon", "location", "timestamp", "speed", "batt", "valid", "cell", "x"])
_TEXTS = st.one_of(st.text(max_size=8), st.floats().map(str), st.sampled_from(["2014-06-04 09:10:11", "1,2", "%ff"]))


@given(st.lists(st.tuples(_NAMES, _TEXTS), max_size=8), st.binary(max_size=40), st.sampled_from(["", "osmand"]))
def test_whatever_comes_nothing_but_decode_error_leaves(
    pairs: list[tuple[str, str]], body: bytes, dialect: str
) -> None:
    query = "&".join(["id=1", *(f"{name}={text}" for name, text in pairs)])
    try:
        report = report_of(query, body=body, dialect=dialect)
    except DecodeError:
        return
    for fix in report.fixes:
        replace(fix)
        json.dumps(dict(fix.attributes), allow_nan=False)
