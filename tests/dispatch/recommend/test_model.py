"""What rules a member out, what he costs, and that every reason can be read in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dispatch.recommend.model import Facts, Policy, Travel, candidate_of, cost_of, ruled_out
from tracker.model.presence import Presence

TRAVEL = Travel(240.0, "streets")
ANNA = Facts(
    key=1, member="anna", name="Anna", posts=("grid leader",), organisation="one", skills=frozenset({"gas"}),
    metres=300.0, latitude=26.0, longitude=119.3, age_s=3.0, presence=Presence.ONLINE, on_duty=True, busy_with=None,
    tried=False, load=0, own_grid="one",
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, None),
        ({"on_duty": False}, "off_duty"),
        ({"presence": Presence.SILENT}, "silent"),
        ({"presence": Presence.STALE}, None),
        ({"busy_with": "I-3"}, "busy"),
        ({"tried": True}, "tried"),
        ({"own_grid": None}, None),
    ],
)
def test_who_cannot_be_sent_and_why(change: dict[str, object], code: str | None) -> None:
    reason = ruled_out(replace(ANNA, **change), Policy.TRAVEL_TIME)  # type: ignore[arg-type]  # fields of Facts
    assert (None if reason is None else reason.code) == code


def test_under_own_grid_others_are_passed_over() -> None:
    reason = ruled_out(replace(ANNA, own_grid=None), Policy.OWN_GRID)
    assert reason is not None
    assert reason.code == "other_grid"


@pytest.mark.parametrize(
    ("change", "more"),
    [
        ({"own_grid": None}, 60.0),
        ({"load": 3}, 60.0),
        ({"skills": frozenset()}, 900.0),
        ({"presence": Presence.STALE, "age_s": 100.0}, 50.0),
        ({"presence": Presence.STALE, "age_s": 1e6}, 600.0),
    ],
)
def test_every_weight_only_adds(change: dict[str, object], more: float) -> None:
    facts = replace(ANNA, **change)  # type: ignore[arg-type]  # fields of Facts
    assert cost_of(ANNA, TRAVEL, ["gas"], Policy.TRAVEL_TIME) == TRAVEL.seconds
    assert cost_of(facts, TRAVEL, ["gas"], Policy.TRAVEL_TIME) == TRAVEL.seconds + more
    assert cost_of(facts, TRAVEL, ["gas"], Policy.NEAREST) == facts.metres


def test_reasons_are_told_in_english_and_chinese() -> None:
    ends = datetime(2026, 11, 24, 18, tzinfo=UTC)
    facts = replace(ANNA, presence=Presence.STALE, age_s=80.0, load=2, shift_ends_at=ends)
    reasons = {one.code: one for one in candidate_of(facts, TRAVEL, ["gas", "power"], Policy.TRAVEL_TIME).reasons}
    assert set(reasons) == {"distance", "travel", "stale", "own_grid", "lacks_skill", "load", "shift_end"}
    assert reasons["travel"].en == "4 min by street"
    assert reasons["lacks_skill"].en == "lacks: power"
    assert reasons["shift_end"].en == "shift ends 18:00 UTC"
    assert all(one.zh and one.zh != one.en for one in reasons.values())
