"""/reports/schedules and /reports/made: an organisation's figures as a report every day, week or month."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime

from pydantic import BaseModel, Field

from insight.reports.model import Every, Language
from insight.reports.service import ReportService
from insight.scope import JUDGES
from registry.api.fields import UNSET, Id, Line, VersionedPatch
from registry.api.listing import listed
from registry.api.paging import PageQuery
from registry.api.route import Call, Download, Handler, Route

__all__ = ["routes"]

_MEDIA = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class ScheduleIn(BaseModel, extra="forbid", populate_by_name=True):
    """A schedule. at_hour: local; kind: code; class, category: of the catalogue; left out: all incidents."""

    organisation: Id
    name: Line
    every: Every
    at_hour: int = Field(6, ge=0, le=23)
    language: Language = Language.EN
    kind: Id | None = None
    class_: Line | None = Field(None, alias="class")
    category: Line | None = None

    def draft(self) -> dict[str, object]:
        """By the table's columns."""
        return self.model_dump(mode="json", by_alias=True)


class SchedulePatch(VersionedPatch):
    """version: the one you saw; what else is left out stays. active: whether more are made."""

    name: Line = UNSET
    every: Every = UNSET
    at_hour: int = Field(UNSET, ge=0, le=23)
    language: Language = UNSET
    active: bool = UNSET


class ScheduleOut(BaseModel, populate_by_name=True):
    """A schedule. next_at: when the next report is made; null: stopped. by_name: who made the schedule."""

    id: str
    version: int
    organisation: str
    organisation_name: str
    name: str
    every: Every
    at_hour: int
    language: Language
    kind: str | None
    class_: str | None = Field(alias="class")
    category: str | None
    by_name: str
    next_at: datetime | None


class SchedulePage(BaseModel):
    """Schedules, the newest first."""

    items: list[ScheduleOut]
    next: str | None


class ReportsQuery(PageQuery):
    """Of which schedule."""

    schedule: str | None = Field(None, max_length=128)


class ReportOut(BaseModel):
    """What was made of the days from begins up to ends, without it."""

    id: str
    schedule: str
    organisation: str
    organisation_name: str
    name: str
    begins: date
    ends: date
    made_at: datetime
    pdf_bytes: int
    xlsx_bytes: int


class ReportPage(BaseModel):
    """Reports, the newest first."""

    items: list[ReportOut]
    next: str | None


class MadeOut(BaseModel):
    """id: of the report."""

    id: str


class _Handlers:
    def __init__(self, service: ReportService) -> None:
        self._service = service

    async def add(self, call: Call) -> ScheduleOut:
        """A new one."""
        body: ScheduleIn = call.body
        made = await self._service.add(call.user, body.draft(), idempotency_key=call.idempotency_key)
        return ScheduleOut.model_validate(made)

    async def change(self, call: Call) -> ScheduleOut:
        """Change one."""
        body: SchedulePatch = call.body
        changed = await self._service.change(call.user, call.path["id"], body.version, body.changes())
        return ScheduleOut.model_validate(changed)

    async def remove(self, call: Call) -> None:
        """Remove one."""
        await self._service.remove(call.user, call.path["id"])

    async def make(self, call: Call) -> MadeOut:
        """Make one at once."""
        return MadeOut(id=await self._service.make_now(call.user, call.path["id"]))

    def file(self, kind: str) -> Handler:
        """A report as a file."""

        async def download(call: Call) -> Download:
            name, data = await self._service.file(call.user, call.path["id"], kind)

            async def chunks() -> AsyncIterator[bytes]:
                yield data

            return Download(media_type=_MEDIA[kind], chunks=chunks(), filename=name)

        return download


def routes(service: ReportService) -> list[Route]:
    """The routes of reports on schedule."""
    h, one = _Handlers(service), "/reports/schedules/{id}"
    return [
        Route(method="GET", path="/reports/schedules", handler=listed(service.schedules, SchedulePage), tag="reports",
              query=PageQuery, answer=SchedulePage, summary="Which reports are made when, the newest schedule first"),
        Route(method="POST", path="/reports/schedules", handler=h.add, tag="reports", body=ScheduleIn,
              answer=ScheduleOut, status=201, roles=JUDGES, problems=(404, 409), idempotent=True,
              summary="Have a report made every day, week or month"),
        Route(method="PATCH", path=one, handler=h.change, tag="reports", body=SchedulePatch, answer=ScheduleOut,
              roles=JUDGES, problems=(404, 409), summary="Change a schedule, stop it, or let it go on"),
        Route(method="DELETE", path=one, handler=h.remove, tag="reports", status=204, roles=JUDGES, problems=(404,),
              summary="Remove a schedule and the reports made by it"),
        Route(method="POST", path=f"{one}/make", handler=h.make, tag="reports", answer=MadeOut, status=201,
              roles=JUDGES, problems=(404, 409), summary="Make the report of the last whole period now"),
        Route(method="GET", path="/reports/made", handler=listed(service.reports, ReportPage), tag="reports",
              query=ReportsQuery, answer=ReportPage, summary="Reports that were made, the newest first"),
        *(
            Route(method="GET", path=f"/reports/made/{{id}}/{kind}", handler=h.file(kind), tag="reports",
                  media_type=media, problems=(404,), summary=f"A report as {kind.upper()}")
            for kind, media in _MEDIA.items()
        ),
    ]  # fmt: skip
