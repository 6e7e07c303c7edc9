"""How things stood at a past instant, out of what their logs say. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import datetime
from typing import Any

__all__ = ["Step", "steps_since", "was_open"]

Step = dict[str, Any]
"""How a thing stood from `at` on, and the action that brought it there."""


def steps_since(entries: Iterable[Mapping[str, Any]], since: datetime) -> list[Step]:
    """How a thing stood at `since`, and each step after it, oldest first.

    entries: of its log, the oldest first, with `at`, `action` and `after`, what that step changed. Where the thing was
    not there yet at `since`, the first step is its beginning.
    """
    state: dict[str, Any] = {}
    steps: list[Step] = []
    for entry in entries:
        state |= entry["after"]
        step = state | {"at": entry["at"], "action": entry["action"]}
        if entry["at"] <= since:
            steps = [step]
        else:
            steps.append(step)
    return steps


def was_open(steps: Iterable[Step], ended: Container[str]) -> bool:
    """Whether there was something left to do at one of these steps. ended: the states in which there is not."""
    return any(step["state"] not in ended for step in steps)
