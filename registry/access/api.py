"""/registry/access: who looked at whose data, and why."""

from __future__ import annotations

from datetime import datetime

from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel, Field

from registry.access.queries import looks_below
from registry.api.paging import PageQuery, after_key, page_of
from registry.api.route import Call, Role, Route

__all__ = ["routes"]

_READERS = frozenset({Role.ADMINISTRATOR, Role.COMMANDER, Role.SUPERVISOR})


class LookOut(BaseModel):
    """One look. name: of the user; record: id; rows: how many were told."""

    key: int
    at: datetime
    name: str
    organisation: str
    action: str
    element: str
    record: str | None
    purpose: str
    address: str
    rows: int


class LookPage(BaseModel):
    """Looks, the newest first."""

    items: list[LookOut]
    next: str | None


class LookQuery(PageQuery):
    """A page of looks."""

    record: str | None = Field(None, max_length=128, description="id of what was looked at")
    name: str | None = Field(None, max_length=128, description="of the user who looked")


def routes(pool: AsyncConnectionPool) -> list[Route]:
    """The record's one route."""

    async def page(call: Call) -> LookPage:
        """A page of it."""
        query: LookQuery = call.query
        async with pool.connection() as connection:
            rows = await looks_below(
                connection, call.user.organisation, before=after_key(query.cursor), limit=query.limit,
                record=query.record, name=query.name,
            )  # fmt: skip
        return page_of(LookPage, rows, query.limit)

    return [
        Route(method="GET", path="/registry/access", handler=page, tag="registry", roles=_READERS,
              summary="Who looked at whose data, and why", query=LookQuery, answer=LookPage),
    ]  # fmt: skip
