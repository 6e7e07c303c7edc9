"""Adding and changing organisations, under the rules of the tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Conflict, Forbidden, NotFound
from registry.organisations.model import ROOT, Organisation, OrganisationDraft
from registry.organisations.store import OrganisationStore
from registry.organisations.territory import bounds_of_territory, territory_from

__all__ = ["OrganisationService", "put_organisation"]


class OrganisationService:
    """Commands on the tree; `caller` is the key of the organisation whose subtree the caller may touch."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def add(self, draft: OrganisationDraft, *, caller: int) -> Organisation:
        """Add it; parent None: below the caller's own. Raises BadRequest, Conflict, NotFound."""
        async with self._pool.connection() as connection:
            store = OrganisationStore(connection)
            await store.lock()
            if await store.exists(draft.id):
                raise Conflict(f"there is an organisation {draft.id!r} already")
            return await put_organisation(store, draft, caller=caller)

    async def change(self, organisation: str, changes: Mapping[str, Any], *, caller: int) -> Organisation:
        """Change the fields of an OrganisationDraft that are named. Raises BadRequest, Forbidden, NotFound."""
        async with self._pool.connection() as connection:
            store = OrganisationStore(connection)
            await store.lock()
            found = await store.find(caller, organisation)
            if found is None:
                raise NotFound(f"there is no organisation {organisation!r} that you may see")
            before = {field.name: getattr(found, field.name) for field in fields(OrganisationDraft)}
            return await put_organisation(store, OrganisationDraft(**before | dict(changes)), caller=caller)


async def put_organisation(store: OrganisationStore, draft: OrganisationDraft, *, caller: int) -> Organisation:
    """Store it, added or changed by its id, and read it back. The caller holds the tree's lock.

    Raises BadRequest (the levels, the territory), Conflict (the id is somebody else's), Forbidden, NotFound (parent).
    """
    found = await store.find(caller, draft.id)
    if found is None and await store.exists(draft.id):
        raise Conflict(f"there is an organisation {draft.id!r} already")
    parent = await _parent_key(store, draft, found, caller)
    if found is not None:
        await _keep_levels_below(store, draft, found)
    try:
        territory = None if draft.territory is None else territory_from(draft.territory)
    except ValueError as error:
        raise BadRequest(str(error)) from error
    clean = OrganisationDraft(
        id=draft.id, parent=draft.parent, level=draft.level, name=draft.name, code=draft.code, territory=territory
    )
    await store.put(clean, parent=parent, bounds=None if territory is None else bounds_of_territory(territory))
    stored = await store.find(caller, draft.id)
    assert stored is not None, "what was stored below a visible parent is visible"
    return stored


async def _parent_key(
    store: OrganisationStore, draft: OrganisationDraft, found: Organisation | None, caller: int
) -> int | None:
    """The key of the parent that the draft names, allowed; None for the root."""
    if found is not None and found.key == caller:
        return await _own_place(store, draft, found)
    if draft.parent is None:
        raise BadRequest(f"only {ROOT!r} has no parent: name the organisation above")
    parent = await store.find(caller, draft.parent)
    if parent is None:
        raise NotFound(f"there is no organisation {draft.parent!r} to be the parent: add or import it first")
    if found is not None and await store.holds(found.key, parent.key):
        raise BadRequest(f"{draft.id!r} cannot move below itself")
    if not draft.level.may_stand_below(parent.level):
        raise BadRequest(f"a {draft.level} cannot stand below a {parent.level}")
    return parent.key


async def _own_place(store: OrganisationStore, draft: OrganisationDraft, found: Organisation) -> int | None:
    """The caller's own organisation keeps its place: what is above is not his."""
    if (draft.parent, draft.level) != (found.parent, found.level):
        raise Forbidden(f"{found.id!r} is the top of what you may change: its parent and level stay")
    return await store.parent_key(found.key)


async def _keep_levels_below(store: OrganisationStore, draft: OrganisationDraft, found: Organisation) -> None:
    for level in await store.levels_directly_below(found.key):
        if not level.may_stand_below(draft.level):
            raise BadRequest(f"{draft.id!r} cannot become a {draft.level}: there is a {level} below it")
