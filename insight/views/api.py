"""/views: saved views, own ones and those shared with the organisation."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from insight.views.model import Page, Query
from insight.views.service import ViewService
from registry.api.fields import UNSET, Line, VersionedPatch
from registry.api.listing import listed
from registry.api.paging import PageQuery
from registry.api.route import Call, Route

__all__ = ["routes"]


class ViewIn(BaseModel, extra="forbid"):
    """A view to save. shared: those who see your organisation see it, too."""

    name: Line
    shared: bool = False
    page: Page
    query: Query = Field(default_factory=dict)


class ViewPatch(VersionedPatch):
    """version: the one you saw; what else is left out stays."""

    name: Line = UNSET
    shared: bool = UNSET
    page: Page = UNSET
    query: Query = UNSET


class ViewOut(BaseModel):
    """A saved view. by: who saved it, of which organisation."""

    name: str
    shared: bool
    page: str
    query: dict[str, str]
    id: str
    version: int
    own: bool
    by: str
    organisation: str
    changed_at: datetime


class ViewPage(BaseModel):
    """Views, the newest first."""

    items: list[ViewOut]
    next: str | None


class _Handlers:
    def __init__(self, service: ViewService) -> None:
        self._service = service

    async def add(self, call: Call) -> ViewOut:
        """Save one."""
        body: ViewIn = call.body
        made = await self._service.add(call.user, body.model_dump(), idempotency_key=call.idempotency_key)
        return ViewOut.model_validate(made)

    async def change(self, call: Call) -> ViewOut:
        """Change an own one."""
        body: ViewPatch = call.body
        changed = await self._service.change(call.user, call.path["id"], body.version, body.changes())
        return ViewOut.model_validate(changed)

    async def remove(self, call: Call) -> None:
        """Remove an own one."""
        await self._service.remove(call.user, call.path["id"])


def routes(service: ViewService) -> list[Route]:
    """The routes of saved views."""
    handlers = _Handlers(service)
    return [
        Route(method="GET", path="/views", handler=listed(service.page, ViewPage), tag="statistics",
              query=PageQuery, answer=ViewPage,
              summary="Saved views: your own, and those shared below your organisation, the newest first"),
        Route(method="POST", path="/views", handler=handlers.add, tag="statistics", body=ViewIn, answer=ViewOut,
              status=201, problems=(409,), idempotent=True, summary="Save a view"),
        Route(method="PATCH", path="/views/{id}", handler=handlers.change, tag="statistics", body=ViewPatch,
              answer=ViewOut, problems=(404, 409), summary="Change a view of your own"),
        Route(method="DELETE", path="/views/{id}", handler=handlers.remove, tag="statistics", status=204,
              problems=(404,), summary="Remove a view of your own"),
    ]  # fmt: skip
