"""The k best members for an incident, exactly, out of any number; and the best of several incidents at once.

Why it is exact though it looks at a few members only: members are taken in the order of their straight-line distance,
and nobody who is farther away than d can be there before d divided by the fastest speed of the profile, since streets
and straight lines alike are no shorter than the great circle and every weight only adds. So as soon as the k-th best of
those looked at costs no more than that, nobody else can be better. (Under the policies of straight lines the k nearest
who can be sent are the answer.) At most MOST_LOOKED_AT are looked at; `complete` tells when that was not enough.

Where the operator has a routing engine, the best by our own times are only the shortlist: the engine is asked for
theirs in one question, and its times order them. `complete` then tells that nobody off the shortlist can be better.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from psycopg_pool import AsyncConnectionPool
from scipy.optimize import linear_sum_assignment

from dispatch.incidents.actor import Actor
from dispatch.incidents.service import Now
from dispatch.recommend.model import Candidate, Facts, PassedOver, Policy, Travel, candidate_of, ruled_out
from dispatch.recommend.store import Known, RecommendStore, Wanting
from dispatch.routing.model import FASTEST, SHORTLIST
from dispatch.routing.service import Routed, Router
from dispatch.streets.model import Profile, Streets, line_seconds, line_speed
from registry.api.problems import NotFound
from registry.organisations.queries import visible_organisations
from tracker.live.service import LiveService, Selection
from tracker.model.presence import Presence

__all__ = ["MOST_LOOKED_AT", "Pair", "Recommendation", "Recommender"]

MOST_LOOKED_AT = 2_048
_FIRST_LOOK = 32
_LIMITS_S = (1_200.0, 4_800.0, 19_200.0)
"""How long a way is looked for: longer while one of the best is only known to take more than that."""
_PASSED_OVER = 20
_PROPOSED_AT_ONCE = 200
_EACH = 40
_WEIGHTS = {1: 8.0, 2: 4.0, 3: 2.0, 4: 1.0}


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The best, the best first; who near was passed over, the nearest first. basis: osrm, valhalla, streets or line.

    complete: False when more than MOST_LOOKED_AT would have had to be looked at, or more than SHORTLIST to be asked
    for. routing_problem: why the times are not the engine's; None where they are, or where there is none.
    """

    policy: Policy
    profile: Profile
    basis: str
    candidates: list[Candidate]
    passed_over: list[PassedOver]
    complete: bool
    routing_problem: str | None = None


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
        return await self.best(wanting, organisations, k=k, policy=policy, profile=profile)

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
        router = self._router if self._router is not None and self._router.serves(profile) else None
        shortlist = max(k, SHORTLIST) if router is not None and policy is Policy.TRAVEL_TIME else k
        search = _Search(self._live, self._streets(), wanting, shortlist, policy, profile, self._now())
        complete = await self._look(search, wanting, organisations, policy)
        if router is None or not search.shortlist():
            return search.result(k, complete=complete)
        places = [(one.latitude, one.longitude) for one in search.shortlist()]
        routed = await router.seconds_to(places, to=(wanting.latitude, wanting.longitude), profile=profile)
        return search.routed(routed, k, complete=complete)

    async def _look(self, search: _Search, wanting: Wanting, organisations: frozenset[int], policy: Policy) -> bool:
        """Let the search take members, the nearest first, until it is settled; whether it is."""
        if policy is Policy.OWN_GRID:
            async with self._pool.connection() as connection:
                organisations &= await RecommendStore(connection).homes_of(wanting.place_organisation)
        look, looked_at = _FIRST_LOOK, 0
        while True:
            near = self._live.nearest(wanting.latitude, wanting.longitude, look, Selection(organisations=organisations))
            fresh, looked_at = near[looked_at:], len(near)
            members = {int(self._live.table.member[one.device]): one for one in fresh}
            members.pop(0, None)  # a device that nobody carries
            async with self._pool.connection() as connection:
                known = await RecommendStore(connection).known(list(members), wanting, search.midnight, search.now)
            search.take([(one, members[one.key].device, members[one.key].metres) for one in known])
            everybody = looked_at < look
            search.looked_as_far_as(np.inf if everybody else near[-1].metres)
            if everybody or search.is_settled():
                return True
            if look >= MOST_LOOKED_AT:
                return False
            look = min(4 * look, MOST_LOOKED_AT)


