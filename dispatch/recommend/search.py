"""The search for the k best members for one incident: who is looked at, who is asked for, when it is settled.

Theory of operation. Members are looked at in the order of their straight-line distance, in two circles: everybody,
and those who may be of the grid that holds the place, for whom a longer way pays. Looking costs next to nothing: the
live table has their places, and the time of their way is found for all of them at once. It is the least that sending
them can cost (under the policies of straight lines: the metres), since every weight only adds. So the database is
asked only for those whose least is no more than what the k-th best so far costs, the least first. The search is settled
as soon as nobody outside of a circle can come in time to cost no more than that (`Ways.farthest`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from dispatch.recommend.circles import Circle, circles_for
from dispatch.recommend.looked import Looked
from dispatch.recommend.model import (
    Candidate,
    Facts,
    PassedOver,
    Policy,
    Travel,
    candidate_of,
    cost_of,
    ruled_out,
    travel_left,
)
from dispatch.recommend.store import Known, Wanting
from dispatch.routing.model import FASTEST
from dispatch.routing.service import Routed
from dispatch.streets.model import Profile, Streets
from tracker.live.service import LiveService, Selection
from tracker.model.presence import Presence

__all__ = ["Recommendation", "Search"]

_PASSED_OVER = 20
_FIRST_ASKED, _MOST_ASKED = 32, 512


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The best, the best first; who could have been one of them but was passed over, the nearest first.

    basis: osrm, valhalla, streets or line. complete: False when more members would have had to be looked at, or an
    engine to be asked for more. routing_problem: why the times are not the engine's; None where they are, or where
    there is none.
    """

    policy: Policy
    profile: Profile
    basis: str
    candidates: list[Candidate]
    passed_over: list[PassedOver]
    complete: bool
    routing_problem: str | None = None


