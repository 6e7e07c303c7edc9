"""Reading and editing posts and presets. They are the whole city's: only administrators of the city edit them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, TypeVar

from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Conflict, Forbidden, NotFound
from registry.api.route import Caller
from registry.organisations.model import ROOT_KEY
from registry.posts.model import Post, Preset
from registry.posts.store import PostStore

__all__ = ["PostService"]

One = TypeVar("One", Post, Preset)

_MOST_POSTS = 1_000
_MOST_PRESETS = 200


class PostService:
    """One async function a command."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def posts(self, *, retired: bool) -> list[Post]:
        """All, in the order they were added; retired: those out of use, too."""
        async with self._pool.connection() as connection:
            return await PostStore(connection).posts(retired=retired)

    async def post(self, code: str) -> Post:
        """The post of that code. Raises NotFound."""
        async with self._pool.connection() as connection:
            return await _post(PostStore(connection), code)

    async def add_post(self, post: Post, caller: Caller) -> Post:
        """Add one. Raises Conflict (the code or a name is taken), Forbidden."""
        async with self._edited(caller) as store:
            _keep_room(post.code, await store.posts(), _MOST_POSTS, "post")
            return await _put(store, post)

    async def change_post(self, code: str, changes: Mapping[str, Any], caller: Caller) -> Post:
        """Change the fields named. Raises Conflict (a name is taken, a preset of another level wants it), Forbidden.

        And NotFound.
        """
        async with self._edited(caller) as store:
            post = replace(await _post(store, code), **changes)
            await _keep_levels(store, post)
            return await _put(store, post)

    async def presets(self, *, retired: bool) -> list[Preset]:
        """All, in the order they were added; retired: those out of use, too."""
        async with self._pool.connection() as connection:
            return await PostStore(connection).presets(retired=retired)

    async def preset(self, code: str) -> Preset:
        """The preset of that code. Raises NotFound."""
        async with self._pool.connection() as connection:
            return await _preset(PostStore(connection), code)

    async def add_preset(self, preset: Preset, caller: Caller) -> Preset:
        """Add one. Raises BadRequest (its posts), Conflict, Forbidden."""
        async with self._edited(caller) as store:
            _keep_room(preset.code, await store.presets(), _MOST_PRESETS, "staffing preset")
            return await _put_preset(store, preset)

    async def change_preset(self, code: str, changes: Mapping[str, Any], caller: Caller) -> Preset:
        """Change the fields named, not the level. Raises BadRequest (its posts), Forbidden, NotFound."""
        async with self._edited(caller) as store:
            return await _put_preset(store, replace(await _preset(store, code), **changes))

    @asynccontextmanager
    async def _edited(self, caller: Caller) -> AsyncIterator[PostStore]:
        """Nobody else changes anything meanwhile. Raises Forbidden."""
        if caller.organisation != ROOT_KEY:
            raise Forbidden("posts and presets are the whole city's: ask an administrator of the city")
        async with self._pool.connection() as connection:
            store = PostStore(connection)
            await store.lock()
            yield store


async def _post(store: PostStore, code: str) -> Post:
    return _first(await store.posts(code), "post", code)


async def _preset(store: PostStore, code: str) -> Preset:
    return _first(await store.presets(code), "staffing preset", code)


def _first(found: list[One], what: str, code: str) -> One:
    if not found:
        raise NotFound(f"there is no {what} {code!r}")
    return found[0]


def _keep_room(code: str, known: Sequence[Post | Preset], most: int, what: str) -> None:
    if any(one.code == code for one in known):
        raise Conflict(f"there is a {what} {code!r} already")
    if len(known) >= most:
        raise Conflict(f"there are {most} {what}s already: change one that is out of use")


async def _put(store: PostStore, post: Post) -> Post:
    """A word means one post, so that it is plain which one a member holds."""
    if (taken := await store.meant_by([post.code, post.name_en, post.name_zh], but=post.code)) is not None:
        raise Conflict(f"the post {taken!r} has this code or one of these names already: choose another")
    await store.put(post)
    return await _post(store, post.code)


async def _keep_levels(store: PostStore, post: Post) -> None:
    for preset in await store.presets():
        if post.level not in (None, preset.level) and any(one.post == post.code for one in preset.posts):
            raise Conflict(f"the staffing preset {preset.code!r} wants it in a {preset.level}: take it out there first")


async def _put_preset(store: PostStore, preset: Preset) -> Preset:
    known = {post.code: post for post in await store.posts()}
    for one in preset.posts:
        if one.post not in known:
            raise BadRequest(f"there is no post {one.post!r}: add it first")
        if known[one.post].level not in (None, preset.level):
            raise BadRequest(f"the post {one.post!r} stands in a {known[one.post].level}, not in a {preset.level}")
    if len({one.post for one in preset.posts}) < len(preset.posts):
        raise BadRequest("each post stands once in a preset: add the numbers up")
    await store.put_preset(preset)
    return await _preset(store, preset.code)
