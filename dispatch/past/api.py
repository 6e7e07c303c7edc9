"""/replay/incidents and /replay/alerts: what was going on at a past instant, and what happened after it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

from dispatch.alerts.model import AlertKind
from dispatch.alerts.model import State as AlertState
from dispatch.assignments.model import Purpose
from dispatch.incidents.actor import actor_of
from dispatch.incidents.model import State
from dispatch.past.service import PastService
from registry.api.problems import BadRequest
from registry.api.route import Call, Route

__all__ = ["routes"]

_LONGEST = timedelta(days=7)


def _in_calendar(moment: datetime) -> datetime:
    """Away from the ends of the calendar, where arithmetic overflows."""
    if not 1900 <= moment.year <= 2500:
        raise ValueError("the year must be between 1900 and 2500")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_in_calendar)]


class PastQuery(BaseModel, extra="forbid"):
    """A past moment, or a span of up to seven days."""

    at: Moment = Field(description="how things stood then")
    until: Moment | None = Field(None, description="and each step after it up to this time; left out: none")

    def span(self) -> tuple[datetime, datetime]:
        """(since, until). Raises BadRequest."""
        until = self.at if self.until is None else self.until
        if not timedelta(0) <= until - self.at <= _LONGEST:
            raise BadRequest("until must not be before at, nor more than seven days after it")
        return self.at, until


class IncidentStep(BaseModel):
    """How an incident stood from `at` on; action: what brought it there."""

    at: datetime
    action: str
    state: State
    priority: int
    kind: str
    kind_en: str
    kind_zh: str
    organisation: str


class PastAssignment(BaseModel):
    """Who was sent, and when he took each step; null: not by now, or he left it out."""

    id: str
    member: str | None
    name: str | None
    department: str | None
    purpose: Purpose
    offered_at: datetime
    acknowledged_at: datetime | None
    en_route_at: datetime | None
    on_scene_at: datetime | None
    ended_at: datetime | None


class PastIncident(BaseModel):
    """An incident; steps: the oldest first, the first of them as it stood at the moment asked for.

    assignments: those that had not ended by then.
    """

    id: str
    latitude: float
    longitude: float
    address: str | None
    description: str
    drill: bool
    reported_at: datetime
    steps: list[IncidentStep]
    assignments: list[PastAssignment]


class PastIncidents(BaseModel):
    """Incidents that had not ended, the newest first."""

    items: list[PastIncident]


class AlertStep(BaseModel):
    """How an alert stood from `at` on."""

    at: datetime
    action: str
    state: AlertState


class PastAlert(BaseModel):
    """An alert; steps as those of incidents."""

    id: str
    kind: AlertKind
    text: str
    drill: bool
    latitude: float | None
    longitude: float | None
    raised_at: datetime
    member: str | None
    name: str | None
    organisation: str
    steps: list[AlertStep]


class PastAlerts(BaseModel):
    """Alerts that were not cleared, the newest first."""

    items: list[PastAlert]


class _Handlers:
    def __init__(self, service: PastService) -> None:
        self._service = service

    async def incidents(self, call: Call) -> PastIncidents:
        """Incidents of the caller's subtree."""
        query: PastQuery = call.query
        found = await self._service.incidents(actor_of(call.user), *query.span())
        return PastIncidents.model_validate({"items": found})

    async def alerts(self, call: Call) -> PastAlerts:
        """Alerts of the caller's subtree."""
        query: PastQuery = call.query
        found = await self._service.alerts(actor_of(call.user), *query.span())
        return PastAlerts.model_validate({"items": found})


def routes(service: PastService) -> list[Route]:
    """The past's routes."""
    handlers, tag = _Handlers(service), "history"
    return [
        Route(method="GET", path="/replay/incidents", handler=handlers.incidents, tag=tag, query=PastQuery,
              answer=PastIncidents, summary="Incidents as they stood at a past moment, by their logs"),
        Route(method="GET", path="/replay/alerts", handler=handlers.alerts, tag=tag, query=PastQuery,
              answer=PastAlerts, summary="Alerts as they stood at a past moment, by their logs"),
    ]  # fmt: skip
