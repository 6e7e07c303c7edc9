"""/appraisal/objections: somebody says that a score is wrong, somebody above decides."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from pydantic import BaseModel, Field

from insight.appraisal.facts import Subject
from insight.appraisal.objections.service import ObjectionService
from insight.appraisal.rules import Level
from insight.appraisal.shapes import PeriodId
from insight.scope import JUDGES, Words
from registry.api.fields import Id
from registry.api.listing import listed
from registry.api.paging import PageQuery
from registry.api.route import EVERYBODY, Call, Role, Route

__all__ = ["routes"]


class ObjectionQuery(PageQuery):
    """Which."""

    state: str | None = Field(None, pattern="^(open|accepted|rejected)$")


class ObjectionIn(BaseModel, extra="forbid"):
    """Against a score. subject: id of the member or organisation; rule, incident: what of it, where it is one thing."""

    level: Level
    subject: Id
    period: PeriodId | None = None
    rule: Id | None = None
    incident: Id | None = None
    reason: Words


class ObjectionOut(BaseModel):
    """An objection and how it was decided. points: the correction."""

    id: str
    version: int
    period: str
    level: Level
    subject: str
    name: str
    organisation: str
    rule: str | None
    incident: str | None
    reason: str
    made_by: str
    made_at: datetime
    state: str
    answer: str | None
    decided_by: str | None
    decided_at: datetime | None
    points: float | None


class ObjectionPage(BaseModel):
    """The newest first."""

    items: list[ObjectionOut]
    next: str | None


class DecisionIn(BaseModel, extra="forbid"):
    """version: the one you saw. points: added to the score where it is accepted; below 0 takes."""

    version: int = Field(ge=1, le=2**31 - 1)
    accepts: bool
    points: Decimal = Field(Decimal(0), ge=-1000, le=1000, decimal_places=2)
    answer: Words


class _Handlers:
    def __init__(self, service: ObjectionService) -> None:
        self._service = service

    async def object(self, call: Call) -> ObjectionOut:
        """Make one."""
        body: ObjectionIn = call.body
        objected = body.model_dump(include={"rule", "incident", "reason"})
        made = await self._service.object(
            call.user, Subject(body.level, body.subject), body.period, objected, call.idempotency_key
        )
        return ObjectionOut.model_validate(made)

    async def decide(self, call: Call) -> ObjectionOut:
        """Accept or reject one."""
        body: DecisionIn = call.body
        return ObjectionOut.model_validate(await self._service.decide(call.user, call.path["id"], **body.model_dump()))


def routes(service: ObjectionService) -> list[Route]:
    """The objections' routes."""
    h, tag = _Handlers(service), "appraisal"
    return [
        Route(method="GET", path="/appraisal/objections", handler=listed(service.page, ObjectionPage), tag=tag,
              query=ObjectionQuery, answer=ObjectionPage, roles=EVERYBODY, summary="Objections against scores"),
        Route(method="POST", path="/appraisal/objections", handler=h.object, tag=tag, body=ObjectionIn,
              answer=ObjectionOut, status=201, roles=EVERYBODY - {Role.OBSERVER}, problems=(404, 409), idempotent=True,
              summary="Object to a score"),
        Route(method="POST", path="/appraisal/objections/{id}/decision", handler=h.decide, tag=tag, body=DecisionIn,
              answer=ObjectionOut, roles=JUDGES, problems=(404, 409), summary="Accept an objection or reject it"),
    ]  # fmt: skip
