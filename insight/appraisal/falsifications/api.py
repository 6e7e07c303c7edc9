"""/appraisal/falsifications: work that looks pretended, and what was decided about it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from insight.appraisal.falsifications.service import FalsificationService
from insight.scope import JUDGES, Words
from registry.api.fields import Id
from registry.api.listing import listed
from registry.api.paging import PageQuery
from registry.api.route import Call, Route

__all__ = ["routes"]


class FalsificationQuery(PageQuery):
    """Which."""

    state: str | None = Field(None, pattern="^(proposed|confirmed|dismissed)$")


class FalsificationIn(BaseModel, extra="forbid"):
    """What looks pretended; note: the evidence in words."""

    incident: Id
    member: Id
    note: Words


class FalsificationOut(BaseModel):
    """sign: far_feedback, mock_location, foreign_photograph or other; evidence: what was seen."""

    id: str
    incident: str
    member: str
    name: str
    organisation: str
    sign: str
    evidence: dict[str, Any]
    proposed_by: str
    proposed_at: datetime
    state: str
    reason: str | None
    decided_by: str | None
    decided_at: datetime | None


class FalsificationPage(BaseModel):
    """The newest first."""

    items: list[FalsificationOut]
    next: str | None


class JudgementIn(BaseModel, extra="forbid"):
    """Whether it was pretended, and why one thinks so."""

    confirms: bool
    reason: Words


class _Handlers:
    def __init__(self, service: FalsificationService) -> None:
        self._service = service

    async def mark(self, call: Call) -> FalsificationOut:
        """Propose one."""
        body: FalsificationIn = call.body
        return FalsificationOut.model_validate(await self._service.mark(call.user, **body.model_dump()))

    async def judge(self, call: Call) -> FalsificationOut:
        """Decide one."""
        body: JudgementIn = call.body
        return FalsificationOut.model_validate(
            await self._service.judge(call.user, call.path["id"], **body.model_dump())
        )


def routes(service: FalsificationService) -> list[Route]:
    """The falsifications' routes."""
    h, tag = _Handlers(service), "appraisal"
    return [
        Route(method="GET", path="/appraisal/falsifications", handler=listed(service.page, FalsificationPage),
              tag=tag, query=FalsificationQuery, answer=FalsificationPage, roles=JUDGES,
              summary="What looks pretended, and what was decided"),
        Route(method="POST", path="/appraisal/falsifications", handler=h.mark, tag=tag, body=FalsificationIn,
              answer=FalsificationOut, status=201, roles=JUDGES, problems=(404,), summary="Mark work as pretended"),
        Route(method="POST", path="/appraisal/falsifications/{id}/decision", handler=h.judge, tag=tag,
              body=JudgementIn, answer=FalsificationOut, roles=JUDGES, problems=(404, 409),
              summary="Confirm that it was, or dismiss it"),
    ]  # fmt: skip