class _Search:
    """Candidates so far, for one incident."""

    def __init__(
        self, live: LiveService, streets: Streets | None, wanting: Wanting, k: int, policy: Policy, profile: Profile,
        now: datetime,
    ) -> None:  # fmt: skip
        self._live, self._streets, self._wanting = live, streets, wanting
        self._k, self._policy, self._profile, self.now = k, policy, profile, now
        self.midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        self._fit: list[Facts] = []
        self._travel: list[Travel] = []
        self._passed_over: list[PassedOver] = []
        self._reach = 0.0

    def take(self, found: Sequence[tuple[Known, int, float]]) -> None:
        """More members: what is known, the row of the device, metres."""
        fresh = []
        for known, row, metres in found:
            facts = self._facts(known, row, metres)
            reason = ruled_out(facts, self._policy)
            if reason is None:
                fresh.append(facts)
            else:
                self._passed_over.append(PassedOver(facts, reason))
        self._fit += fresh
        self._travel += self._times(fresh, _LIMITS_S[0])
        for limit_s in _LIMITS_S[1:]:
            if all(one.travel.basis != "beyond" for one in self._ranked()[: self._k]):
                break
            self._travel = self._times(self._fit, limit_s)

    def looked_as_far_as(self, metres: float) -> None:
        """Everybody this near or nearer was taken; infinity: everybody."""
        self._reach = metres

    def is_settled(self) -> bool:
        """Whether nobody farther away can be among the k best."""
        if len(self._fit) < self._k:
            return False
        if self._policy is not Policy.TRAVEL_TIME:
            return True
        fastest = line_speed(self._profile) if self._streets is None else self._streets.fastest(self._profile)
        return self._ranked()[self._k - 1].cost <= self._reach / fastest

    def shortlist(self) -> list[Facts]:
        """The k best, the best first."""
        return [one.facts for one in self._ranked()[: self._k]]

    def routed(self, routed: Routed, k: int, *, complete: bool) -> Recommendation:
        """The answer by an engine's times of the shortlist; without them that of our own."""
        if routed.seconds is None:
            return replace(self.result(k, complete=complete), routing_problem=routed.problem)
        ranked = self._ranked()
        kept, left = ranked[: self._k], ranked[self._k :]
        self._reach = min([self._reach, *(one.facts.metres for one in left)])
        self._fit = [one.facts for one in kept]
        self._travel = [
            one.travel if seconds is None else Travel(seconds, routed.engine)
            for one, seconds in zip(kept, routed.seconds, strict=True)
        ]
        best = self.result(k, complete=complete)
        return replace(best, basis=routed.engine, complete=complete and self._nobody_left_is_better(best.candidates, k))

    def _nobody_left_is_better(self, best: Sequence[Candidate], k: int) -> bool:
        """Whether the engine, had it been asked for all others, would not have told that one of them is."""
        if self._policy is not Policy.TRAVEL_TIME or np.isinf(self._reach):
            return True
        return len(best) == k and best[-1].cost <= self._reach / FASTEST[self._profile]

    def result(self, k: int, *, complete: bool) -> Recommendation:
        """The answer by our own times."""
        candidates = self._ranked()[:k]
        reach = max((one.facts.metres for one in candidates), default=np.inf)
        passed = sorted(
            (one for one in self._passed_over if one.facts.metres <= reach), key=lambda one: one.facts.metres
        )
        basis = "line" if self._streets is None else "streets"
        return Recommendation(self._policy, self._profile, basis, candidates, passed[:_PASSED_OVER], complete)

    def _ranked(self) -> list[Candidate]:
        skills = self._wanting.skills
        made = [candidate_of(*one, skills, self._policy) for one in zip(self._fit, self._travel, strict=True)]
        return sorted(made, key=lambda one: (one.cost, one.facts.metres, one.facts.key))

    def _times(self, members: Sequence[Facts], limit_s: float) -> list[Travel]:
        by_line = line_seconds(np.array([one.metres for one in members]), self._profile).tolist()
        if self._streets is None or not members:
            return [Travel(seconds, "line") for seconds in by_line]
        by_street = self._streets.seconds_to(
            np.array([one.latitude for one in members]), np.array([one.longitude for one in members]),
            to=(self._wanting.latitude, self._wanting.longitude), profile=self._profile, limit_s=limit_s,
        )  # fmt: skip
        return [
            Travel(line, "line") if np.isnan(street)
            else Travel(max(limit_s, line), "beyond") if np.isinf(street)
            else Travel(street, "streets")
            for street, line in zip(by_street.tolist(), by_line, strict=True)
        ]  # fmt: skip

    def _facts(self, known: Known, row: int, metres: float) -> Facts:
        table = self._live.table
        age_s = max(0.0, self.now.timestamp() - int(table.fix_time[row]) / 1e6)
        return Facts(
            key=known.key, member=known.member, name=known.name, posts=tuple(known.posts),
            organisation=known.organisation, skills=frozenset(known.skills), metres=metres,
            latitude=float(table.latitude[row]), longitude=float(table.longitude[row]), age_s=age_s,
            presence=Presence(int(table.presence[row])), on_duty=known.on_duty, busy_with=known.busy_with,
            tried=known.tried, load=known.load, own_grid=known.own_grid, shift_ends_at=known.shift_ends_at,
        )  # fmt: skip


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
    rows, chosen = linear_sum_assignment(costs)
    return [
        Pair(incidents[row], pairs[row, column])
        for row, column in zip(rows.tolist(), chosen.tolist(), strict=True)
        if (row, column) in pairs
    ]
