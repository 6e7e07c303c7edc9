"""PUT /organisations/{id}/territory: a territory drawn anew, checked against its neighbours."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from registry.api.problems import BadRequest
from registry.api.route import ADMINISTRATORS, Call, Route
from tracker.geo.datum import Datum, shape_from, shape_in
from tracker.territories.api import FaultOut, fault_out
from tracker.territories.borders.service import BorderService, Neighbour, Redrawn
from tracker.territories.redrawing.api import DrawnOut, Version

__all__ = ["routes"]


class DrawIn(BaseModel, extra="forbid"):
    """neighbours: they give way to it, and take the ground that it lets go. check: store nothing, tell the faults.

    datum: of the territory here and in the answer.
    """

    version: Version
    territory: dict[str, Any] = Field(description="GeoJSON Polygon or MultiPolygon")
    neighbours: bool = False
    check: bool = False
    datum: Datum = Datum.WGS84


class RedrawnOut(BaseModel):
    """faults: what fits worse than before. neighbours: those that gave way, and what changed hands with each."""

    territory: dict[str, Any]
    faults: list[FaultOut]
    neighbours: list[DrawnOut]


def routes(service: BorderService) -> list[Route]:
    """The one route."""

    async def draw(call: Call) -> RedrawnOut:
        body: DrawIn = call.body
        try:
            territory = shape_from(body.datum, body.territory)
        except ValueError as error:
            raise BadRequest(str(error)) from error
        found = await service.draw(
            call.path["id"], territory, call.user, version=body.version, neighbours=body.neighbours, check=body.check
        )
        return _out(found, body.datum)

    return [
        Route(method="PUT", path="/organisations/{id}/territory", handler=draw, tag="organisations",
              roles=ADMINISTRATORS, summary="Draw a territory anew, checked against its neighbours", body=DrawIn,
              answer=RedrawnOut, problems=(404, 409)),
    ]  # fmt: skip


def _out(found: Redrawn, datum: Datum) -> RedrawnOut:
    return RedrawnOut(
        territory=shape_in(datum, found.territory), faults=[fault_out(one) for one in found.faults],
        neighbours=[_neighbour(one, datum) for one in found.neighbours],
    )  # fmt: skip


def _neighbour(one: Neighbour, datum: Datum) -> DrawnOut:
    kin = one.kin
    return DrawnOut(
        id=kin.id, name=kin.name, code=kin.code, territory=shape_in(datum, one.territory), moved=dict(one.moved)
    )
