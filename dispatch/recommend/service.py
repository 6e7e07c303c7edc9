"""The k best members for an incident, exactly, out of any number; and the best of several incidents at once.

`search` says why it is exact though it looks at a few members only, and asks the database for fewer. At most
MOST_LOOKED_AT are looked at; `complete` tells when that was not enough.

Where the operator has a routing engine, the best by our own times are only the shortlist: the engine is asked for
theirs in one question, and its times order them. `complete` then tells that nobody off the shortlist can be better.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from dispatch.incidents.actor import Actor
from dispatch.incidents.service import Now
from dispatch.recommend.model import Candidate, Policy
from dispatch.recommend.search import Recommendation, Search
from dispatch.recommend.store import RecommendStore, Wanting
from dispatch.routing.model import SHORTLIST
from dispatch.routing.service import Router
from dispatch.streets.model import Profile, Streets
from registry.api.problems import NotFound
from registry.organisations.queries import visible_organisations
from tracker.live.service import LiveService

__all__ = ["Pair", "Recommender"]

_PROPOSED_AT_ONCE = 200
_EACH = 40
_WEIGHTS = {1: 8.0, 2: 4.0, 3: 2.0, 4: 1.0}


@dataclass(frozen=True, slots=True)
class Pair:
    """A proposal: this member to this incident."""

    incident: Wanting
    candidate: Candidate


class Recommender:
    """Over the live positions and streets of this process. streets: the network now, None without one."""

    def __init__(
        self, pool: AsyncConnectionPool, live: LiveService, streets: Callable[[], Streets | None], now: Now,
        router: Router | None = None,
    ) -> None:  # fmt: skip
        self._pool, self._live, self._streets, self._now, self._router = pool, live, streets, now, router

    async def for_incident(
        self, incident: str, actor: Actor, *, k: int, policy: Policy, profile: Profile
    ) -> Recommendation:
        """For one that the actor may see, of the members below him. Raises NotFound."""
        assert actor.organisation is not None
        async with self._pool.connection() as connection:
            wanting = await RecommendStore(connection).wanting(incident, actor)
            if wanting is None:
                raise NotFound(f"there is no incident {incident!r} that you may see")
            organisations = await visible_organisations(connection, actor.organisation)
            search = await self._searched(connection, wanting, organisations, k=k, policy=policy, profile=profile)
        return await self._routed(search, wanting, k=k, profile=profile)

    async def propose(
        self, incidents: Sequence[str] | None, actor: Actor, *, policy: Policy, profile: Profile
    ) -> list[Pair]:
        """One member each for many incidents at the least cost together, urgent ones counting more.

        incidents: ids, None for all accepted ones, 200 at most. Those for which nobody is left are not in the answer.
        It is the optimum of up to 40 incidents; of more, the optimum among the 40 best of each.
        """
        assert actor.organisation is not None
        async with self._pool.connection() as connection:
            wanting = await RecommendStore(connection).all_wanting(incidents, actor, _PROPOSED_AT_ONCE)
            organisations = await visible_organisations(connection, actor.organisation)
        each = min(len(wanting), _EACH)  # of n incidents none needs more than its n best
        found = [
            (await self.best(one, organisations, k=each, policy=policy, profile=profile)).candidates for one in wanting
        ]
        return await asyncio.to_thread(_matched, wanting, found)

    async def best(
        self, wanting: Wanting, organisations: frozenset[int], *, k: int, policy: Policy, profile: Profile
    ) -> Recommendation:
        """For one incident, of the members of these organisations (keys)."""
        async with self._pool.connection() as connection:
            search = await self._searched(connection, wanting, organisations, k=k, policy=policy, profile=profile)
        return await self._routed(search, wanting, k=k, profile=profile)

    async def _searched(
        self, connection: AsyncConnection, wanting: Wanting, organisations: frozenset[int], *, k: int, policy: Policy,
        profile: Profile,
    ) -> Search:  # fmt: skip
        """The search at its end: of as many as an engine is to be asked for, where there is one."""
        store = RecommendStore(connection)
        homes = await store.homes_of(wanting.place_organisation)
        wanted = max(k, SHORTLIST) if self._engine(profile) is not None and policy is Policy.TRAVEL_TIME else k
        search = Search(
            self._live, self._streets(), wanting, wanted, policy, profile, self._now(), organisations=organisations,
            homes=homes,
        )  # fmt: skip
        while search.look():
            while members := search.promising():
                search.know(await store.known(members, wanting, search.midnight, search.now))
        return search

    async def _routed(self, search: Search, wanting: Wanting, *, k: int, profile: Profile) -> Recommendation:
        """The answer, by an engine's times where there is one. No connection is held while it is asked."""
        engine = self._engine(profile)
        if engine is None or not (shortlist := search.shortlist()):
            return search.result(k)
        places = [(one.latitude, one.longitude) for one in shortlist]
        routed = await engine.seconds_to(places, to=(wanting.latitude, wanting.longitude), profile=profile)
        return search.routed(routed, k)

    def _engine(self, profile: Profile) -> Router | None:
        return self._router if self._router is not None and self._router.serves(profile) else None


def _matched(incidents: Sequence[Wanting], found: Sequence[Sequence[Candidate]]) -> list[Pair]:
    """The pairs that cost least together. Nobody for an incident costs more than anybody."""
    members = sorted({one.facts.key for candidates in found for one in candidates})
    if not members:
        return []
    columns = {key: column for column, key in enumerate(members)}
    worst = 1.0 + max(one.cost for candidates in found for one in candidates)
    nobody = worst * len(incidents) * max(_WEIGHTS.values())
    costs = np.full((len(incidents), len(members) + len(incidents)), nobody)
    pairs: dict[tuple[int, int], Candidate] = {}
    for row, (incident, candidates) in enumerate(zip(incidents, found, strict=True)):
        costs[row] *= _WEIGHTS[incident.priority]  # an urgent one is left without anybody last
        for one in candidates:
            costs[row, columns[one.facts.key]] = one.cost * _WEIGHTS[incident.priority]
            pairs[row, columns[one.facts.key]] = one
    from scipy.optimize import linear_sum_assignment  # 0.3 s, which a start does not wait for

    rows, chosen = linear_sum_assignment(costs)
    return [
        Pair(incidents[row], pairs[row, column])
        for row, column in zip(rows.tolist(), chosen.tolist(), strict=True)
        if (row, column) in pairs
    ]
