"""/coverage: where patrols were, where nobody was, and what each member covered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from insight.coverage.model import RESOLUTIONS
from insight.coverage.service import CoverageService
from registry.api.paging import PageQuery, after_key, page_of
from registry.api.route import Call, Route
from tracker.geo.cells import ring_of

__all__ = ["routes"]


class WhoseQuery(BaseModel, extra="forbid"):
    """Whose territory."""

    organisation: str | None = Field(None, max_length=128, description="id; its whole subtree; left out: your own")


class DaysQuery(WhoseQuery):
    """Whose and when."""

    since: date | None = Field(None, description="first day; left out: 28 days before until")
    until: date | None = Field(None, description="the day behind the last; left out: tomorrow")


class CellsQuery(DaysQuery):
    """At which resolution."""

    resolution: int | None = Field(
        None,
        ge=RESOLUTIONS[0],
        le=RESOLUTIONS[-1],
        description="of H3; left out, and at most: as fine as there is room",
    )


class GapsQuery(WhoseQuery):
    """Since when nobody was there."""

    hours: int = Field(48, ge=1, le=92 * 24)
    limit: int = Field(100, ge=1, le=1_000)


class MembersQuery(DaysQuery, PageQuery):
    """A page of members."""


class PlaceOut(BaseModel):
    """An organisation."""

    id: str
    name: str
    level: str


class CountsOut(BaseModel):
    """Cells, of them visited; visits: members, each counted once a day and cell. mock: fixes said to be made up."""

    cells: int
    visited: int
    visits: int
    dwell_s: float
    off_post_s: float
    mock: int


class CellOut(CountsOut):
    """A cell, or several under one of a coarser resolution. boundary: [longitude, latitude] corners, closed."""

    cell: str
    boundary: list[tuple[float, float]]
    last_visit: datetime | None


class CellsOut(BaseModel):
    """All cells of a territory. summed_until: how fresh it is."""

    organisation: PlaceOut
    since: date
    until: date
    resolution: int
    summed_until: datetime | None
    totals: CountsOut
    items: list[CellOut]


class GapOut(PlaceOut):
    """A lowest organisation, and how many of its cells nobody visited."""

    cells: int
    missed: int


class GapsOut(BaseModel):
    """The worst first."""

    items: list[GapOut]


class CoveredOut(BaseModel):
    """What a member covered. cells: anywhere; post_cells: of his organisation's territory, post_visited: of them."""

    id: str
    name: str
    organisation: str
    organisation_name: str
    cells: int
    post_cells: int
    post_visited: int
    dwell_s: float
    off_post_s: float
    mock: int
    last_fix: datetime | None


class CoveredPage(BaseModel):
    """Members, in the order in which they were registered."""

    items: list[CoveredOut]
    next: str | None


class _Handlers:
    def __init__(self, service: CoverageService) -> None:
        self._service = service

    async def cells(self, call: Call) -> CellsOut:
        """The map."""
        query: CellsQuery = call.query
        found = await self._service.cells(call.user, query.organisation, query.since, query.until, query.resolution)
        return CellsOut.model_validate(found | {"items": [_drawn(row) for row in found["items"]]})

    async def gaps(self, call: Call) -> GapsOut:
        """Where to go."""
        query: GapsQuery = call.query
        rows = await self._service.gaps(call.user, query.organisation, query.hours, query.limit)
        return GapsOut(items=[GapOut.model_validate(row) for row in rows])

    async def members(self, call: Call) -> CoveredPage:
        """Who was where."""
        query: MembersQuery = call.query
        rows = await self._service.members(
            call.user, query.organisation, query.since, query.until, after=after_key(query.cursor), limit=query.limit
        )
        return page_of(CoveredPage, rows, query.limit)


def _drawn(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"cell": f"{row['cell']:x}", "boundary": ring_of(row["cell"])}


def routes(service: CoverageService) -> list[Route]:
    """The routes of coverage."""
    handlers = _Handlers(service)
    return [
        Route(method="GET", path="/coverage/cells", handler=handlers.cells, tag="coverage", query=CellsQuery,
              answer=CellsOut, problems=(404,), summary="Patrol coverage of a territory in H3 cells"),
        Route(method="GET", path="/coverage/gaps", handler=handlers.gaps, tag="coverage", query=GapsQuery,
              answer=GapsOut, problems=(404,), summary="Where nobody was for so many hours, the worst first"),
        Route(method="GET", path="/coverage/members", handler=handlers.members, tag="coverage", query=MembersQuery,
              answer=CoveredPage, problems=(404,), summary="What each member covered"),
    ]  # fmt: skip
