r"""Queues of service windows: the states of a ticket, and how long somebody will wait. Pure.

Theory of operation. A ticket is taken at the hall or by telephone, and called in the order of arrival by a window that
serves its service. Who does not come is a no-show, and may come back to the place in the queue that the number gives.
A ticket that is transferred waits for the other service, at the place of its arrival.

    waiting --call--> called --serve--> serving --finish--> served
       ^  \             |  \--recall       |
       |   '--leave     |   '--no-show--> no_show --return--> waiting
       '------- transfer, from called and serving             leave, from waiting and called: left
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from subsites.record.model import Machine

__all__ = ["LAST_NUMBER", "MOST_WAITING", "MOVES", "SAMPLE", "Action", "Desk", "State", "mean_s", "wait_s"]


class State(StrEnum):
    """Where a ticket stands."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    SERVED = "served"
    NO_SHOW = "no_show"
    LEFT = "left"


class Action(StrEnum):
    """What is done to a ticket; the word on record."""

    CALL = "call"
    RECALL = "recall"
    SERVE = "serve"
    FINISH = "finish"
    NO_SHOW = "no-show"
    RETURN = "return"
    TRANSFER = "transfer"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Desk:
    """An open window: keys of the services it serves, and whether somebody is at it."""

    services: frozenset[int]
    is_busy: bool


MOVES: Machine[State, Action] = Machine(
    "ticket",
    {
        (State.WAITING, Action.CALL): State.CALLED,
        (State.CALLED, Action.RECALL): State.CALLED,
        (State.CALLED, Action.SERVE): State.SERVING,
        (State.SERVING, Action.FINISH): State.SERVED,
        (State.CALLED, Action.NO_SHOW): State.NO_SHOW,
        (State.NO_SHOW, Action.RETURN): State.WAITING,
    }
    | {(state, Action.TRANSFER): State.WAITING for state in (State.CALLED, State.SERVING)}
    | {(state, Action.LEAVE): State.LEFT for state in (State.WAITING, State.CALLED)},
)

LAST_NUMBER = 999
"""Of a service in a day."""

MOST_WAITING = 300
"""For one service: who comes then is asked to come another day."""

SAMPLE = 30
"""Tickets served last today, of which the mean is taken."""

_WEIGHT = 5
"""The expected time counts as much as so many served tickets."""


def mean_s(expected_s: float, served_s: Sequence[float]) -> float:
    """Seconds that a window has with one, from the call to the end. served_s: of those served last."""
    return (_WEIGHT * expected_s + sum(served_s)) / (_WEIGHT + len(served_s))


def wait_s(queue: Sequence[int], windows: Sequence[Desk], means: Mapping[int, float]) -> float | None:
    """Seconds until the last of a queue is called; None where no window serves it.

    queue: services (keys) of who is called before, in order, and of who asks; means: seconds by service. Each ticket
    goes to the window that is free first and serves it; one that is busy is free after a mean of what it serves, so
    that it errs to the longer side by half of one.
    """
    free = [statistics.fmean(means[one] for one in window.services) if window.is_busy else 0.0 for window in windows]
    starts: float | None = None
    for service in queue:
        able = [number for number, window in enumerate(windows) if service in window.services]
        starts = None
        if able:
            first = min(able, key=free.__getitem__)
            starts = free[first]
            free[first] += means[service]
    return starts
