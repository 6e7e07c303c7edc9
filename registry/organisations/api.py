"""/organisations and /grids: the caller's part of the tree, and its changes."""

from __future__ import annotations

import asyncio
from typing import Any

from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel, Field, field_validator

from registry.api.fields import UNSET, Id, Line, Patch
from registry.api.paging import PageQuery, after_key, next_of
from registry.api.problems import NotFound
from registry.api.route import ADMINISTRATORS, Call, Route
from registry.organisations.model import Level, Organisation, OrganisationDraft
from registry.organisations.service import OrganisationService
from registry.organisations.store import OrganisationStore
from registry.organisations.territory import Bounds, label_of

__all__ = ["OrganisationOut", "routes"]

_BOX = r"^-?\d+(\.\d+)?(,-?\d+(\.\d+)?){3}$"


class OrganisationOut(BaseModel):
    """One organisation. key: its number in live frames; label: where its name is best written."""

    version: int = Field(description="counts its changes; what redraws it carries the one seen")
    key: int
    id: str
    parent: str | None
    level: Level
    name: str
    code: str | None
    territory: dict[str, Any] | None = Field(description="GeoJSON Polygon or MultiPolygon, WGS 84")
    label: dict[str, Any] | None = Field(description="GeoJSON Point within the territory")


class OrganisationPage(BaseModel):
    """Organisations in the order of their keys; parents come before children. next: cursor of the next page."""

    items: list[OrganisationOut]
    next: str | None


class OrganisationQuery(PageQuery):
    """A page of the tree."""

    limit: int = Field(2_000, ge=1, le=2_000)
    territory: bool = Field(True, description="false leaves the territories out")
    level: Level | None = None


class GridQuery(PageQuery):
    """Grids, all or those in a box."""

    bbox: str | None = Field(None, description="west,south,east,north in degrees", max_length=120, pattern=_BOX)

    @field_validator("bbox")
    @classmethod
    def _is_box(cls, text: str | None) -> str | None:
        if text is not None:
            bounds_of(text)
        return text


def bounds_of(text: str) -> Bounds:
    """Read west,south,east,north. Raises ValueError."""
    numbers = [float(part) for part in text.split(",")]
    if len(numbers) != 4 or not all(abs(number) <= 180 for number in numbers) or numbers[1] > numbers[3]:
        raise ValueError("expected west,south,east,north in degrees")
    return numbers[0], numbers[1], numbers[2], numbers[3]


class OrganisationIn(BaseModel, extra="forbid"):
    """An organisation to add. parent: left out, the caller's own."""

    id: Id
    parent: Id | None = None
    level: Level
    name: Line
    code: Line | None = None
    territory: dict[str, Any] | None = Field(None, description="GeoJSON Polygon or MultiPolygon, WGS 84")


class OrganisationPatch(Patch):
    """What to change. territory null takes it away; a new parent moves the whole subtree."""

    parent: Id = UNSET
    level: Level = UNSET
    name: Line = UNSET
    code: Line | None = UNSET
    territory: dict[str, Any] | None = UNSET


class _Handlers:
    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool, self._service = pool, OrganisationService(pool)

    async def organisations(self, call: Call) -> OrganisationPage:
        """A page of the caller's subtree."""
        query: OrganisationQuery = call.query
        return await self._page(call, query, query.level, None, territory=query.territory)

    async def grids(self, call: Call) -> OrganisationPage:
        """Grids of the caller's subtree."""
        query: GridQuery = call.query
        bbox = None if query.bbox is None else bounds_of(query.bbox)
        return await self._page(call, query, Level.GRID, bbox, territory=True)

    async def organisation(self, call: Call) -> OrganisationOut:
        """One of them."""
        async with self._pool.connection() as connection:
            found = await OrganisationStore(connection).find(call.user.organisation, call.path["id"])
        if found is None:
            raise NotFound(f"there is no organisation {call.path['id']!r} that you may see")
        return _out(found, territory=True)

    async def add(self, call: Call) -> OrganisationOut:
        """Add one below the caller's."""
        body: OrganisationIn = call.body
        fields = {name: getattr(body, name) for name in OrganisationIn.model_fields}
        draft = OrganisationDraft(**fields | {"parent": body.parent or call.user.organisation_id})
        return _out(await self._service.add(draft, caller=call.user.organisation), territory=True)

    async def change(self, call: Call) -> OrganisationOut:
        """Change one of them."""
        body: OrganisationPatch = call.body
        changed = await self._service.change(call.path["id"], body.changes(), caller=call.user.organisation)
        return _out(changed, territory=True)

    async def _page(
        self, call: Call, query: PageQuery, level: Level | None, bbox: Bounds | None, *, territory: bool
    ) -> OrganisationPage:
        async with self._pool.connection() as connection:
            found = await OrganisationStore(connection).below(
                call.user.organisation, after=after_key(query.cursor), limit=query.limit, level=level, bbox=bbox
            )
        # labels of a city's territories take tens of milliseconds: not on the loop
        items = await asyncio.to_thread(lambda: [_out(one, territory=territory) for one in found])
        return OrganisationPage(items=items, next=next_of(found, query.limit))


def _out(one: Organisation, *, territory: bool) -> OrganisationOut:
    shape = None if one.territory is None else dict(one.territory)
    return OrganisationOut(
        key=one.key, version=one.version, id=one.id, parent=one.parent, level=one.level, name=one.name, code=one.code,
        territory=shape if territory else None, label=None if shape is None else label_of(shape),
    )  # fmt: skip


def routes(pool: AsyncConnectionPool) -> list[Route]:
    """The tree's routes."""
    handlers, tag = _Handlers(pool), "organisations"
    return [
        Route(method="GET", path="/organisations", handler=handlers.organisations, tag=tag,
              summary="The caller's part of the tree, with territories", query=OrganisationQuery,
              answer=OrganisationPage),
        Route(method="POST", path="/organisations", handler=handlers.add, tag=tag, roles=ADMINISTRATORS,
              summary="Add an organisation", body=OrganisationIn, answer=OrganisationOut, status=201,
              problems=(404, 409)),
        Route(method="GET", path="/organisations/{id}", handler=handlers.organisation, tag=tag,
              summary="One organisation", answer=OrganisationOut, problems=(404,)),
        Route(method="PATCH", path="/organisations/{id}", handler=handlers.change, tag=tag, roles=ADMINISTRATORS,
              summary="Change or move an organisation", body=OrganisationPatch, answer=OrganisationOut,
              problems=(404,)),
        Route(method="GET", path="/grids", handler=handlers.grids, tag=tag,
              summary="Grids, all or those in a box", query=GridQuery, answer=OrganisationPage),
    ]  # fmt: skip
