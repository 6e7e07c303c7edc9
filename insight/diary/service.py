"""Writing the work diary, drawing what is rated, rating it, and making an incident of an entry."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from psycopg_pool import AsyncConnectionPool

from insight.appraisal.queries import running
from insight.diary.model import to_draw
from insight.diary.store import DiaryStore
from insight.rows_store import Row
from insight.scope import own_member
from registry.api.problems import BadRequest, Conflict, Forbidden, NotFound
from registry.api.route import Caller
from registry.idempotency.queries import claim, keep

__all__ = ["DiaryService", "Report"]

Report = Callable[[Caller, Mapping[str, Any], str], Awaitable[str]]
"""Reports an incident for the caller under an Idempotency-Key; its id."""


_LEAD = timedelta(minutes=5)
"""How far a phone's clock may run ahead of ours."""


class DiaryService:
    """One async function a command. now: aware UTC; chance: who draws, not to be foreseen."""

    def __init__(
        self, pool: AsyncConnectionPool, now: Callable[[], datetime], report: Report, chance: random.Random
    ) -> None:
        self._pool, self._now, self._report, self._chance = pool, now, report, chance

    async def write(
        self, caller: Caller, entry: Mapping[str, Any], visited: Mapping[str, list[str]], key: str | None
    ) -> Row:
        """An entry: text, visited_at, latitude, longitude, place, met; visited: ids by element. Raises BadRequest."""
        async with self._pool.connection() as connection:
            store, now = DiaryStore(connection), self._now()
            made = await claim(connection, caller.user, key, "diary entry")
            if made is None:
                if entry["visited_at"] > now + _LEAD:
                    raise BadRequest("the visit lies in the future: say when it was")
                organisation = await store.home(caller.member, caller.organisation)
                number, made = await store.add(
                    dict(entry) | {"organisation": organisation, "member": caller.member, "user": caller.user,
                                   "author": caller.name, "written_at": now}
                )  # fmt: skip
                for element, ids in visited.items():
                    missing = await store.visit(number, element, ids, caller.organisation)
                    if missing:
                        raise BadRequest(f"no {element} that you may see: {', '.join(missing[:5])}")
                await keep(connection, caller.user, key, made)
            return await self._found(store, caller, made)

    async def find(self, caller: Caller, entry: str) -> Row:
        """One. Raises NotFound."""
        async with self._pool.connection() as connection:
            return await self._found(DiaryStore(connection), caller, entry)

    async def page(self, caller: Caller, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Row]:
        """The newest first; a member's own for a member."""
        async with self._pool.connection() as connection:
            return await DiaryStore(connection).page(
                caller.organisation, before=before, limit=limit, filters=dict(filters) | {"own": own_member(caller)}
            )

    async def draw(self, caller: Caller) -> int:
        """Draw by chance what is to be rated of the running period, as far as it is not drawn yet; how many more."""
        async with self._pool.connection() as connection:
            store, now = DiaryStore(connection), self._now()
            period = await running(connection, now)
            waiting: dict[str, list[str]] = defaultdict(list)
            for member, entry in await store.waiting(caller.organisation, period.starts_at, period.ends_at):
                waiting[str(member)].append(str(entry))
            drawn = {str(member): count for member, count in (await store.drawn(period.id)).items()}
            chosen = [
                (int(member), int(entry))
                for member, count in to_draw(waiting, drawn, period.rules.sample).items()
                for entry in self._chance.sample(waiting[member], count)
            ]
            await store.draw(chosen, period.id, now)
            return len(chosen)

    async def rate(self, caller: Caller, entry: str, rating: int, word: str) -> Row:
        """Rate one that was drawn; nobody rates himself. Raises Conflict, Forbidden, NotFound."""
        async with self._pool.connection() as connection:
            store = DiaryStore(connection)
            found = await self._found(store, caller, entry)
            if found["user"] == caller.user or (caller.member is not None and caller.member == found["member_key"]):
                raise Forbidden("nobody rates himself")
            if found["drawn_at"] is None:
                raise Conflict(f"{entry} was not drawn: chance chooses what is rated, not the rater")
            if not await store.rate(found["key"], rating, word, caller.user, caller.name, self._now()):
                raise Conflict(f"{entry} is rated already")
            return await self._found(store, caller, entry)

    async def follow_up(self, caller: Caller, entry: str, kind: str, description: str | None) -> Row:
        """Report an incident out of an entry, once. Raises BadRequest (no place), NotFound."""
        found = await self.find(caller, entry)
        if found["incident"] is None:
            if found["latitude"] is None:
                raise BadRequest("the entry has no place: report the incident on the map")
            report = {
                "kind": kind, "latitude": found["latitude"], "longitude": found["longitude"],
                "address": found["place"], "description": description or found["text"][:4_000],
                "source": "member" if caller.member is not None else "dispatcher",
            }  # fmt: skip
            incident = await self._report(caller, report, f"diary {found['id']}")
            async with self._pool.connection() as connection:
                await DiaryStore(connection).link(found["key"], incident)
        return await self.find(caller, entry)

    async def _found(self, store: DiaryStore, caller: Caller, entry: str) -> Row:
        filters = {"own": own_member(caller), "entry": entry}
        rows = await store.page(caller.organisation, before=0, limit=1, filters=filters)
        if not rows:
            raise NotFound(f"there is no diary entry {entry!r} that you may see")
        return rows[0]
