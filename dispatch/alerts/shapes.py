"""The bodies of /alerts and /sos, in and out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field

from dispatch.alerts.model import AlertKind, Source, State
from dispatch.incidents.shapes import Latitude, Longitude, Text
from registry.api.fields import Id
from registry.api.paging import PageQuery

__all__ = [
    "AlertDetail",
    "AlertLog",
    "AlertNoteIn",
    "AlertOut",
    "AlertPage",
    "AlertQuery",
    "AssignAlertIn",
    "DrillIn",
    "MakeIncidentIn",
    "SosIn",
]


class HelperOut(BaseModel):
    """A member who was nearest when the alert was raised."""

    member: str
    name: str
    post: str | None
    metres: float


class AlertOut(BaseModel):
    """An alert. text: what happened, in English; reason: of silence, or enter or exit; incident: made out of it.

    assigned: ids of members. happened_at: of the fix or the call; raised_at: when we knew.
    drill: an exercise, not in earnest.
    """

    id: str
    version: int
    kind: AlertKind
    subject: str
    state: State
    text: str
    source: Source
    reason: str | None
    drill: bool
    organisation: str
    member: str | None
    name: str | None
    phone: str | None
    device: str | None
    geofence: str | None
    geofence_name: str | None
    incident: str | None
    latitude: float | None
    longitude: float | None
    happened_at: datetime
    raised_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    assigned_at: datetime | None
    assigned_by: str | None
    cleared_at: datetime | None
    cleared_by: str | None
    nearest: list[HelperOut]
    assigned: list[str]


class AlertEntryOut(BaseModel):
    """A step on record. version, state: after it; member: who did it by his handheld."""

    version: int | None
    at: datetime
    action: str
    state: State | None
    actor: str
    member: str | None
    latitude: float | None
    longitude: float | None
    note: str | None


class AlertDetail(AlertOut):
    """An alert with its log, the oldest entry first."""

    log: list[AlertEntryOut]


class AlertPage(BaseModel):
    """Alerts, the newest first."""

    items: list[AlertOut]
    next: str | None


class AlertLog(BaseModel):
    """What was done with an alert, the oldest entry first."""

    items: list[AlertEntryOut]


def _states(text: str) -> str:
    unknown = set(text.split(",")) - {str(state) for state in State}
    if unknown:
        raise ValueError(f"no state of an alert: {', '.join(sorted(unknown))}")
    return text


class AlertQuery(PageQuery):
    """Which alerts."""

    state: Annotated[str, AfterValidator(_states)] | None = Field(None, max_length=100, description="words, by comma")
    kind: AlertKind | None = None
    organisation: Id | None = Field(None, description="of this organisation's subtree")
    member: Id | None = None
    drill: bool | None = None

    def filters(self) -> dict[str, Any]:
        """As the store takes them."""
        states = None if self.state is None else self.state.split(",")
        return self.model_dump(include={"kind", "organisation", "member", "drill"}) | {"states": states}


class AlertNoteIn(BaseModel, extra="forbid"):
    """Why, or what was found; kept on record."""

    note: Text | None = None


class AssignAlertIn(AlertNoteIn):
    """members: who see to it; their handhelds are told. None: the caller sees to it."""

    members: list[Id] = Field(default_factory=list, max_length=20)


class MakeIncidentIn(BaseModel, extra="forbid"):
    """What the incident shall say beyond the alert. kind: needed unless it is an SOS."""

    kind: Id | None = None
    description: Text | None = None
    priority: int | None = Field(None, ge=1, le=4)
    latitude: Latitude | None = None
    longitude: Longitude | None = None


class DrillIn(BaseModel, extra="forbid"):
    """Whose cry for help is exercised."""

    member: Id


class SosIn(BaseModel, extra="forbid"):
    """A cry for help; without a place: where the handheld was seen last."""

    latitude: Latitude | None = None
    longitude: Longitude | None = None
