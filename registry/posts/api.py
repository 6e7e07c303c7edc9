"""/posts and /staffing-presets: read by staff, edited by the city's administrators."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from registry.api.fields import UNSET, Listed, Patch
from registry.api.route import ADMINISTRATORS, Call, Route
from registry.members.model import MOST_SKILLS
from registry.organisations.model import Level
from registry.posts.model import CODE, MOST_WANTED, Post, Preset, Wanted
from registry.posts.service import PostService

__all__ = ["routes"]

_Skills = Annotated[list[Listed], Field(max_length=MOST_SKILLS)]


class PostOut(BaseModel):
    """A post. A member holds it whose post is its code or one of its names. level: where it stands, null anywhere.

    skills: what whoever holds it can do, beside the member's own skills.
    """

    code: str
    name_en: str
    name_zh: str
    level: Level | None
    skills: list[str]
    retired: bool


class PostList(BaseModel):
    """The posts, in the order they were added."""

    items: list[PostOut]


class InUseQuery(BaseModel, extra="forbid"):
    """Which ones."""

    retired: bool = Field(False, description="true: those out of use, too")


class PostIn(BaseModel, extra="forbid"):
    """A post to add."""

    code: str = Field(pattern=CODE)
    name_en: Listed
    name_zh: Listed
    level: Level | None = None
    skills: _Skills = []


class PostPatch(Patch):
    """What to change."""

    name_en: Listed = UNSET
    name_zh: Listed = UNSET
    level: Level | None = UNSET
    skills: _Skills = UNSET
    retired: bool = UNSET


class WantedPosts(BaseModel, extra="forbid"):
    """How many of a post; 0: they count and none must be."""

    post: str = Field(pattern=CODE)
    wanted: int = Field(ge=0, le=MOST_WANTED)


class PresetOut(BaseModel):
    """What each organisation of the level needs."""

    code: str
    name_en: str
    name_zh: str
    level: Level
    posts: list[WantedPosts]
    retired: bool


class PresetList(BaseModel):
    """The presets, in the order they were added."""

    items: list[PresetOut]


_Wanted = Annotated[list[WantedPosts], Field(max_length=100)]


class PresetIn(BaseModel, extra="forbid"):
    """A preset to add."""

    code: str = Field(pattern=CODE)
    name_en: Listed
    name_zh: Listed
    level: Level
    posts: _Wanted


class PresetPatch(Patch):
    """What to change. posts are sent whole."""

    name_en: Listed = UNSET
    name_zh: Listed = UNSET
    posts: _Wanted = UNSET
    retired: bool = UNSET


class _Handlers:
    def __init__(self, service: PostService) -> None:
        self._service = service

    async def posts(self, call: Call) -> PostList:
        """All in use."""
        query: InUseQuery = call.query
        return PostList(items=[_post(one) for one in await self._service.posts(retired=query.retired)])

    async def post(self, call: Call) -> PostOut:
        """One of them."""
        return _post(await self._service.post(call.path["code"]))

    async def add_post(self, call: Call) -> PostOut:
        """Add one."""
        body: PostIn = call.body
        return _post(await self._service.add_post(Post(**body.model_dump()), call.user))

    async def change_post(self, call: Call) -> PostOut:
        """Change one."""
        body: PostPatch = call.body
        return _post(await self._service.change_post(call.path["code"], body.changes(), call.user))

    async def presets(self, call: Call) -> PresetList:
        """All in use."""
        query: InUseQuery = call.query
        return PresetList(items=[_preset(one) for one in await self._service.presets(retired=query.retired)])

    async def preset(self, call: Call) -> PresetOut:
        """One of them."""
        return _preset(await self._service.preset(call.path["code"]))

    async def add_preset(self, call: Call) -> PresetOut:
        """Add one."""
        body: PresetIn = call.body
        preset = Preset(**body.model_dump() | {"posts": _wanted(body.posts)})
        return _preset(await self._service.add_preset(preset, call.user))

    async def change_preset(self, call: Call) -> PresetOut:
        """Change one."""
        body: PresetPatch = call.body
        changes = body.changes()
        if "posts" in changes:
            changes["posts"] = _wanted(changes["posts"])
        return _preset(await self._service.change_preset(call.path["code"], changes, call.user))


def _post(post: Post) -> PostOut:
    return PostOut.model_validate(post, from_attributes=True)


def _preset(preset: Preset) -> PresetOut:
    return PresetOut.model_validate(preset, from_attributes=True)


def _wanted(posts: list[WantedPosts]) -> list[Wanted]:
    return [Wanted(one.post, one.wanted) for one in posts]


def routes(service: PostService) -> list[Route]:
    """The routes of posts and presets."""
    handlers, tag = _Handlers(service), "posts"
    preset = "/staffing-presets/{code}"
    return [
        Route(method="GET", path="/posts", handler=handlers.posts, tag=tag, summary="Posts that members hold",
              query=InUseQuery, answer=PostList),
        Route(method="POST", path="/posts", handler=handlers.add_post, tag=tag, summary="Add a post", body=PostIn,
              answer=PostOut, status=201, roles=ADMINISTRATORS, problems=(409,)),
        Route(method="GET", path="/posts/{code}", handler=handlers.post, tag=tag, summary="One post", answer=PostOut,
              problems=(404,)),
        Route(method="PATCH", path="/posts/{code}", handler=handlers.change_post, tag=tag, summary="Change a post",
              body=PostPatch, answer=PostOut, roles=ADMINISTRATORS, problems=(404, 409)),
        Route(method="GET", path="/staffing-presets", handler=handlers.presets, tag=tag,
              summary="How many of each post an organisation of a level needs", query=InUseQuery, answer=PresetList),
        Route(method="POST", path="/staffing-presets", handler=handlers.add_preset, tag=tag,
              summary="Add a staffing preset", body=PresetIn, answer=PresetOut, status=201, roles=ADMINISTRATORS,
              problems=(409,)),
        Route(method="GET", path=preset, handler=handlers.preset, tag=tag, summary="One staffing preset",
              answer=PresetOut, problems=(404,)),
        Route(method="PATCH", path=preset, handler=handlers.change_preset, tag=tag,
              summary="Change a staffing preset", body=PresetPatch, answer=PresetOut, roles=ADMINISTRATORS,
              problems=(404,)),
    ]  # fmt: skip
