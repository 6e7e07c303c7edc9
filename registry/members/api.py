"""/members: who walks the grids."""

from __future__ import annotations

from dataclasses import asdict

from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel, Field

from registry.api.fields import UNSET, Id, Line, Patch
from registry.api.paging import PageQuery, after_key, cursor_of
from registry.api.problems import NotFound
from registry.api.route import ADMINISTRATORS, EVERYBODY, Call, Role, Route
from registry.members.model import Member, MemberDraft
from registry.members.service import MemberService

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
    organisation: str | None = Field(None, max_length=128, description="id; its whole subtree")


class MemberIn(BaseModel, extra="forbid"):
    """A member to add. organisation: id."""

    id: Id
    name: Line
    organisation: Id
    post: Line | None = None
    phone: Line | None = None
    on_duty: bool = True


class MemberPatch(Patch):
    """What to change."""

    name: Line = UNSET
    organisation: Id = UNSET
    post: Line | None = UNSET
    phone: Line | None = UNSET
    on_duty: bool = UNSET


class _Handlers:
    def __init__(self, service: MemberService) -> None:
        self._service = service

    async def list(self, call: Call) -> MemberPage:
        """A page of the caller's members."""
        query: MemberQuery = call.query
        rows = await self._service.members(
            caller=call.user.organisation, after=after_key(query.cursor), limit=query.limit, name=query.name,
            organisation=query.organisation,
        )  # fmt: skip
        more = cursor_of(rows[-1].key) if len(rows) == query.limit else None
        return MemberPage(items=[_out(row) for row in rows], next=more)

    async def one(self, call: Call) -> MemberOut:
        """One of them; a member finds only who has the name that he signs in with."""
        member = call.path["id"]
        if call.user.role is Role.MEMBER and member != call.user.name:
            raise NotFound(f"there is no member {member!r} that you may see")
        return _out(await self._service.find(member, caller=call.user.organisation))

    async def add(self, call: Call) -> MemberOut:
        """Add one."""
        body: MemberIn = call.body
        return _out(await self._service.add(MemberDraft(**body.model_dump()), caller=call.user.organisation))

    async def change(self, call: Call) -> MemberOut:
        """Change one."""
        body: MemberPatch = call.body
        return _out(await self._service.change(call.path["id"], body.changes(), caller=call.user.organisation))


def _out(member: Member) -> MemberOut:
    return MemberOut(**asdict(member))


def routes(pool: AsyncConnectionPool) -> list[Route]:
    """The members' routes."""
    handlers, tag = _Handlers(MemberService(pool)), "members"
    return [
        Route(method="GET", path="/members", handler=handlers.list, tag=tag, summary="Members",
              query=MemberQuery, answer=MemberPage),
        Route(method="POST", path="/members", handler=handlers.add, tag=tag, summary="Add a member",
              roles=ADMINISTRATORS, body=MemberIn, answer=MemberOut, status=201, problems=(404, 409)),
        Route(method="GET", path="/members/{id}", handler=handlers.one, tag=tag, summary="One member",
              roles=EVERYBODY, answer=MemberOut, problems=(404,)),
        Route(method="PATCH", path="/members/{id}", handler=handlers.change, tag=tag, summary="Change a member",
              roles=ADMINISTRATORS, body=MemberPatch, answer=MemberOut, problems=(404,)),
    ]  # fmt: skip
