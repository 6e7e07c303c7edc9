"""GET /members: who walks the grids."""

from __future__ import annotations

from dataclasses import asdict

from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel, Field

from registry.api.paging import PageQuery, after_key, cursor_of
from registry.api.problems import NotFound
from registry.api.route import Call, Route
from registry.members.store import MemberStore

__all__ = ["routes"]


class MemberOut(BaseModel):
    """A member. organisation: id; devices: ids of what the member carries."""

    key: int
    id: str
    name: str
    organisation: str
    post: str | None
    phone: str | None
    on_duty: bool
    devices: list[str]


class MemberPage(BaseModel):
    """Members in the order of their keys."""

    items: list[MemberOut]
    next: str | None


class MemberQuery(PageQuery):
    """A page of members."""

    name: str | None = Field(None, max_length=100, description="part of the name, in any case")


class _Handlers:
    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def list(self, call: Call) -> MemberPage:
        """A page of the caller's members."""
        query: MemberQuery = call.query
        async with self._pool.connection() as connection:
            rows = await MemberStore(connection).below(
                call.user.organisation, after=after_key(query.cursor), limit=query.limit, name=query.name
            )
        more = cursor_of(rows[-1].key) if len(rows) == query.limit else None
        return MemberPage(items=[MemberOut(**asdict(row)) for row in rows], next=more)

    async def one(self, call: Call) -> MemberOut:
        """One of them."""
        async with self._pool.connection() as connection:
            rows = await MemberStore(connection).below(call.user.organisation, after=0, limit=1, member=call.path["id"])
        if not rows:
            raise NotFound(f"there is no member {call.path['id']!r} that you may see")
        return MemberOut(**asdict(rows[0]))


def routes(pool: AsyncConnectionPool) -> list[Route]:
    """The members' routes."""
    handlers = _Handlers(pool)
    return [
        Route(method="GET", path="/members", handler=handlers.list, tag="members", summary="Members",
              query=MemberQuery, answer=MemberPage),
        Route(method="GET", path="/members/{id}", handler=handlers.one, tag="members", summary="One member",
              answer=MemberOut, problems=(404,)),
    ]  # fmt: skip
