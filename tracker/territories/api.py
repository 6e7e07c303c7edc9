"""GET /territories/faults: territories that overlap, leave gaps, or lie beyond their parent's."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from registry.api.route import Call, Route
from tracker.geo.coverage import Fault, FaultKind
from tracker.territories.service import TerritoryService, told

__all__ = ["FaultOut", "fault_out", "routes"]


class FaultQuery(BaseModel, extra="forbid"):
    """Which faults."""

    organisation: str | None = Field(None, max_length=128, description="id; its whole subtree")
    kind: FaultKind | None = None
    limit: int = Field(200, ge=1, le=2_000)


class FaultOut(BaseModel):
    """overlap: organisation and other share ground. gap: no child covers it of organisation.

    outside: of organisation, beyond its parent other. invalid: its border crosses itself. place: in the largest part.
    """

    kind: FaultKind
    organisation: str
    other: str | None
    square_metres: float
    place: dict[str, Any] = Field(description="GeoJSON Point")
    detail: str


class FaultList(BaseModel):
    """The largest first. total: how many there are."""

    items: list[FaultOut]
    total: int


class _Handlers:
    def __init__(self, service: TerritoryService) -> None:
        self._service = service

    async def faults(self, call: Call) -> FaultList:
        """Those the caller may see."""
        query: FaultQuery = call.query
        found = await self._service.faults(caller=call.user.organisation, organisation=query.organisation)
        wanted = [fault for fault in found if query.kind in (None, fault.kind)]
        return FaultList(items=[fault_out(fault) for fault in wanted[: query.limit]], total=len(wanted))


def fault_out(fault: Fault) -> FaultOut:
    """As the API tells it."""
    return FaultOut(
        kind=fault.kind, organisation=fault.organisation, other=fault.other,
        square_metres=round(fault.square_metres, 1), detail=told(fault),
        place={"type": "Point", "coordinates": [round(fault.longitude, 7), round(fault.latitude, 7)]},
    )  # fmt: skip


def routes(service: TerritoryService) -> list[Route]:
    """The territories' routes."""
    handlers = _Handlers(service)
    return [
        Route(method="GET", path="/territories/faults", handler=handlers.faults, tag="organisations",
              summary="Territories that overlap, leave gaps, or lie beyond their parent's", query=FaultQuery,
              answer=FaultList, problems=(404,)),
    ]  # fmt: skip
