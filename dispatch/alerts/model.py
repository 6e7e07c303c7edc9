"""Alerts: what a command centre must look at now. Pure.

Theory of operation. An alert is raised once for its subject and stays open until somebody clears it; while it is open,
the same thing raises no second. Somebody acknowledges it (the sound stops), somebody is assigned, it is cleared. Who is
second to act is told who was first.

    raised --acknowledge--> acknowledged --assign--> assigned --clear--> cleared      clear: from any of the three
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

__all__ = ["MOVES", "Alert", "AlertAction", "AlertKind", "AlertState", "Raising"]


class AlertKind(StrEnum):
    """What raised it."""

    SOS = "sos"
    GEOFENCE = "geofence"
    SILENCE = "silence"


class AlertState(StrEnum):
    """Where it stands."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    ASSIGNED = "assigned"
    CLEARED = "cleared"


class AlertAction(StrEnum):
    """What is done about it."""

    ACKNOWLEDGE = "acknowledge"
    ASSIGN = "assign"
    CLEAR = "clear"


MOVES: Mapping[tuple[AlertState, AlertAction], AlertState] = {
    (AlertState.RAISED, AlertAction.ACKNOWLEDGE): AlertState.ACKNOWLEDGED,
    (AlertState.RAISED, AlertAction.ASSIGN): AlertState.ASSIGNED,
    (AlertState.ACKNOWLEDGED, AlertAction.ASSIGN): AlertState.ASSIGNED,
    (AlertState.RAISED, AlertAction.CLEAR): AlertState.CLEARED,
    (AlertState.ACKNOWLEDGED, AlertAction.CLEAR): AlertState.CLEARED,
    (AlertState.ASSIGNED, AlertAction.CLEAR): AlertState.CLEARED,
}
"""(state, action) -> the state after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raising:
    """What is raised. organisation, member: keys; nearest: members who could help, the nearest first.

    since: of the fix that says so; where an alert of the subject was cleared after it, it is not raised again.
    """

    kind: AlertKind
    subject: str
    organisation: int
    text: str
    member: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    drill: bool = False
    nearest: tuple[Mapping[str, Any], ...] = ()
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """As it is told. organisation, member, incident: ids."""

    key: int
    id: str
    kind: str
    subject: str
    state: str
    organisation: str
    member: str | None
    name: str | None
    latitude: float | None
    longitude: float | None
    text: str
    drill: bool
    nearest: list[dict[str, Any]]
    incident: str | None
    raised_at: datetime
    acknowledged_at: datetime | None
    assigned_at: datetime | None
    cleared_at: datetime | None
