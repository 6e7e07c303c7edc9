"""Finding, and keeping the entries as what they tell of."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import TypeAlias

from psycopg import Error as DatabaseFault
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from registry.api.route import Caller, Role
from registry.organisations.model import ROOT_KEY
from registry.scope.queries import roots_of
from registry.search.model import Candidate, Found, Match, Source
from registry.search.store import SearchStore
from registry.search.terms import match, questions, terms

__all__ = ["SearchService"]

Ranked: TypeAlias = tuple[Match, int, str, Candidate]

_log = logging.getLogger(__name__)

_SHOWN = ("id", "name", "detail", "organisation", "latitude", "longitude", "building", "house")
_LOOKED_AT = 200
_BATCH = 1_000
_EVERY_S = 0.5
_AFTER_FAULT_S = 5.0
_HIDDEN = {Role.OBSERVER: frozenset({"people"}), Role.MEMBER: frozenset({"members", "incidents"})}


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
        hidden = _HIDDEN.get(caller.role, frozenset())
        wanted = [kind for kind in self._sources if (not kinds or kind in kinds) and kind not in hidden]
        asking = await asyncio.to_thread(questions, asked)
        async with self._pool.connection() as connection:
            store = SearchStore(connection)
            roots = await store.narrowed(await roots_of(connection, caller), organisation)
            if not roots or not wanted:
                return []
            await store.plan_once()
            best: dict[tuple[str, int], Ranked] = {}
            for question in asking:
                short = [kind for kind in wanted if sum(one == kind for one, _ in best) < limit]
                if not short:
                    break
                found = await store.candidates(_below(roots, question), short, most=_LOOKED_AT)
                for ranked in await asyncio.to_thread(_ranked, asked, found):
                    best.setdefault((ranked[3].kind, ranked[3].key), ranked)
            return await self._shown(store, sorted(best.values(), key=lambda one: one[:3]), roots, limit)

    async def _shown(self, store: SearchStore, ranked: list[Ranked], roots: list[int], limit: int) -> list[Found]:
        chosen = {kind: [one for one in ranked if one[3].kind == kind][:limit] for kind in self._sources}
        found = []
        for kind, rows in chosen.items():
            if not rows:
                continue
            shown = await store.shown(self._sources[kind], [one[3].key for one in rows], roots)
            for how, depth, text, one in rows:
                if one.key in shown:
                    values = dict(zip(_SHOWN, shown[one.key], strict=True))
                    found.append((how, depth, len(text), Found(kind=kind, match=how.word, **values)))
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


def _below(roots: Sequence[int], question: str) -> str:
    """The question among what lies below the roots."""
    if ROOT_KEY in roots:
        return question
    below = " | ".join(f"'@{root}'" for root in roots)
    return f"({question}) & ({below})"


def _ranked(asked: str, candidates: Sequence[Candidate]) -> list[Ranked]:
    """Those that answer indeed, with how well, how deep in the tree and by which text."""
    told = []
    for one in candidates:
        found = [(how, text) for text in one.texts if (how := match(asked, text)) is not None]
        if found:
            how, text = min(found, key=lambda pair: (pair[0], len(pair[1])))
            told.append((how, one.depth, text, one))
    return told


def _terms_of(texts: list[list[str]]) -> list[list[str]]:
    return [sorted(set().union(*(terms(text) for text in some))) for some in texts]
