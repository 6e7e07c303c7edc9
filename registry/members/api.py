"""/members: who walks the grids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any, Self

from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel, Field, model_validator

from registry.api.fields import UNSET, Id, Line, Listed, Patch
from registry.api.paging import PageQuery, after_key, page_of
from registry.api.problems import NotFound
from registry.api.route import ADMINISTRATORS, EVERYBODY, Call, Role, Route
from registry.members.model import MOST_GRIDS, MOST_POSTS, MOST_SKILLS, Member, MemberDraft
from registry.members.service import MemberService

__all__ = ["routes"]

_Posts = Annotated[list[Listed], Field(max_length=MOST_POSTS)]
_Grids = Annotated[list[Id], Field(max_length=MOST_GRIDS)]
_Skills = Annotated[list[Listed], Field(max_length=MOST_SKILLS)]


class MemberOut(BaseModel):
    """A member. organisation: id; post: the first of the posts; devices: ids of what the member carries.

    grids: ids of those the member works in beside the organisation, as far as the caller sees them.
    """

    key: int
    id: str
    name: str
    organisation: str
    post: str | None
    posts: list[str]
    grids: list[str]
    skills: list[str]
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
    organisation: str | None = Field(
        None, max_length=128, description="id; its whole subtree, with who works in its grids"
    )


class MemberIn(BaseModel, extra="forbid"):
    """A member to add. organisation: id. post: the only one, in place of posts. grids: ids, beside the organisation."""

    id: Id
    name: Line
    organisation: Id
    post: Listed | None = None
    posts: _Posts = []
    grids: _Grids = []
    skills: _Skills = []
    phone: Line | None = None
    on_duty: bool = True

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        _check_first(self.post, self.posts or [self.post])
        return self

    def draft(self) -> MemberDraft:
        """It, as the service takes it."""
        posts = self.posts or ([] if self.post is None else [self.post])
        return MemberDraft(**self.model_dump(exclude={"post"}) | {"posts": posts})


class MemberPatch(Patch):
    """What to change. Lists are sent whole; post: the only one from now on, in place of posts."""

    name: Line = UNSET
    organisation: Id = UNSET
    post: Listed | None = UNSET
    posts: _Posts = UNSET
    grids: _Grids = UNSET
    skills: _Skills = UNSET
    phone: Line | None = UNSET
    on_duty: bool = UNSET

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if {"post", "posts"} <= self.model_fields_set:
            _check_first(self.post, self.posts)
        return self

    def changes(self) -> dict[str, Any]:
        """What was sent, by field of a MemberDraft."""
        changes = super().changes()
        if "post" in changes:
            post = changes.pop("post")
            changes.setdefault("posts", [] if post is None else [post])
        return changes


def _check_first(post: str | None, posts: Sequence[str | None]) -> None:
    if post is not None and post not in posts[:1]:
        raise ValueError("post is the first of posts: leave it out where you send posts")


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
        return page_of(MemberPage, rows, query.limit, _out)

    async def one(self, call: Call) -> MemberOut:
        """One of them; a member finds only who has the name that he signs in with."""
        member = call.path["id"]
        if call.user.role is Role.MEMBER and member != call.user.name:
            raise NotFound(f"there is no member {member!r} that you may see")
        return _out(await self._service.find(member, caller=call.user.organisation))

    async def add(self, call: Call) -> MemberOut:
        """Add one."""
        body: MemberIn = call.body
        return _out(await self._service.add(body.draft(), caller=call.user.organisation))

    async def change(self, call: Call) -> MemberOut:
        """Change one."""
        body: MemberPatch = call.body
        return _out(await self._service.change(call.path["id"], body.changes(), caller=call.user.organisation))


def _out(member: Member) -> MemberOut:
    return MemberOut(**asdict(member), post=member.post)


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
