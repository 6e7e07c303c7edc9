"""Wanted against present, and which presets an organisation is staffed by."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, NotFound
from registry.organisations.model import Level
from registry.posts.store import PostStore
from registry.staffing.model import Staffing, shortest, sums_of
from registry.staffing.store import StaffingStore

__all__ = ["MOST_SHORT", "StaffingService"]

MOST_SHORT = 200
"""Organisations that an answer names."""


class StaffingService:
    """Commands on staffing; `caller` is the key of the organisation whose subtree the caller may touch."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def of(self, organisation: str, *, caller: int) -> Staffing:
        """Of it and all below. Raises NotFound."""
        async with self._pool.connection() as connection:
            store = StaffingStore(connection)
            key, level = await _seen(store, organisation, caller)
            lines, chosen, preset = await store.lines(key), await store.chosen(key), await store.preset_of(key)
        # a city has tens of thousands of lines: not on the loop
        posts, short = await asyncio.to_thread(lambda: (sums_of(lines), shortest(lines)))
        return Staffing(
            organisation=organisation, level=level, chosen=chosen, preset=preset, posts=posts, short=short[:MOST_SHORT],
            short_total=len(short),
        )  # fmt: skip

    async def choose(self, organisation: str, presets: Sequence[str], *, caller: int) -> Staffing:
        """Staff it and what is below by these presets (codes), one a level; none: by what is chosen above.

        Raises BadRequest, NotFound.
        """
        async with self._pool.connection() as connection:
            store = StaffingStore(connection)
            await store.lock()
            key, _ = await _seen(store, organisation, caller)
            await _check_presets(PostStore(connection), presets, await store.chosen(key))
            await store.choose(key, presets)
        return await self.of(organisation, caller=caller)


async def _seen(store: StaffingStore, organisation: str, caller: int) -> tuple[int, Level]:
    found = await store.seen(caller, organisation)
    if found is None:
        raise NotFound(f"there is no organisation {organisation!r} that you may see")
    return found


async def _check_presets(store: PostStore, presets: Sequence[str], chosen: Sequence[str]) -> None:
    known = {preset.code: preset for preset in await store.presets()}
    levels = set()
    for code in presets:
        if code not in known:
            raise BadRequest(f"there is no staffing preset {code!r}: add it first")
        if known[code].retired and code not in chosen:
            raise BadRequest(f"the staffing preset {code!r} is out of use: choose another")
        if known[code].level in levels:
            raise BadRequest(f"two of these presets are for a {known[code].level}: choose one a level")
        levels.add(known[code].level)
