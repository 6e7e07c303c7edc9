"""The bodies of /incidents, in and out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

from dispatch.incidents.model import Clock, State
from registry.api.fields import Id, Line
from registry.api.paging import PageQuery

__all__ = [
    "AcceptIn",
    "AssignmentOut",
    "CloseIn",
    "DeferIn",
    "EntryOut",
    "IncidentFilter",
    "IncidentIn",
    "IncidentList",
    "IncidentOut",
    "IncidentPage",
    "IncidentQuery",
    "LogOut",
    "MergeIn",
    "NoteIn",
    "ReasonIn",
    "VersionIn",
]

Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Text = Annotated[str, Field(min_length=1, max_length=4_000)]
Source = Literal["member", "citizen", "hotline", "device", "patrol", "dispatcher"]


class IncidentIn(BaseModel, extra="forbid"):
    """A report. kind: code of the catalogue; priority: 1 (emergency) to 4, left out: the kind's own."""

    kind: Id
    latitude: Latitude
    longitude: Longitude
    description: Text
    address: Line | None = None
    source: Source = "dispatcher"
    contact: Line | None = Field(None, description="how the reporter can be reached")
    priority: int | None = Field(None, ge=1, le=4)
    drill: bool = False


class VersionIn(BaseModel, extra="forbid"):
    """version: the one you saw; 409 tells what changed since. Left out: whatever it is now."""

    version: int | None = Field(None, ge=1, le=2**31 - 1)


class AcceptIn(VersionIn):
    """What the dispatcher sets right by accepting."""

    kind: Id | None = None
    priority: int | None = Field(None, ge=1, le=4)


class ReasonIn(VersionIn):
    """Why."""

    reason: Text


class MergeIn(VersionIn):
    """into: id of the incident that stays."""

    into: Id


class CloseIn(VersionIn):
    """How it ended."""

    disposition: Text


class DeferIn(ReasonIn):
    """until: the new limit."""

    until: AwareDatetime


class NoteIn(BaseModel, extra="forbid"):
    """A note; latitude, longitude: where the writer stands."""

    text: Text
    latitude: Latitude | None = None
    longitude: Longitude | None = None


class AssignmentOut(BaseModel):
    """One member or department on an incident. metres, eta_s: as recommended."""

    id: str
    member: str | None
    name: str | None
    department: str | None
    purpose: str
    state: str
    exclusive: bool
    offered_at: datetime
    answer_by: datetime | None
    delivered_at: datetime | None
    acknowledged_at: datetime | None
    en_route_at: datetime | None
    arrival_proposed_at: datetime | None
    on_scene_at: datetime | None
    ended_at: datetime | None
    reason: str | None
    metres: float | None
    eta_s: float | None
    policy: str | None


class IncidentOut(BaseModel):
    """An incident. organisation: responsible now; place_organisation: the lowest whose territory holds the place.

    clock: the limit that runs until due_at. marks: times a limit ran out. request: a suspension or deferral asked for.
    """

    id: str
    version: int
    state: State
    kind: str
    kind_en: str
    kind_zh: str
    priority: int
    organisation: str
    place_organisation: str
    latitude: float
    longitude: float
    address: str | None
    description: str
    source: str
    contact: str | None
    reporter: str | None
    reporter_member: str | None
    drill: bool
    reported_at: datetime
    accepted_at: datetime | None
    dispatched_at: datetime | None
    on_scene_at: datetime | None
    handled_at: datetime | None
    verified_at: datetime | None
    ended_at: datetime | None
    clock: Clock | None
    due_at: datetime | None
    escalations: int
    marks: int
    sent_back: int
    request: dict[str, Any] | None
    handled_by: str | None
    duplicate_of: str | None
    disposition: str | None
    policy: str | None
    assignments: list[AssignmentOut]


class IncidentPage(BaseModel):
    """Incidents, the newest first."""

    items: list[IncidentOut]
    next: str | None


class IncidentList(BaseModel):
    """A few incidents."""

    items: list[IncidentOut]


class EntryOut(BaseModel):
    """An entry of the audit trail. before, after: what changed; version: the incident's after it."""

    version: int
    at: datetime
    action: str
    actor: str
    member: str | None
    latitude: float | None
    longitude: float | None
    note: str | None
    before: dict[str, Any]
    after: dict[str, Any]


class LogOut(BaseModel):
    """The audit trail, the oldest first."""

    items: list[EntryOut]


def _states(text: str) -> str:
    unknown = set(text.split(",")) - {str(state) for state in State}
    if unknown:
        raise ValueError(f"no state of an incident: {', '.join(sorted(unknown))}")
    return text


class IncidentFilter(BaseModel, extra="forbid"):
    """Which incidents."""

    state: Annotated[str, AfterValidator(_states)] | None = Field(None, max_length=200, description="words, by comma")
    kind: str | None = Field(None, max_length=128)
    organisation: str | None = Field(None, max_length=128, description="id; its whole subtree")
    priority: int | None = Field(None, ge=1, le=4, description="this urgent or more")
    since: AwareDatetime | None = Field(None, description="reported since")
    open: bool = Field(False, description="only those not ended")

    def filters(self) -> dict[str, Any]:
        """As the store takes them."""
        states = None if self.state is None else self.state.split(",")
        return {
            "states": states, "kind": self.kind, "organisation": self.organisation, "priority": self.priority,
            "since": self.since, "open": self.open,
        }  # fmt: skip


class IncidentQuery(IncidentFilter, PageQuery):
    """A page of them."""
