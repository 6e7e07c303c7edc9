"""/reports: incidents and assignments as CSV and XLSX, with the filters of their lists."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence

from dispatch.assignments.api import AssignmentFilter
from dispatch.assignments.service import AssignmentService
from dispatch.exports.model import ASSIGNMENTS, INCIDENTS, Row
from dispatch.exports.service import Pages, csv_of, xlsx_of
from dispatch.incidents.actor import actor_of
from dispatch.incidents.service import IncidentService
from dispatch.incidents.shapes import IncidentFilter
from registry.api.route import Call, Download, Handler, Route

__all__ = ["routes"]

_FORMATS = {
    "csv": ("text/csv", csv_of),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_of),
}


def routes(incidents: IncidentService, assignments: AssignmentService) -> list[Route]:
    """A route a table and format."""

    def incident_pages(call: Call) -> Pages:
        query: IncidentFilter = call.query
        actor, filters = actor_of(call.user), query.filters()

        async def pages(before: int, limit: int) -> Sequence[Row]:
            return await incidents.page(actor, before=before, limit=limit, filters=filters)

        return pages

    def assignment_pages(call: Call) -> Pages:
        query: AssignmentFilter = call.query
        actor, filters = actor_of(call.user), query.filters()

        async def pages(before: int, limit: int) -> Sequence[Row]:
            return await assignments.page(actor, before=before, limit=limit, filters=filters)

        return pages

    return [
        route
        for kind in _FORMATS
        for route in (
            Route(method="GET", path=f"/reports/incidents.{kind}", tag="reports", query=IncidentFilter,
                  handler=_handler("incidents", kind, INCIDENTS, incident_pages), media_type=_FORMATS[kind][0],
                  summary=f"Incidents as {kind.upper()}, the newest first"),
            Route(method="GET", path=f"/reports/assignments.{kind}", tag="reports", query=AssignmentFilter,
                  handler=_handler("assignments", kind, ASSIGNMENTS, assignment_pages), media_type=_FORMATS[kind][0],
                  summary=f"Assignments as {kind.upper()}, the newest first"),
        )
    ]  # fmt: skip


def _handler(name: str, kind: str, columns: Sequence[str], pages_of: Callable[[Call], Pages]) -> Handler:
    media_type, write = _FORMATS[kind]

    async def download(call: Call) -> Download:
        chunks: AsyncIterator[bytes] = write(columns, pages_of(call))
        full = f"{media_type}; charset=utf-8" if kind == "csv" else media_type
        return Download(media_type=full, chunks=chunks, filename=f"{name}.{kind}")

    return download
