from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dispatch.past.model import steps_since, was_open

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def an_entry(minute: int, action: str, **after: Any) -> dict[str, Any]:
    return {"at": NOON + timedelta(minutes=minute), "action": action, "after": after}


LOG = [
    an_entry(0, "report", state="reported", priority=3),
    an_entry(5, "accept", state="accepted", priority=2),
    an_entry(6, "note"),
    an_entry(9, "close", state="closed"),
]


@pytest.mark.parametrize(
    ("minute", "actions", "state"),
    [
        (-1, ["report", "accept", "note", "close"], "reported"),
        (0, ["report", "accept", "note", "close"], "reported"),
        (5, ["accept", "note", "close"], "accepted"),
        (7, ["note", "close"], "accepted"),
        (20, ["close"], "closed"),
    ],
)
def test_the_first_step_is_how_it_stood_then(minute: int, actions: list[str], state: str) -> None:
    steps = steps_since(LOG, NOON + timedelta(minutes=minute))
    assert [step["action"] for step in steps] == actions
    assert steps[0]["state"] == state


def test_what_a_step_left_alone_is_as_the_one_before_left_it() -> None:
    steps = steps_since(LOG, NOON)
    assert [step["priority"] for step in steps] == [3, 2, 2, 2]
    assert steps[0]["at"] == NOON


def test_nothing_on_record_is_no_step() -> None:
    assert steps_since([], NOON) == []


def test_open_is_what_was_not_ended_at_one_of_its_steps() -> None:
    assert was_open(steps_since(LOG, NOON + timedelta(minutes=7)), {"closed"})
    assert not was_open(steps_since(LOG, NOON + timedelta(minutes=9)), {"closed"})
