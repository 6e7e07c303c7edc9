r"""Alerts: what somebody must look at now. Their states and the one table of legal moves. Pure.

Theory of operation. An alert is raised once and stays open until it is cleared; `MOVES` says which action is legal in
which state. What is not in the table is an IllegalMove that names who was first.

    raised --acknowledge--> acknowledged --assign, incident--> assigned
       |  \------------------ assign, incident -----------------^   |
       |                          |                                 |
       '----- clear (a person), cancel (the member in danger), end (the program: it is over) -----> cleared

Somebody who assigns, or makes an incident of it, has seen it: that is its acknowledgement, too. An assigned alert may
still become an incident. Silence ends by itself when the member is heard again; an SOS never does.

One subject has one open alert of a kind, drills apart, so that an exercise hides no real cry for help. One cause raises
one alert, ever: the same silence, the same crossing. An SOS of a device is latched: its cause is the rise of its flag,
so a device that repeats its event raises nothing more until the flag fell and rose again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

__all__ = ["MOVES", "OPEN", "Action", "Alert", "AlertKind", "IllegalMove", "Source", "State", "moved"]


class AlertKind(StrEnum):
    """What it is about."""

    SOS = "sos"
    GEOFENCE = "geofence"
    SILENCE = "silence"
    BATTERY = "battery"
    OVERDUE = "overdue"
    OTHER = "other"


class Source(StrEnum):
    """What raised it: a device's event, the member in his application, an exercise, or a watch of ours."""

    DEVICE = "device"
    MEMBER = "member"
    DRILL = "drill"
    WATCH = "watch"


class State(StrEnum):
    """Where an alert stands."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    ASSIGNED = "assigned"
    CLEARED = "cleared"


OPEN = (State.RAISED, State.ACKNOWLEDGED, State.ASSIGNED)


class Action(StrEnum):
    """What is done with it; words of the log."""

    RAISE = "raise"
    ACKNOWLEDGE = "acknowledge"
    ASSIGN = "assign"
    INCIDENT = "incident"
    CLEAR = "clear"
    CANCEL = "cancel"
    END = "end"


MOVES: dict[Action, dict[State, State]] = {
    Action.ACKNOWLEDGE: {State.RAISED: State.ACKNOWLEDGED},
    Action.ASSIGN: {State.RAISED: State.ASSIGNED, State.ACKNOWLEDGED: State.ASSIGNED},
    Action.INCIDENT: dict.fromkeys(OPEN, State.ASSIGNED),
    Action.CLEAR: dict.fromkeys(OPEN, State.CLEARED),
    Action.CANCEL: dict.fromkeys(OPEN, State.CLEARED),
    Action.END: dict.fromkeys(OPEN, State.CLEARED),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What the moves need of one. organisation, member, device, incident: keys. told, assigned: keys of members.

    *_by: names of who did it.
    """

    key: int
    id: str
    version: int
    state: State
    kind: AlertKind
    source: Source
    drill: bool
    organisation: int
    member: int | None
    device: int | None
    incident: int | None
    latitude: float | None
    longitude: float | None
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    assigned_at: datetime | None
    assigned_by: str | None
    cleared_at: datetime | None
    cleared_by: str | None
    told: list[int]
    assigned: list[int]


class IllegalMove(Exception):
    """The action is not legal in the alert's state; the message says who was first."""


def moved(alert: Alert, action: Action, by: str, now: datetime) -> Alert:
    """The alert after the action. Raises IllegalMove."""
    state = MOVES[action].get(alert.state)
    if state is None:
        raise IllegalMove(f"{_who_was_first(alert)}; it is {alert.state}")
    after = replace(alert, state=state, version=alert.version + 1)
    if state is not State.CLEARED and after.acknowledged_at is None:
        after = replace(after, acknowledged_at=now, acknowledged_by=by)
    if state is State.ASSIGNED and after.assigned_at is None:
        after = replace(after, assigned_at=now, assigned_by=by)
    return replace(after, cleared_at=now, cleared_by=by) if state is State.CLEARED else after


def _who_was_first(alert: Alert) -> str:
    for word, by, at in (
        ("cleared", alert.cleared_by, alert.cleared_at),
        ("assigned", alert.assigned_by, alert.assigned_at),
        ("acknowledged", alert.acknowledged_by, alert.acknowledged_at),
    ):
        if at is not None:
            return f"{by} {word} it at {at:%H:%M:%S} UTC"
    return "nobody has seen it yet"
