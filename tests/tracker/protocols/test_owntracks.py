"""OwnTracks messages, against Traccar's decoder, the booklet and the project's own schema tests."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracker.protocols.agreement import assert_agrees_with_traccar
from tests.tracker.protocols.vectors import VECTORS, lines_of
from tracker.protocols.errors import DecodeError
from tracker.protocols.owntracks import decode_owntracks, tst_of_overland
from tracker.protocols.report import Report

NOW = 1_764_000_000_000_000
SCHEMA = VECTORS / "owntracks" / "json_schema"
EXAMPLES = lines_of("owntracks/booklet.jsonl") + lines_of("owntracks/recorder.jsonl")
EXPECTATIONS = json.loads((SCHEMA / "expectations.json").read_text(encoding="utf-8"))


def decoded(message: object) -> Report:
    return decode_owntracks(json.dumps(message).encode(), received_at=NOW)


@pytest.mark.parametrize("vector", lines_of("owntracks/traccar.jsonl"), ids=lambda vector: str(vector["id"]))
def test_a_location_says_what_traccar_reads_in_it(vector: dict[str, Any]) -> None:
    (fix,) = decode_owntracks(vector["message"]["body"].encode(), received_at=NOW).fixes
    assert_agrees_with_traccar(fix, vector["decoded_by_traccar"]["positions"][0], received_at=NOW)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["id"]))
def test_an_example_of_the_manuals_gives_its_locations_and_nothing_else(example: dict[str, Any]) -> None:
    payload = example["payload"]
    messages = payload if isinstance(payload, list) else [payload]
    if not any("_type" in one for one in messages):
        with pytest.raises(DecodeError, match="_type"):
            decoded(payload)
        return
    places = [(one["lat"], one["lon"]) for one in messages if one["_type"] == "location"]
    assert [(fix.latitude, fix.longitude) for fix in decoded(payload).fixes] == places


@pytest.mark.parametrize("name", sorted(path.name for path in SCHEMA.glob("*.json") if path.name in EXPECTATIONS))
def test_what_the_schema_takes_is_taken(name: str) -> None:
    body = (SCHEMA / name).read_bytes()
    if EXPECTATIONS[name]["valid"]:
        assert not decode_owntracks(body, received_at=NOW).refused


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("location-lat-missing.json", "lat is not a number"),
        ("e-nodata.json", "the payload is encrypted and this server has no key: remove the encryption key in the app"),
    ],
)
def test_what_cannot_be_used_is_taken_with_its_reason_or_it_would_come_forever(name: str, reason: str) -> None:
    assert decode_owntracks((SCHEMA / name).read_bytes(), received_at=NOW) == Report(refused=(reason,))


@pytest.mark.parametrize("name", ["object-empty.json", "cmd-setWaypoints-illegal.json"])
def test_what_is_no_owntracks_message_is_refused(name: str) -> None:
    with pytest.raises(DecodeError):
        decode_owntracks((SCHEMA / name).read_bytes(), received_at=NOW)


def test_units_end_here_and_the_rest_is_kept() -> None:
    (fix,) = decode_owntracks((SCHEMA / "location-5s.json").read_bytes(), received_at=NOW).fixes
    assert fix.fix_time == datetime(2023, 11, 29, 13, 8, 30, tzinfo=UTC)
    assert fix.speed_over_ground == pytest.approx(1 / 3.6)
    assert (fix.course_over_ground, fix.altitude_msl, fix.horizontal_accuracy, fix.battery) == (252, 93, 9, 0.94)
    assert fix.attributes["SSID"] == "hotel"
    assert fix.attributes["t"] == "p"


def test_minus_one_is_unknown() -> None:
    message = {
        "_type": "location",
        "lat": 1,
        "lon": 2,
        "tst": 1_700_000_000,
        "vel": -1,
        "cog": -1,
        "batt": -1,
        "acc": -1,
    }
    (fix,) = decoded(message).fixes
    assert fix.speed_over_ground is fix.course_over_ground is fix.battery is fix.horizontal_accuracy is None


def test_an_image_larger_than_the_attributes_costs_only_itself() -> None:
    message = {"_type": "location", "lat": 1, "lon": 2, "tst": 1_700_000_000, "image": "x" * 100_000, "tag": "tea"}
    (fix,) = decoded(message).fixes
    assert fix.attributes == {"tag": "tea", "attributes_left_out": 1}


def test_one_bad_message_of_several_costs_only_itself() -> None:
    good = {"_type": "location", "lat": 1, "lon": 2, "tst": 1_700_000_000}
    report = decoded([{"_type": "location", "lat": "1"}, good, 3])
    assert len(report.fixes) == 1
    assert len(report.refused) == 2


@pytest.mark.parametrize("body", [b"", b" \n", b"[]"])
def test_an_empty_request_is_a_sign_of_life(body: bytes) -> None:
    assert decode_owntracks(body, received_at=NOW) == Report()


def test_more_messages_than_the_limit_are_refused() -> None:
    with pytest.raises(DecodeError, match="more than"):
        decoded([{"_type": "lwt"}] * 1_001)


def test_both_epochs_of_overland_are_told_apart() -> None:
    assert tst_of_overland(1_764_000_000) == 1_764_000_000
    assert tst_of_overland(785_692_800) == 1_764_000_000


_VALUES = (
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5) | st.lists(st.none(), max_size=2)
)
_MESSAGES = st.dictionaries(st.sampled_from(["lat", "lon", "tst", "vel", "batt", "acc", "poi", "cog"]), _VALUES)


@given(st.lists(_MESSAGES.map(lambda one: {"_type": "location"} | one) | _VALUES, max_size=4))
def test_whatever_comes_nothing_but_decode_error_leaves(messages: list[object]) -> None:
    try:
        report = decoded(messages)
    except DecodeError:
        return
    for fix in report.fixes:
        json.dumps(dict(fix.attributes), allow_nan=False)


@given(st.binary(max_size=60))
def test_random_bytes_raise_nothing_but_decode_error(body: bytes) -> None:
    try:
        decode_owntracks(body, received_at=NOW)
    except DecodeError:
        return
