"""/appraisal/rules: what is in force, other rules from the next period on, and trying them."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from insight.appraisal.rulebook.service import RulebookService
from insight.appraisal.rules import Level, Rules
from insight.scope import Words
from registry.api.route import ADMINISTRATORS, EVERYBODY, Call, Route

__all__ = ["routes"]


class VersionOut(BaseModel):
    """Rules that were made."""

    version: int
    rules: Rules
    note: str
    in_force_from: datetime
    made_by: str
    made_at: datetime


class RulesOut(BaseModel):
    """rules: in force now; version 0 is the preset. newest: what a change must have seen."""

    version: int
    newest: int
    rules: Rules
    versions: list[VersionOut]


class RulesIn(BaseModel, extra="forbid"):
    """seen: the newest version seen, 0 where there is none."""

    rules: Rules
    note: Words
    seen: int = Field(ge=0, le=2**31 - 1)


class PreviewIn(BaseModel, extra="forbid"):
    """Rules to try."""

    rules: Rules


class ChangeOut(BaseModel):
    """A subject's score by the rules it had and by those tried."""

    level: Level
    id: str
    before: float
    after: float
    rank_before: int | None
    rank_after: int | None


class PreviewOut(BaseModel):
    """Of the last frozen period; null where there is none. The 50 largest changes of each level."""

    period: str | None
    items: list[ChangeOut]


class _Handlers:
    def __init__(self, service: RulebookService) -> None:
        self._service = service

    async def rules(self, _: Call) -> RulesOut:
        """In force, and all."""
        version, rows = await self._service.rules()
        made = [VersionOut.model_validate(row) for row in rows]
        newest = made[0].version if made else 0
        return RulesOut(version=version.number, newest=newest, rules=version.rules, versions=made)

    async def change(self, call: Call) -> RulesOut:
        """A new version."""
        body: RulesIn = call.body
        await self._service.change(call.user, body.rules, body.note, body.seen)
        return await self.rules(call)

    async def preview(self, call: Call) -> PreviewOut:
        """What it would have done."""
        body: PreviewIn = call.body
        period, rows = await self._service.preview(call.user, body.rules)
        return PreviewOut(period=period, items=[ChangeOut.model_validate(row) for row in rows])


def routes(service: RulebookService) -> list[Route]:
    """The rules' routes."""
    h, tag = _Handlers(service), "appraisal"
    return [
        Route(method="GET", path="/appraisal/rules", handler=h.rules, tag=tag, answer=RulesOut, roles=EVERYBODY,
              summary="The rules in force, and their versions"),
        Route(method="POST", path="/appraisal/rules", handler=h.change, tag=tag, body=RulesIn, answer=RulesOut,
              status=201, roles=ADMINISTRATORS, problems=(409,), summary="Other rules from the next period"),
        Route(method="POST", path="/appraisal/rules/preview", handler=h.preview, tag=tag, body=PreviewIn,
              answer=PreviewOut, roles=ADMINISTRATORS, summary="What rules would have done to the last frozen period"),
    ]  # fmt: skip
