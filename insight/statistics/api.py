"""/statistics: the figures of an organisation's subtree; /reports/statistics.csv: the same as a table."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from dispatch.exports.model import cells, csv_lines
from insight.statistics.behind_store import Which
from insight.statistics.conditions import FIGURES
from insight.statistics.highlights import Highlight
from insight.statistics.model import CLOCKS, MEASURES, SOURCES, Measure, Question
from insight.statistics.service import StatisticsService
from insight.statistics.table import COLUMNS, rows_of
from registry.api.paging import PageQuery, after_key, page_of
from registry.api.route import Call, Download, Route

__all__ = ["routes"]


class StatisticsQuery(BaseModel, extra="forbid", populate_by_name=True):
    """Whose, when and which incidents."""

    organisation: str | None = Field(None, max_length=128, description="id; its whole subtree; left out: your own")
    since: date | None = Field(None, description="first day; left out: 28 days before until")
    until: date | None = Field(None, description="the day behind the last; left out: tomorrow")
    kind: str | None = Field(None, max_length=128, description="code")
    class_: str | None = Field(None, alias="class", max_length=200, description="of the catalogue")
    category: str | None = Field(None, max_length=20, description="component or event")

    def question(self) -> Question:
        """As the service takes it."""
        return Question(
            organisation=self.organisation, begins=self.since, ends=self.until, kind=self.kind, class_=self.class_,
            category=self.category,
        )  # fmt: skip


class BehindQuery(StatisticsQuery, PageQuery):
    """Which of them: those that a figure counts. clock: how long it took, from from_s up to to_s."""

    figure: Literal[tuple(FIGURES)] = "reported"  # type: ignore[valid-type]  # the table of figures
    source: Literal[SOURCES] | None = None  # type: ignore[valid-type]
    priority: int | None = Field(None, ge=1, le=4)
    hour: int | None = Field(None, ge=0, le=23, description="of the day in which it was reported")
    clock: Literal[tuple(CLOCKS)] | None = None  # type: ignore[valid-type]
    from_s: float | None = Field(None, ge=0, le=1e9, allow_inf_nan=False)
    to_s: float | None = Field(None, ge=0, le=1e9, allow_inf_nan=False)

    def which(self) -> Which:
        """As the service takes it."""
        return Which(
            figure=self.figure, source=self.source, priority=self.priority, hour=self.hour, clock=self.clock,
            from_s=self.from_s, to_s=self.to_s,
        )  # fmt: skip


class MeasuresOut(BaseModel):
    """Every measure."""

    items: list[Measure]


class OrganisationOut(BaseModel):
    """Whose figures they are."""

    id: str
    name: str
    level: str


class CountsOut(BaseModel):
    """Incidents reported in the period, and what became of them by now."""

    reported: int
    closed: int
    on_time: int
    late: int
    still_open: int
    rejected: int
    merged: int
    escalated: int
    sent_back: int


class RatedOut(CountsOut):
    """With rates from 0 to 1; None: of nothing."""

    on_time_rate: float | None
    closing_rate: float | None


class TotalsOut(RatedOut):
    """With quantiles in seconds; overdue: now, whenever reported; None of the period before."""

    accept_p50: float | None
    accept_p90: float | None
    arrive_p50: float | None
    arrive_p90: float | None
    handle_p50: float | None
    handle_p90: float | None
    verify_p50: float | None
    verify_p90: float | None
    response_p50: float | None
    response_p90: float | None
    resolution_p50: float | None
    resolution_p90: float | None
    overdue: int | None = None


class PointOut(CountsOut):
    """A day, week or month; day: its first."""

    day: date


class ChildOut(RatedOut, OrganisationOut):
    """An organisation below."""

    response_p50: float | None


class KindOut(RatedOut):
    """A kind."""

    model_config = ConfigDict(populate_by_name=True)
    code: str
    class_: str = Field(alias="class")
    name_en: str
    name_zh: str


class RowOut(BaseModel):
    """A row of a histogram: it begins at from_s seconds and is a quarter of an octave wide."""

    from_s: float
    incidents: int


class SummaryOut(BaseModel):
    """Everything about a period. before: the period of the same length before it. summed_at: how fresh it is."""

    organisation: OrganisationOut
    since: date
    until: date
    bucket: str
    zone: str
    summed_at: datetime | None
    totals: TotalsOut
    before: TotalsOut
    series: list[PointOut]
    children: list[ChildOut]
    kinds: list[KindOut]
    sources: dict[str, int]
    priorities: dict[str, int]
    hours: list[int]
    times: dict[str, list[RowOut]]
    stock: dict[str, int]
    highlights: list[Highlight]


class BehindOut(BaseModel):
    """An incident behind a figure. response_s: from the report to the scene; late: a limit ran out."""

    id: str
    kind: str
    kind_en: str
    kind_zh: str
    state: str
    priority: int
    description: str
    place_organisation: OrganisationOut
    reported_at: datetime
    on_scene_at: datetime | None
    ended_at: datetime | None
    response_s: float | None
    late: bool
    escalations: int
    sent_back: int


class BehindPage(BaseModel):
    """Incidents, the newest first."""

    items: list[BehindOut]
    next: str | None


class _Handlers:
    def __init__(self, service: StatisticsService) -> None:
        self._service = service

    async def measures(self, call: Call) -> MeasuresOut:
        """What is measured."""
        return MeasuresOut(items=list(MEASURES))

    async def summary(self, call: Call) -> SummaryOut:
        """The page."""
        return SummaryOut.model_validate(await self._asked(call), from_attributes=True)

    async def csv(self, call: Call) -> Download:
        """The organisations below as a table, the whole in the first row."""
        found = await self._asked(call)
        rows = [cells(row, COLUMNS) for row in rows_of(found)]

        async def chunks() -> AsyncIterator[bytes]:
            yield csv_lines([COLUMNS, *rows])

        return Download(media_type="text/csv; charset=utf-8", chunks=chunks(), filename="statistics.csv")

    async def _asked(self, call: Call) -> dict[str, Any]:
        return await self._service.summary(call.user, call.query.question())

    async def behind(self, call: Call) -> BehindPage:
        """What a figure counts."""
        query: BehindQuery = call.query
        rows = await self._service.behind(
            call.user, query.question(), query.which(), after=after_key(query.cursor), limit=query.limit
        )
        return page_of(BehindPage, rows, query.limit)


def routes(service: StatisticsService) -> list[Route]:
    """The statistics' routes."""
    handlers = _Handlers(service)
    return [
        Route(method="GET", path="/statistics/measures", handler=handlers.measures, tag="statistics",
              summary="What is measured, and how", answer=MeasuresOut),
        Route(method="GET", path="/statistics/summary", handler=handlers.summary, tag="statistics",
              summary="The figures of an organisation's subtree over a period", query=StatisticsQuery,
              answer=SummaryOut, problems=(404,)),
        Route(method="GET", path="/statistics/incidents", handler=handlers.behind, tag="statistics",
              summary="The incidents that a figure counts, the newest first", query=BehindQuery, answer=BehindPage,
              problems=(404,)),
        Route(method="GET", path="/reports/statistics.csv", handler=handlers.csv, tag="reports",
              summary="The same figures of the organisations below as CSV", query=StatisticsQuery,
              media_type="text/csv", problems=(404,)),
    ]  # fmt: skip
