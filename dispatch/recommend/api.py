"""/incidents/{id}/candidates, /assignments/proposals and /streets: who is best sent, and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from pydantic import BaseModel, Field

from dispatch.incidents.actor import actor_of
from dispatch.incidents.api import DISPATCHERS
from dispatch.incidents.service import Now
from dispatch.recommend.model import Candidate, PassedOver, Policy, Reason
from dispatch.recommend.search import Recommendation
from dispatch.recommend.service import Recommender
from dispatch.streets.model import Profile
from dispatch.streets.store import Loaded
from registry.api.fields import Id
from registry.api.route import Call, Route

__all__ = ["routes"]


class CandidateQuery(BaseModel, extra="forbid"):
    """k: how many; policy: travel_time, nearest or own_grid; profile: how they travel."""

    k: int = Field(5, ge=1, le=50)
    policy: Policy = Policy.TRAVEL_TIME
    profile: Profile = Profile.WALKING


class ReasonOut(BaseModel):
    """One thing that speaks for or against."""

    code: str
    value: float | str | None
    en: str
    zh: str


class MemberNear(BaseModel):
    """A member near the incident. metres: straight line; age_s: of the position; busy_with: an incident.

    own_grid: the place lies in the member's organisation or in one of the member's grids.
    """

    member: str
    name: str
    post: str | None
    posts: list[str]
    organisation: str
    metres: float
    latitude: float
    longitude: float
    age_s: float
    presence: str
    on_duty: bool
    busy_with: str | None
    load: int
    own_grid: bool
    shift_ends_at: datetime | None


class CandidateOut(MemberNear):
    """Somebody who can be sent.

    basis: streets, line (no street known), beyond (longer than was looked), or the routing engine: osrm, valhalla.
    """

    travel_s: float
    basis: str
    eta: datetime
    cost: float
    reasons: list[ReasonOut]


class PassedOverOut(MemberNear):
    """Somebody near who is not proposed, and why."""

    reason: ReasonOut


class CandidatesOut(BaseModel):
    """The best first. complete: False where there might be better ones.

    basis: osrm or valhalla where a routing engine told the times, else whether a street network is loaded: streets or
    line. routing_problem: why the engine's times are not here; null: they are, or no engine is set.
    """

    policy: Policy
    profile: Profile
    basis: str
    complete: bool
    routing_problem: str | None
    items: list[CandidateOut]
    passed_over: list[PassedOverOut]


class ProposalsIn(BaseModel, extra="forbid"):
    """incidents: ids of accepted ones, left out: all of them."""

    incidents: list[Id] | None = Field(None, max_length=200)
    policy: Policy = Policy.TRAVEL_TIME
    profile: Profile = Profile.WALKING


class ProposalOut(BaseModel):
    """Send this member to this incident. version: of the incident, to send along when dispatching."""

    incident: str
    version: int
    priority: int
    candidate: CandidateOut


class ProposalsOut(BaseModel):
    """One member each, at the least cost together; incidents for which nobody is left are not here."""

    items: list[ProposalOut]


class StreetsOut(BaseModel):
    """The street network that travel times are found on; null: none, travel times go by the straight line."""

    name: str | None
    junctions: int
    pieces: int
    imported_at: datetime | None


class _Handlers:
    def __init__(self, recommender: Recommender, loaded: Callable[[], Loaded | None], now: Now) -> None:
        self._recommender, self._loaded, self._now = recommender, loaded, now

    async def candidates(self, call: Call) -> CandidatesOut:
        """Of one incident."""
        query: CandidateQuery = call.query
        found = await self._recommender.for_incident(
            call.path["id"], actor_of(call.user), k=query.k, policy=query.policy, profile=query.profile
        )
        return self._out(found)

    async def proposals(self, call: Call) -> ProposalsOut:
        """For many incidents."""
        body: ProposalsIn = call.body
        pairs = await self._recommender.propose(
            body.incidents, actor_of(call.user), policy=body.policy, profile=body.profile
        )
        items = [
            ProposalOut(
                incident=pair.incident.id, version=pair.incident.version, priority=pair.incident.priority,
                candidate=self._candidate(pair.candidate),
            )
            for pair in pairs
        ]  # fmt: skip
        return ProposalsOut(items=items)

    async def streets(self, call: Call) -> StreetsOut:
        """What is loaded here."""
        loaded = self._loaded()
        if loaded is None:
            return StreetsOut(name=None, junctions=0, pieces=0, imported_at=None)
        return StreetsOut(
            name=loaded.name, junctions=loaded.junctions, pieces=loaded.pieces, imported_at=loaded.imported_at
        )

    def _out(self, found: Recommendation) -> CandidatesOut:
        return CandidatesOut(
            policy=found.policy, profile=found.profile, basis=found.basis, complete=found.complete,
            routing_problem=found.routing_problem,
            items=[self._candidate(one) for one in found.candidates],
            passed_over=[_passed_over(one) for one in found.passed_over],
        )  # fmt: skip

    def _candidate(self, one: Candidate) -> CandidateOut:
        travel = one.travel
        return CandidateOut(
            **_member(one).model_dump(), travel_s=round(travel.seconds, 1), basis=travel.basis,
            eta=self._now() + timedelta(seconds=travel.seconds), cost=round(one.cost, 1),
            reasons=[_reason(reason) for reason in one.reasons],
        )  # fmt: skip


def _member(one: Candidate | PassedOver) -> MemberNear:
    facts = one.facts
    return MemberNear(
        member=facts.member, name=facts.name, post=next(iter(facts.posts), None), posts=list(facts.posts),
        organisation=facts.organisation, metres=round(facts.metres, 1), latitude=facts.latitude,
        longitude=facts.longitude, age_s=round(facts.age_s, 1), presence=facts.presence.word, on_duty=facts.on_duty,
        busy_with=facts.busy_with, load=facts.load, own_grid=facts.own_grid is not None,
        shift_ends_at=facts.shift_ends_at,
    )  # fmt: skip


def _passed_over(one: PassedOver) -> PassedOverOut:
    return PassedOverOut(**_member(one).model_dump(), reason=_reason(one.reason))


def _reason(reason: Reason) -> ReasonOut:
    return ReasonOut(code=reason.code, value=reason.value, en=reason.en, zh=reason.zh)


def routes(recommender: Recommender, loaded: Callable[[], Loaded | None], now: Now) -> list[Route]:
    """The recommendation's routes. loaded: the street network of this process."""
    handlers, tag = _Handlers(recommender, loaded, now), "assignments"
    return [
        Route(method="GET", path="/incidents/{id}/candidates", handler=handlers.candidates, tag=tag,
              summary="The best members to send, with reasons, and who near was passed over", query=CandidateQuery,
              answer=CandidatesOut, problems=(404,)),
        Route(method="POST", path="/assignments/proposals", handler=handlers.proposals, tag=tag,
              summary="One member each for many incidents, the best together", body=ProposalsIn, answer=ProposalsOut,
              roles=DISPATCHERS),
        Route(method="GET", path="/streets", handler=handlers.streets, tag=tag,
              summary="The street network that travel times are found on", answer=StreetsOut),
    ]  # fmt: skip
