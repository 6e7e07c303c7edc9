"""/appraisal: rankings, scores explained, frozen periods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dispatch.exports.service import csv_of, xlsx_of
from insight.appraisal.facts import Subject
from insight.appraisal.service import AppraisalService
from insight.appraisal.shapes import (
    PeriodList,
    PeriodOut,
    PeriodQuery,
    RankedOut,
    RankingOut,
    RankingQuery,
    ScoreOut,
    VerdictList,
    VerdictOut,
)
from insight.scope import JUDGES
from registry.api.route import EVERYBODY, Call, Download, Route

__all__ = ["routes"]

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


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def routes(service: AppraisalService) -> list[Route]:
    """The routes of scores and periods."""
    h, tag = _Handlers(service), "appraisal"
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
        Route(method="GET", path="/reports/appraisal.csv", handler=h.csv, tag="reports", query=RankingQuery,
              media_type="text/csv", problems=(404,), summary="A league table as CSV"),
        Route(method="GET", path="/reports/appraisal.xlsx", handler=h.xlsx, tag="reports", query=RankingQuery,
              media_type=_XLSX, problems=(404,), summary="A league table as XLSX"),
    ]  # fmt: skip
