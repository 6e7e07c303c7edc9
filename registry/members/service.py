"""Reading, adding and changing members."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Conflict, NotFound
from registry.members.model import Member, MemberDraft
from registry.members.store import MemberStore
from registry.organisations.model import Level

__all__ = ["MemberService"]


class MemberService:
    """Commands on members; `caller` is the key of the organisation whose subtree the caller may touch."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def members(
        self, *, caller: int, after: int, limit: int, name: str | None, organisation: str | None
    ) -> list[Member]:
        """A page of members in the order of keys."""
        async with self._pool.connection() as connection:
            return await MemberStore(connection).below(
                caller, after=after, limit=limit, name=name, organisation=organisation
            )

    async def find(self, member: str, *, caller: int) -> Member:
        """The member of that id. Raises NotFound."""
        async with self._pool.connection() as connection:
            return await _found(MemberStore(connection), member, caller)

    async def add(self, draft: MemberDraft, *, caller: int) -> Member:
        """Add a member. Raises BadRequest (a grid is none), Conflict, NotFound (the organisation, a grid)."""
        async with self._pool.connection() as connection:
            store = MemberStore(connection)
            await store.lock(draft.id)
            if await store.exists(draft.id):
                raise Conflict(f"there is a member {draft.id!r} already")
            return await _put(store, draft, caller)

    async def change(self, member: str, changes: Mapping[str, Any], *, caller: int) -> Member:
        """Change the fields of a MemberDraft that are named. Raises BadRequest, NotFound.

        Grids outside of the caller's subtree stay as they are.
        """
        async with self._pool.connection() as connection:
            store = MemberStore(connection)
            await store.lock(member)
            found = await _found(store, member, caller)
            before = {field.name: getattr(found, field.name) for field in fields(MemberDraft)}
            return await _put(store, MemberDraft(**before | dict(changes)), caller)


async def _put(store: MemberStore, draft: MemberDraft, caller: int) -> Member:
    organisation = await store.organisation_key(caller, draft.organisation)
    if organisation is None:
        raise NotFound(f"there is no organisation {draft.organisation!r}: add or import it first")
    draft = replace(draft, posts=list(dict.fromkeys(draft.posts)), skills=list(dict.fromkeys(draft.skills)))
    key = await store.put(draft, organisation=organisation)
    grids = await _grid_keys(store, draft.grids, caller)
    await store.set_grids(key, grids - {organisation}, caller=caller)
    return await _found(store, draft.id, caller)


async def _grid_keys(store: MemberStore, grids: list[str], caller: int) -> set[int]:
    found = await store.levels(caller, grids)
    for grid in grids:
        if grid not in found:
            raise NotFound(f"there is no grid {grid!r} that you may see: add or import it first")
        if found[grid][1] != Level.GRID:
            raise BadRequest(f"{grid!r} is a {found[grid][1]}: the grids of a member are of the level grid")
    return {found[grid][0] for grid in grids}


async def _found(store: MemberStore, member: str, caller: int) -> Member:
    found = await store.find(caller, member)
    if found is None:
        raise NotFound(f"there is no member {member!r} that you may see")
    return found
