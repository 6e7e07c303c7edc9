"""Overland batches."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracker.protocols.vectors import VECTORS
from tracker.model.fix import Fix
from tracker.protocols.errors import DecodeError
from tracker.protocols.overland import REPLY, decode_overland
from tracker.protocols.report import Report

NOW = 1_764_000_000_000_000
README = json.loads((VECTORS / "overland" / "readme_batch.json").read_text(encoding="utf-8"))


def decoded(batch: object) -> Report:
    return decode_overland(json.dumps(batch).encode(), received_at=NOW)


def a_location(**properties: object) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [119.25, 26.5]},
        "properties": {"timestamp": "2026-11-24T01:02:03Z"} | properties,
    }


def fix_of(**properties: object) -> Fix:
    (fix,) = decoded({"locations": [a_location(**properties)]}).fixes
    return fix


def test_the_batch_of_the_readme_gives_the_position_and_the_answer_it_names() -> None:
    (fix,) = decoded(README["request"]["body"]).fixes
    (expected,) = README["expected"]
    assert (fix.latitude, fix.longitude) == (expected["lat"], expected["lon"])
    assert fix.fix_time == datetime.fromisoformat(expected["time"])
    assert fix.speed_over_ground == expected["speed_mps"]
    assert (fix.horizontal_accuracy, fix.battery) == (expected["accuracy_m"], expected["battery"])
    assert json.loads(REPLY) == README["required_response_body"]


def test_negative_is_unknown() -> None:
    fix = fix_of(speed=-1, course=-1, horizontal_accuracy=-1, battery_level=-1)
    assert fix.speed_over_ground is fix.course_over_ground is fix.horizontal_accuracy is fix.battery is None


def test_an_action_with_a_place_is_the_event_of_a_fix_and_one_without_is_taken_and_not_kept() -> None:
    assert fix_of(action="visit").event == "visit"
    paused = {"type": "Feature", "properties": {"timestamp": "2026-11-24T01:02:03Z", "action": "paused"}}
    assert decoded({"locations": [paused]}) == Report()


def test_bad_entries_cost_only_themselves() -> None:
    bad = [
        3,
        {},
        a_location(timestamp="soon"),
        a_location(speed="fast"),
        a_location() | {"geometry": {"coordinates": [1]}},
    ]
    report = decoded({"locations": [*bad, a_location()]})
    assert len(report.fixes) == 1
    assert len(report.refused) == len(bad)


def test_a_batch_of_nothing_but_bad_entries_is_taken_too_or_it_would_come_forever() -> None:
    assert len(decoded({"locations": [3]}).refused) == 1


@pytest.mark.parametrize("tst", [785_692_800, 1_764_000_000, 1_764_000_000.25])
def test_its_owntracks_mode_counts_from_2001_or_1970(tst: float) -> None:
    message = {"_type": "location", "lat": 1.5, "lon": 2.5, "tst": tst, "acc": 5, "batt": 80, "topic": "owntracks/x"}
    (fix,) = decoded(message).fixes
    assert fix.fix_time.timestamp() // 1 == 1_764_000_000


@pytest.mark.parametrize("batch", [[], 3, {}, {"locations": {}}, {"locations": [{}] * 2_001}])
def test_what_is_no_batch_is_refused(batch: object) -> None:
    with pytest.raises(DecodeError, match=r"batch|locations"):
        decoded(batch)


_VALUES = st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.lists(st.floats(), max_size=3)
_PROPERTIES = st.dictionaries(st.sampled_from(["timestamp", "speed", "battery_level", "action", "motion"]), _VALUES)


@given(st.lists(st.fixed_dictionaries({"properties": _PROPERTIES, "geometry": st.dictionaries(st.just("coordinates"), _VALUES)}), max_size=3))  # fmt: skip  # noqa: E501 - one strategy
def test_whatever_comes_nothing_but_decode_error_leaves(locations: list[object]) -> None:
    report = decoded({"locations": locations})
    assert len(report.fixes) + len(report.refused) <= len(locations)


@given(st.binary(max_size=60))
def test_random_bytes_raise_nothing_but_decode_error(body: bytes) -> None:
    try:
        decode_overland(body, received_at=NOW)
    except DecodeError:
        return