class Search:
    """Candidates so far, for one incident: while there is more to `look` at, `know` all who are `promising`."""

    def __init__(
        self, live: LiveService, streets: Streets | None, wanting: Wanting, k: int, policy: Policy, profile: Profile,
        now: datetime, *, organisations: frozenset[int], homes: frozenset[int],
    ) -> None:  # fmt: skip
        """organisations: whose members may be sent; homes: of members who may work in the grid of the place. Keys."""
        self._live, self._streets, self._wanting = live, streets, wanting
        self._k, self._policy, self._profile, self.now = k, policy, profile, now
        self.midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        self._circles = circles_for(organisations, homes, policy)
        to = (wanting.latitude, wanting.longitude)
        self._looked = Looked(live, streets, to, policy, profile, homes)
        self._asking: dict[int, int] = {}  # member -> place among those looked at
        self._fit: list[tuple[Facts, int]] = []
        self._costs: list[float] = []
        self._passed_over: list[PassedOver] = []
        self._at_once = max(_FIRST_ASKED, k)

    def look(self) -> bool:
        """Look at more members; False: the search is settled, or would have to look at too many (`is_settled`)."""
        circles = [one for one in self._circles if not self._is_settled(one)]
        widened = [one.widen(self._radius(one)) for one in circles]
        if not all(widened):
            return False
        for circle in circles:
            near = self._live.nearest(
                self._wanting.latitude, self._wanting.longitude, circle.count,
                Selection(organisations=circle.organisations),
            )  # fmt: skip
            circle.reach = math.inf if len(near) < circle.count else near[-1].metres
            self._looked.add(near)
        return bool(circles)

    def promising(self) -> list[int]:
        """Keys of members not asked for yet who may be among the best, some hundred at most; empty: nobody is."""
        near = self._looked.promising(self._worst(), self._at_once)
        members = self._live.table.member[self._looked.rows[near]].tolist()
        fresh = {member: place for member, place in zip(members, near.tolist(), strict=True) if member}
        fresh = {member: place for member, place in fresh.items() if member not in self._asking}
        self._asking |= fresh
        return list(fresh)

    def know(self, found: Sequence[Known]) -> None:
        """What is known of them."""
        for known in found:
            place = self._asking[known.key]
            facts = self._facts(known, place)
            reason = ruled_out(facts, self._policy)
            if reason is None:
                self._fit.append((facts, place))
                self._costs.append(self._cost(facts, place))
            else:
                self._passed_over.append(PassedOver(facts, reason))
        while self._looked.lengthen([self._fit[one][1] for one in self._order()[: self._k]], self._worst()):
            self._costs = [self._cost(*one) for one in self._fit]

    def is_settled(self) -> bool:
        """Whether nobody else can be among the k best."""
        return all(map(self._is_settled, self._circles))

    def shortlist(self) -> list[Facts]:
        """The k best, the best first."""
        return [self._fit[one][0] for one in self._order()[: self._k]]

    def result(self, k: int) -> Recommendation:
        """The answer by our own times."""
        candidates = [self._candidate(one) for one in self._order()[:k]]
        basis = "line" if self._streets is None else "streets"
        return self._answer(candidates, basis, complete=self.is_settled())

    def routed(self, routed: Routed, k: int) -> Recommendation:
        """The answer by an engine's times of the shortlist; without them that of our own."""
        if routed.seconds is None:
            return replace(self.result(k), routing_problem=routed.problem)
        order = self._order()
        kept, left = order[: self._k], order[self._k :]
        timed = [
            self._candidate(one, None if seconds is None else Travel(seconds, routed.engine))
            for one, seconds in zip(kept, routed.seconds, strict=True)
        ]
        best = sorted(timed, key=_rank)[:k]
        waiting = min(self._looked.nearest_waiting(), self._circles[0].reach)
        reach = min([waiting, *(self._fit[one][0].metres for one in left)])
        complete = self.is_settled() and self._nobody_left_is_better(best, k, reach)
        return self._answer(best, routed.engine, complete=complete)

    def _nobody_left_is_better(self, best: Sequence[Candidate], k: int, reach: float) -> bool:
        """Whether the engine, had it been asked for all others, would not have told that one of them is."""
        if self._policy is not Policy.TRAVEL_TIME or math.isinf(reach):
            return True
        return len(best) == k and best[-1].cost <= reach / FASTEST[self._profile]

    def _answer(self, candidates: list[Candidate], basis: str, *, complete: bool) -> Recommendation:
        reach = max((one.facts.metres for one in candidates), default=math.inf)
        passed = sorted(
            (one for one in self._passed_over if one.facts.metres <= reach), key=lambda one: one.facts.metres
        )
        return Recommendation(self._policy, self._profile, basis, candidates, passed[:_PASSED_OVER], complete)

    def _is_settled(self, circle: Circle) -> bool:
        """Whether nobody outside of the circle can be among the k best."""
        reach = max(circle.reach, self._circles[0].reach)  # the first is everybody's
        return math.isinf(reach) or self._radius(circle) < reach

    def _radius(self, circle: Circle) -> float:
        """Metres beyond which nobody of the circle can be among the k best; infinity: that is not known yet."""
        worst = self._worst()
        if self._policy is not Policy.TRAVEL_TIME or math.isinf(worst):
            return worst
        return self._looked.farthest(max(0.0, travel_left(worst, of_grid=circle.of_grid)))

    def _worst(self) -> float:
        """What the k-th best costs; infinity while there are fewer."""
        return math.inf if len(self._costs) < self._k else sorted(self._costs)[self._k - 1]

    def _order(self) -> list[int]:
        """Those who fit, the best first."""
        fit, costs = self._fit, self._costs
        return sorted(range(len(fit)), key=lambda one: (costs[one], fit[one][0].metres, fit[one][0].key))

    def _candidate(self, number: int, travel: Travel | None = None) -> Candidate:
        facts, place = self._fit[number]
        return candidate_of(facts, travel or self._looked.travel(place), self._wanting.skills, self._policy)

    def _cost(self, facts: Facts, place: int) -> float:
        return cost_of(facts, self._looked.travel(place), self._wanting.skills, self._policy)

    def _facts(self, known: Known, place: int) -> Facts:
        table, row = self._live.table, int(self._looked.rows[place])
        age_s = max(0.0, self.now.timestamp() - int(table.fix_time[row]) / 1e6)
        return Facts(
            key=known.key, member=known.member, name=known.name, posts=tuple(known.posts),
            organisation=known.organisation, skills=frozenset(known.skills), metres=float(self._looked.metres[place]),
            latitude=float(table.latitude[row]), longitude=float(table.longitude[row]), age_s=age_s,
            presence=Presence(int(table.presence[row])), on_duty=known.on_duty, busy_with=known.busy_with,
            tried=known.tried, load=known.load, own_grid=known.own_grid, shift_ends_at=known.shift_ends_at,
        )  # fmt: skip


def _rank(one: Candidate) -> tuple[float, float, int]:
    return one.cost, one.facts.metres, one.facts.key
