"""Split, merge, and what territories were: /organisations/{id}/split, /organisations/merge, /territories."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, Field

from registry.api.fields import Id, Line
from registry.api.paging import PageQuery, after_key, next_of
from registry.api.route import ADMINISTRATORS, Call, Route
from tracker.geo.datum import Datum, shape_in
from tracker.territories.redrawing.service import Drawn, Part, RedrawingService
from tracker.territories.redrawing.store import Past

__all__ = ["DrawnOut", "Version", "routes"]

Version = Annotated[int, Field(ge=1, le=2**31 - 1, description="the one that was seen")]


class PartIn(BaseModel, extra="forbid"):
    """What becomes of a part."""

    id: Id
    name: Line
    code: Line | None = None


class SplitIn(BaseModel, extra="forbid"):
    """parts: the western, then the eastern; one keeps the id. check: tell what would come of it, and store nothing."""

    version: Version
    line: dict[str, Any] = Field(description="GeoJSON LineString, WGS 84, from border to border")
    parts: list[PartIn] = Field(min_length=2, max_length=2)
    check: bool = False


class SeenIn(BaseModel, extra="forbid"):
    """One that is merged away."""

    id: Id
    version: Version


class MergeIn(BaseModel, extra="forbid"):
    """into: who stays, with its name and code from now on. check: store nothing."""

    into: PartIn
    version: Version
    others: list[SeenIn] = Field(min_length=1, max_length=50)
    check: bool = False


class DrawnOut(BaseModel):
    """An organisation as it was drawn. moved: how many came to it, by what: buildings, people, members, incidents."""

    id: str
    name: str
    code: str | None
    territory: dict[str, Any]
    moved: dict[str, int]


class SplitOut(BaseModel):
    """The western, then the eastern part."""

    parts: list[DrawnOut]


class HistoryOut(BaseModel):
    """The newest first."""

    items: list[Past]


class HistoryQuery(BaseModel, extra="forbid"):
    """How many."""

    limit: int = Field(50, ge=1, le=500)


class AtQuery(PageQuery):
    """When, left out: now; and in which datum."""

    at: AwareDatetime | None = None
    datum: Datum = Datum.WGS84


class PastPage(BaseModel):
    """As they were, in the order of keys."""

    items: list[Past]
    next: str | None


class _Handlers:
    def __init__(self, service: RedrawingService) -> None:
        self._service = service

    async def split(self, call: Call) -> SplitOut:
        """In two."""
        body: SplitIn = call.body
        drawn = await self._service.split(
            call.path["id"], body.line, [_part(one) for one in body.parts], call.user, version=body.version,
            check=body.check,
        )  # fmt: skip
        return SplitOut(parts=[_out(one) for one in drawn])

    async def merge(self, call: Call) -> DrawnOut:
        """Into one."""
        body: MergeIn = call.body
        others = {one.id: one.version for one in body.others}
        return _out(await self._service.merge(_part(body.into), body.version, others, call.user, check=body.check))

    async def history(self, call: Call) -> HistoryOut:
        """Of one."""
        query: HistoryQuery = call.query
        found = await self._service.history(call.user.organisation, call.path["id"], query.limit)
        return HistoryOut(items=list(found))

    async def at(self, call: Call) -> PastPage:
        """Of all that the caller may see."""
        query: AtQuery = call.query
        at = query.at or datetime.now(UTC)
        found = await self._service.at(call.user.organisation, at, after=after_key(query.cursor), limit=query.limit)
        items = await asyncio.to_thread(lambda: [_in(query.datum, one) for one in found])
        return PastPage(items=items, next=next_of(found, query.limit))


def _in(datum: Datum, one: Past) -> Past:
    return one if one.territory is None else replace(one, territory=shape_in(datum, one.territory))


def _part(one: PartIn) -> Part:
    return Part(id=one.id, name=one.name, code=one.code)


def _out(one: Drawn) -> DrawnOut:
    part = one.part
    return DrawnOut(id=part.id, name=part.name, code=part.code, territory=dict(one.territory), moved=dict(one.moved))


def routes(service: RedrawingService) -> list[Route]:
    """The redrawing routes."""
    handlers, tag = _Handlers(service), "organisations"
    return [
        Route(method="POST", path="/organisations/{id}/split", handler=handlers.split, tag=tag, roles=ADMINISTRATORS,
              summary="Split a territory by a line, with what stands in it", body=SplitIn, answer=SplitOut,
              problems=(404, 409)),
        Route(method="POST", path="/organisations/merge", handler=handlers.merge, tag=tag, roles=ADMINISTRATORS,
              summary="Merge neighbours of one parent", body=MergeIn, answer=DrawnOut, problems=(404, 409)),
        Route(method="GET", path="/organisations/{id}/history", handler=handlers.history, tag=tag,
              summary="What an organisation was: name, code, parent, territory", query=HistoryQuery, answer=HistoryOut,
              problems=(404,)),
        Route(method="GET", path="/territories", handler=handlers.at, tag=tag,
              summary="The tree with its territories as it was at a time", query=AtQuery, answer=PastPage),
    ]  # fmt: skip
