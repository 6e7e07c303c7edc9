"""Traccar Client 9."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.protocols.errors import DecodeError
from tracker.protocols.report import Report
from tracker.protocols.traccar_json import read_json

NOW = 1_764_000_000_000_000


def a_traccar_message(**location: object) -> bytes:
    coords = {"latitude": 1.5, "longitude": 2.5, "speed": 4.0, "heading": 90.0, "accuracy": 0, "altitude": 3}
    whole = {"timestamp": "2025-06-15T13:45:12.862Z", "coords": coords} | location
    return json.dumps({"location": whole, "device_id": "9"}).encode()


def json_report(body: bytes) -> Report:
    return read_json(body, device_id=None, token=None).report(dialect="", received_at=NOW)


def test_a_client_of_9_says_metres_a_second() -> None:
    (fix,) = json_report(a_traccar_message(battery={"level": -1}, alarm="sos", event="motionchange")).fixes
    assert (fix.speed_over_ground, fix.course_over_ground, fix.event) == (4.0, 90.0, "sos")
    assert fix.horizontal_accuracy is fix.battery is None


def test_the_device_and_its_secret_may_stand_in_the_query_too() -> None:
    named = read_json(b'{"device_id": 7, "location": {}}', device_id="other", token="secret")
    assert (named.device_id, named.token) == ("7", "secret")
    assert read_json(b'{"location": {}}', device_id="other", token=None).device_id == "other"


@pytest.mark.parametrize(("event", "no_fix"), [("heartbeat", False), ("providerchange", True)])
def test_a_client_of_9_without_a_place_is_alive(event: str, no_fix: bool) -> None:
    assert json_report(a_traccar_message(coords=None, event=event)) == Report(no_fix=no_fix)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"{", "not JSON"),
        (b"[]", "the body is not a JSON object"),
        (b'{"location": {}}', "no device"),
        (b'{"device_id": {}, "location": {}}', "no device"),
        (b'{"device_id": "1"}', "location is not"),
        (b'{"device_id": "1", "location": {"coords": 3}}', "coords is not"),
        (b'{"device_id": "1", "location": {"coords": {"latitude": "1"}}}', "latitude is not a number"),
        (b'{"device_id": "1", "location": {"coords": {"latitude": NaN, "longitude": 1}}}', "finite"),
        (a_traccar_message(timestamp="2025-06-15T13:45:12"), "offset"),
    ],
)
def test_json_that_cannot_be_read_is_refused_with_its_reason(body: bytes, reason: str) -> None:
    with pytest.raises(DecodeError, match=reason):
        json_report(body)


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["location", "coords", "latitude", "longitude", "timestamp", "device_id", "battery", "extras"]), inner, max_size=4)))  # fmt: skip  # noqa: E501 - one strategy
def test_whatever_json_comes_nothing_but_decode_error_leaves(value: object) -> None:
    for body in (value, {"device_id": "1", "location": value}, {"device_id": "1", "location": {"coords": value}}):
        try:
            json_report(json.dumps(body).encode())
        except DecodeError:
            continue
