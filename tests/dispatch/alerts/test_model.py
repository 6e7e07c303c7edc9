"""Alerts move as the table says, and in no other way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.alerts.model import MOVES, OPEN, Action, Alert, AlertKind, IllegalMove, Source, State, moved
from tests.dispatch.world import NOON

ACTIONS = st.lists(st.sampled_from(sorted(MOVES)), max_size=8)


def an_alert() -> Alert:
    return Alert(
        key=1, id="A-1", version=1, state=State.RAISED, kind=AlertKind.SOS, source=Source.DEVICE, drill=False,
        organisation=1, member=1, device=1, incident=None, latitude=None, longitude=None, acknowledged_at=None,
        acknowledged_by=None, assigned_at=None, assigned_by=None, cleared_at=None, cleared_by=None, told=[],
        assigned=[],
    )  # fmt: skip


@given(ACTIONS)
def test_only_legal_moves_are_made_and_the_first_stays_on_record(actions: list[Action]) -> None:
    alert = an_alert()
    for number, action in enumerate(actions):
        before = alert
        try:
            alert = moved(before, action, f"user {number}", NOON + timedelta(seconds=number))
        except IllegalMove:
            assert before.state not in MOVES[action]
            continue
        assert alert.state is MOVES[action][before.state]
        assert alert.version == before.version + 1
        for name in ("acknowledged_by", "assigned_by", "cleared_by"):
            assert getattr(before, name) in (None, getattr(alert, name))
    assert (alert.cleared_at is not None) == (alert.state not in OPEN)
    if alert.state is State.ASSIGNED:
        assert alert.acknowledged_at is not None
        assert alert.assigned_at is not None


def test_who_comes_second_is_told_who_was_first() -> None:
    alert = moved(an_alert(), Action.ACKNOWLEDGE, "anna", NOON)
    with pytest.raises(IllegalMove, match=r"anna acknowledged it at 12:00:00 UTC; it is acknowledged"):
        moved(alert, Action.ACKNOWLEDGE, "bo", NOON)


@pytest.mark.parametrize("action", sorted(MOVES))
def test_what_is_cleared_stays_cleared(action: Action) -> None:
    with pytest.raises(IllegalMove, match="anna cleared it"):
        moved(moved(an_alert(), Action.CLEAR, "anna", NOON), action, "bo", NOON)
