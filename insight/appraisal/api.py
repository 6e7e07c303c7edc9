"""/appraisal: rankings, scores explained, rules, frozen periods, objections, falsifications."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dispatch.exports.service import csv_of, xlsx_of
from insight.appraisal.facts import Subject
from insight.appraisal.service import AppraisalService
from insight.appraisal.shapes import (
    ChangeOut,
    DecisionIn,
    FalsificationIn,
    FalsificationOut,
    FalsificationPage,
    FalsificationQuery,
    JudgementIn,
    ObjectionIn,
    ObjectionOut,
    ObjectionPage,
    ObjectionQuery,
    PeriodList,
    PeriodOut,
    PeriodQuery,
    PreviewIn,
    PreviewOut,
    RankedOut,
    RankingOut,
    RankingQuery,
    RulesIn,
    RulesOut,
    ScoreOut,
    VerdictList,
    VerdictOut,
    VersionOut,
)
from registry.api.paging import after_key, cursor_of
from registry.api.route import ADMINISTRATORS, EVERYBODY, Call, Download, Role, Route

__all__ = ["JUDGES", "routes"]

JUDGES = frozenset({Role.ADMINISTRATOR, Role.COMMANDER, Role.SUPERVISOR})
"""Who decides objections, judges falsifications and rates diaries."""

_COLUMNS = (
    "rank", "rank_before", "id", "name", "organisation", "organisation_name", "total", "total_before", "possible",
    "due", "few",
)  # fmt: skip


_NUMBERS = ("total", "total_before", "possible")


class _Handlers:
    def __init__(self, service: AppraisalService) -> None:
        self._service = service

    async def periods(self, _: Call) -> PeriodList:
        """All."""
        return PeriodList(items=[PeriodOut.model_validate(row) for row in await self._service.periods()])

    async def verify(self, _: Call) -> VerdictList:
        """Recompute and compare."""
        return VerdictList(items=[VerdictOut.model_validate(row) for row in await self._service.verify()])

    async def ranking(self, call: Call) -> RankingOut:
        """A league table."""
        query: RankingQuery = call.query
        period, before, rows = await self._service.ranking(call.user, query.level, query.period, query.organisation)
        counted = rows[0]["counted_at"] if rows else None
        items = [RankedOut.model_validate(row | {"measures": row["detail"]["lines"]}) for row in rows]
        return RankingOut(period=period, before=before, level=query.level, counted_at=counted, items=items)

    async def member(self, call: Call) -> ScoreOut:
        """Of a member."""
        query: PeriodQuery = call.query
        return _score(await self._service.explained(call.user, Subject("member", call.path["id"]), query.period))

    async def organisation(self, call: Call) -> ScoreOut:
        """Of an organisation."""
        query: RankingQuery = call.query
        return _score(await self._service.explained(call.user, Subject(query.level, call.path["id"]), query.period))

    async def mine(self, call: Call) -> ScoreOut:
        """One's own."""
        query: PeriodQuery = call.query
        return _score(await self._service.mine(call.user, query.period))

    async def rules(self, _: Call) -> RulesOut:
        """In force, and all."""
        version, rows = await self._service.rules()
        made = [VersionOut.model_validate(row) for row in rows]
        newest = made[0].version if made else 0
        return RulesOut(version=version.number, newest=newest, rules=version.rules, versions=made)

    async def change(self, call: Call) -> RulesOut:
        """A new version."""
        body: RulesIn = call.body
        await self._service.change_rules(call.user, body.rules, body.note, body.seen)
        return await self.rules(call)

    async def preview(self, call: Call) -> PreviewOut:
        """What it would have done."""
        body: PreviewIn = call.body
        period, rows = await self._service.preview(call.user, body.rules)
        return PreviewOut(period=period, items=[ChangeOut.model_validate(row) for row in rows])

    async def objections(self, call: Call) -> ObjectionPage:
        """A page."""
        query: ObjectionQuery = call.query
        rows = await self._service.objections(
            call.user, before=after_key(query.cursor), limit=query.limit, state=query.state
        )
        items = [ObjectionOut.model_validate(row) for row in rows]
        return ObjectionPage(items=items, next=_next(rows, query.limit))

    async def object(self, call: Call) -> ObjectionOut:
        """Make one."""
        body: ObjectionIn = call.body
        made = await self._service.object(call.user, **body.model_dump(), idempotency_key=call.idempotency_key)
        return ObjectionOut.model_validate(made)

    async def decide(self, call: Call) -> ObjectionOut:
        """Accept or reject one."""
        body: DecisionIn = call.body
        return ObjectionOut.model_validate(await self._service.decide(call.user, call.path["id"], **body.model_dump()))

    async def falsifications(self, call: Call) -> FalsificationPage:
        """A page."""
        query: FalsificationQuery = call.query
        rows = await self._service.falsifications(
            call.user, before=after_key(query.cursor), limit=query.limit, state=query.state
        )
        items = [FalsificationOut.model_validate(row) for row in rows]
        return FalsificationPage(items=items, next=_next(rows, query.limit))

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

    async def csv(self, call: Call) -> Download:
        """A league table as CSV."""
        return Download(
            media_type="text/csv; charset=utf-8", chunks=csv_of(_COLUMNS, await self._pages(call)),
            filename="appraisal.csv",
        )  # fmt: skip

    async def xlsx(self, call: Call) -> Download:
        """A league table as XLSX."""
        return Download(media_type=_XLSX, chunks=xlsx_of(_COLUMNS, await self._pages(call)), filename="appraisal.xlsx")

    async def _pages(self, call: Call) -> Any:
        query: RankingQuery = call.query
        _, _, rows = await self._service.ranking(call.user, query.level, query.period, query.organisation)
        plain = [
            row | {name: None if row[name] is None else float(row[name]) for name in _NUMBERS}
            | {"key": number}
            for number, row in enumerate(rows, start=1)
        ]  # fmt: skip

        async def pages(before: int, limit: int) -> Sequence[dict[str, Any]]:
            return plain[before : before + limit]

        return pages


