"""Finding, and keeping the entries as what they tell of."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from psycopg import Error as DatabaseFault
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from registry.api.route import Caller, Role
from registry.scope.queries import roots_of
from registry.search.model import Candidate, Found, Match, Source
from registry.search.store import SearchStore
from registry.search.terms import match, questions, terms

__all__ = ["SearchService"]

_log = logging.getLogger(__name__)

_LOOKED_AT = 200
_BATCH = 1_000
_EVERY_S = 0.5
_AFTER_FAULT_S = 5.0
_NOT_OF_MEMBERS = frozenset({"members", "incidents"})


class SearchService:
    """Over the sources in their order, which is the order of kinds among equals."""

    def __init__(self, pool: AsyncConnectionPool, sources: Sequence[Source]) -> None:
        self._pool = pool
        self._sources = {source.kind: source for source in sources}

    async def find(
        self, caller: Caller, asked: str, *, kinds: Sequence[str], organisation: str | None, limit: int
    ) -> list[Found]:
        """The best `limit` of each kind, the best first. kinds: empty means all. organisation: id, its subtree only.

        Observers find no people; a member finds what is in his grids, and neither members nor incidents.
        """
        hidden = {"people"} if caller.role is Role.OBSERVER else set(_NOT_OF_MEMBERS)
        if caller.role not in (Role.OBSERVER, Role.MEMBER):
            hidden = set()
        wanted = [kind for kind in self._sources if (not kinds or kind in kinds) and kind not in hidden]
        async with self._pool.connection() as connection:
            store = SearchStore(connection)
            seen = await store.subtrees(await roots_of(connection, caller), organisation)
            best: dict[tuple[str, int], tuple[Match, int, str, Candidate]] = {}
            for question in questions(asked):
                short = [kind for kind in wanted if sum(one == kind for one, _ in best) < limit]
                if not short or not seen:
                    break
                for one in await store.candidates(question, short, seen, most=_LOOKED_AT):
                    ranked = _ranked(asked, one)
                    if ranked is not None:
                        best.setdefault((one.kind, one.key), ranked)
            return await self._shown(store, sorted(best.values(), key=lambda one: one[:3]), seen, limit)

    async def _shown(
        self, store: SearchStore, ranked: list[tuple[Match, int, str, Candidate]], seen: dict[int, int], limit: int
    ) -> list[Found]:
        chosen = {kind: [one for one in ranked if one[3].kind == kind][:limit] for kind in self._sources}
        found = []
        for kind, rows in chosen.items():
            if not rows:
                continue
            shown = await store.shown(self._sources[kind], [one[3].key for one in rows], seen)
            for how, depth, text, one in rows:
                if one.key in shown:
                    name, title, detail, place, latitude, longitude = shown[one.key]
                    hit = Found(kind=kind, id=name, name=title, detail=detail, organisation=place, latitude=latitude,
                                longitude=longitude, match=how)  # fmt: skip
                    found.append((how, depth, len(text), hit))
        found.sort(key=lambda one: one[:3])
        return [one[3] for one in found]

    async def renew(self) -> int | None:
        """Renew some entries that are behind, in one transaction; how many records, None where another worker does."""
        async with self._pool.connection() as connection:
            store = SearchStore(connection)
            taken = await store.take(_BATCH)
            if taken is None:
                return None
            for kind, keys in taken.items():
                if (source := self._sources.get(kind)) is not None:
                    rows = await store.texts(source, keys)
                    told = await asyncio.to_thread(_terms_of, [row[3] for row in rows])
                    await store.put(kind, keys, [(*row, one) for row, one in zip(rows, told, strict=True)])
            return sum(map(len, taken.values()))

    async def follow(self) -> None:
        """Renew what is behind, until cancelled; a database that is away is asked again later."""
        while True:
            wait = _EVERY_S
            try:
                if await self.renew():
                    continue
            except (DatabaseFault, PoolTimeout, OSError) as error:
                _log.warning("search waits", extra={"error": str(error).strip()})
                wait = _AFTER_FAULT_S
            await asyncio.sleep(wait)


def _ranked(asked: str, one: Candidate) -> tuple[Match, int, str, Candidate] | None:
    found = [(how, text) for text in one.texts if (how := match(asked, text)) is not None]
    if not found:
        return None
    how, text = min(found, key=lambda pair: (pair[0], len(pair[1])))
    return how, one.depth, text, one


def _terms_of(texts: list[list[str]]) -> list[list[str]]:
    return [sorted(set().union(*(terms(text) for text in some))) for some in texts]
