"""The table of moves, the clocks, and that the log replays to the same incident."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.incidents.model import (
    ENDED,
    MOVES,
    Action,
    Clock,
    IllegalMove,
    Incident,
    Limits,
    State,
    changes,
    escalated,
    moved,
    replayed,
)
from tests.dispatch.world import NOON

LIMITS = Limits(accept_s=300, arrive_s=1200, handle_s=7200, verify_s=3600)
_CLOCKLESS = ENDED | {State.SUSPENDED}


def an_incident(state: State = State.REPORTED) -> Incident:
    return Incident(
        key=1, id="I-1", version=1, state=state, kind=1, priority=3, organisation=3, place_organisation=3,
        latitude=26.0, longitude=119.3, address=None, description="a cover is missing", source="patrol",
        reporter_user=1, reporter_member=None, contact=None, drill=False, reported_at=NOON, clock=Clock.ACCEPT,
        due_at=NOON + timedelta(seconds=300),
    )  # fmt: skip


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", Action)
def test_what_is_not_in_the_table_is_refused_with_what_is_legal(state: State, action: Action) -> None:
    if (state, action) in MOVES:
        moved(an_incident(state), action, NOON, LIMITS)
        return
    with pytest.raises(IllegalMove) as refusal:
        moved(an_incident(state), action, NOON, LIMITS)
    assert set(refusal.value.legal) == {legal for at, legal in MOVES if at is state}


def test_every_state_is_reached_and_none_is_a_trap() -> None:
    reached, edge = {State.REPORTED}, {State.REPORTED}
    while edge:
        edge = {after for (before, _), after in MOVES.items() if before in edge} - reached
        reached |= edge
    assert reached == set(State)
    assert all(any(after is not before for (at, _), after in MOVES.items() if at is before) for before in State)


@given(st.lists(st.tuples(st.sampled_from(Action), st.integers(0, 4000)), max_size=40), st.data())
def test_any_legal_history_replays_to_the_same_incident(acts: list[tuple[Action, int]], data: st.DataObject) -> None:
    incident, now = an_incident(), NOON
    log = [changes(None, incident)[1]]
    for action, seconds in acts:
        now += timedelta(seconds=seconds)
        before = incident
        if action is Action.ESCALATE and (before.state, action) in MOVES:
            above = data.draw(st.one_of(st.none(), st.integers(1, 9)))
            incident = escalated(before, above, now, LIMITS)
        elif (before.state, action) in MOVES:
            incident = moved(before, action, now, LIMITS)
        else:
            continue
        log.append(changes(before, incident)[1])
        assert incident.version == before.version + 1
        assert (incident.clock is None) == (incident.state in ENDED) or incident.state is State.SUSPENDED
        assert incident.due_at is None or incident.state not in _CLOCKLESS
        assert (incident.ended_at is not None) == (incident.state in ENDED)
    assert replayed(log) == changes(None, incident)[1]


def test_each_state_has_its_clock_and_one_that_goes_on_keeps_its_limit() -> None:
    accepted = moved(an_incident(), Action.ACCEPT, NOON, LIMITS)
    assert (accepted.clock, accepted.due_at) == (Clock.ARRIVE, NOON + timedelta(seconds=1200))
    minute = NOON + timedelta(minutes=1)
    handling = moved(moved(accepted, Action.DISPATCH, minute, LIMITS), Action.ACKNOWLEDGE, minute, LIMITS)
    assert (handling.clock, handling.due_at) == (Clock.ARRIVE, accepted.due_at)
    on_scene = moved(handling, Action.ARRIVE, minute, LIMITS)
    assert (on_scene.clock, on_scene.due_at) == (Clock.HANDLE, minute + timedelta(seconds=7200))
    done = moved(on_scene, Action.FEEDBACK, minute, LIMITS)
    assert (done.clock, done.due_at) == (Clock.VERIFY, minute + timedelta(seconds=3600))
    closed = moved(moved(done, Action.VERIFY, minute, LIMITS), Action.CLOSE, minute, LIMITS)
    assert (closed.clock, closed.due_at, closed.ended_at) == (None, None, minute)


def test_a_suspended_clock_goes_on_with_what_was_left() -> None:
    accepted = moved(an_incident(), Action.ACCEPT, NOON, LIMITS)
    asked = moved(accepted, Action.SUSPEND, NOON, LIMITS, request={"what": "suspend"})
    later = NOON + timedelta(seconds=1000)
    suspended = moved(asked, Action.APPROVE, later, LIMITS, request=None)
    assert (suspended.state, suspended.due_at, suspended.clock_left) == (State.SUSPENDED, None, timedelta(seconds=200))
    tomorrow = NOON + timedelta(days=1)
    resumed = moved(suspended, Action.RESUME, tomorrow, LIMITS)
    assert (resumed.state, resumed.due_at) == (State.ACCEPTED, tomorrow + timedelta(seconds=200))


def test_an_approved_deferral_moves_the_limit_and_not_the_state() -> None:
    accepted = moved(an_incident(), Action.ACCEPT, NOON, LIMITS)
    asked = moved(accepted, Action.DEFER, NOON, LIMITS, request={"what": "defer"})
    until = NOON + timedelta(days=2)
    deferred = moved(asked, Action.APPROVE, NOON, LIMITS, request=None, due_at=until)
    assert (deferred.state, deferred.due_at) == (State.ACCEPTED, until)


def test_what_ran_out_leaves_a_mark_and_the_next_level_has_half_the_limit() -> None:
    late = NOON + timedelta(seconds=301)
    above = escalated(an_incident(), 2, late, LIMITS)
    assert (above.organisation, above.marks, above.escalations) == (2, 1, 1)
    assert above.due_at == late + timedelta(seconds=150)
    top = escalated(above, None, late + timedelta(seconds=151), LIMITS)
    assert (top.organisation, top.marks, top.due_at) == (2, 2, None)


def test_a_person_who_escalates_in_time_leaves_no_mark() -> None:
    assert escalated(an_incident(), 2, NOON, LIMITS).marks == 0