def _score(row: dict[str, Any]) -> ScoreOut:
    detail = row["detail"]
    parts = {name: detail[name] for name in ("raw", "deferred", "lines")}
    return ScoreOut.model_validate(row | {"organisation": row["organisation_id"]} | parts)


def _next(rows: Sequence[dict[str, Any]], limit: int) -> str | None:
    return cursor_of(rows[-1]["key"]) if len(rows) == limit else None


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def routes(service: AppraisalService) -> list[Route]:
    """The appraisal's routes."""
    h, tag = _Handlers(service), "appraisal"
    writers = EVERYBODY - {Role.OBSERVER}
    return [
        Route(method="GET", path="/appraisal/periods", handler=h.periods, tag=tag, answer=PeriodList, roles=EVERYBODY,
              summary="The running period and those frozen, with their hashes"),
        Route(method="GET", path="/appraisal/verify", handler=h.verify, tag=tag, answer=VerdictList, roles=JUDGES,
              summary="Recompute every frozen period and compare"),
        Route(method="GET", path="/appraisal/ranking", handler=h.ranking, tag=tag, query=RankingQuery,
              answer=RankingOut, roles=EVERYBODY, problems=(404,), summary="A league table of one level"),
        Route(method="GET", path="/appraisal/mine", handler=h.mine, tag=tag, query=PeriodQuery, answer=ScoreOut,
              roles=EVERYBODY, problems=(404,), summary="One's own score explained"),
        Route(method="GET", path="/appraisal/members/{id}", handler=h.member, tag=tag, query=PeriodQuery,
              answer=ScoreOut, roles=EVERYBODY, problems=(404,), summary="A member's score down to its incidents"),
        Route(method="GET", path="/appraisal/organisations/{id}", handler=h.organisation, tag=tag, query=RankingQuery,
              answer=ScoreOut, problems=(404,), summary="An organisation's score down to its incidents"),
        Route(method="GET", path="/appraisal/rules", handler=h.rules, tag=tag, answer=RulesOut, roles=EVERYBODY,
              summary="The rules in force, and their versions"),
        Route(method="POST", path="/appraisal/rules", handler=h.change, tag=tag, body=RulesIn, answer=RulesOut,
              status=201, roles=ADMINISTRATORS, problems=(409,), summary="Other rules from the next period"),
        Route(method="POST", path="/appraisal/rules/preview", handler=h.preview, tag=tag, body=PreviewIn,
              answer=PreviewOut, roles=ADMINISTRATORS, summary="What rules would have done to the last frozen period"),
        Route(method="GET", path="/appraisal/objections", handler=h.objections, tag=tag, query=ObjectionQuery,
              answer=ObjectionPage, roles=EVERYBODY, summary="Objections against scores"),
        Route(method="POST", path="/appraisal/objections", handler=h.object, tag=tag, body=ObjectionIn,
              answer=ObjectionOut, status=201, roles=writers, problems=(404, 409), idempotent=True,
              summary="Object to a score"),
        Route(method="POST", path="/appraisal/objections/{id}/decision", handler=h.decide, tag=tag, body=DecisionIn,
              answer=ObjectionOut, roles=JUDGES, problems=(404, 409), summary="Accept an objection or reject it"),
        Route(method="GET", path="/appraisal/falsifications", handler=h.falsifications, tag=tag,
              query=FalsificationQuery, answer=FalsificationPage, roles=JUDGES,
              summary="What looks pretended, and what was decided"),
        Route(method="POST", path="/appraisal/falsifications", handler=h.mark, tag=tag, body=FalsificationIn,
              answer=FalsificationOut, status=201, roles=JUDGES, problems=(404,), summary="Mark work as pretended"),
        Route(method="POST", path="/appraisal/falsifications/{id}/decision", handler=h.judge, tag=tag,
              body=JudgementIn, answer=FalsificationOut, roles=JUDGES, problems=(404, 409),
              summary="Confirm that it was, or dismiss it"),
        Route(method="GET", path="/reports/appraisal.csv", handler=h.csv, tag="reports", query=RankingQuery,
              media_type="text/csv", problems=(404,), summary="A league table as CSV"),
        Route(method="GET", path="/reports/appraisal.xlsx", handler=h.xlsx, tag="reports", query=RankingQuery,
              media_type=_XLSX, problems=(404,), summary="A league table as XLSX"),
    ]  # fmt: skip
