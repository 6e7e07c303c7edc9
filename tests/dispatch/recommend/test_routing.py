"""Recommendations by an operator's routing engine: its times, who is asked for, and what happens without it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from dispatch.recommend.model import Policy
from dispatch.recommend.search import Recommendation
from dispatch.recommend.service import Recommender
from dispatch.routing.model import SHORTLIST
from dispatch.routing.service import Router
from dispatch.streets.model import Profile
from gridwarden.compose.fetching import Fetcher
from tests.dispatch.recommend.test_service import Crowd
from tests.dispatch.routing.engines import EngineServer, engine_server
from tests.dispatch.world import World


@pytest.fixture
async def server() -> AsyncIterator[EngineServer]:
    async with engine_server() as running:
        yield running


@pytest.fixture
async def crowd(world: World, server: EngineServer) -> AsyncIterator[Crowd]:
    """Its recommender asks the server, as OSRM, for walking."""
    crowd, fetcher = Crowd(world), Fetcher(0.3)
    async with fetcher.opened():
        router = Router([server.engine("osrm", "walking")], fetcher.fetch, lambda: 0.0)
        crowd.recommender = Recommender(world.pool, crowd.live, lambda: crowd.streets, lambda: world.now, router)
        yield crowd


async def best(crowd: Crowd, k: int = 5, policy: Policy = Policy.TRAVEL_TIME) -> Recommendation:
    told = await crowd.world.report(latitude=26.005, longitude=119.305)
    return await crowd.recommender.for_incident(
        told["id"], crowd.world["dora"], k=k, policy=policy, profile=Profile.WALKING
    )


async def three(crowd: Crowd) -> None:
    """Anna is nearest by line; by the engine's times, which are of longitude, cui is there first."""
    await crowd.put("anna", 26.005, 119.306)
    await crowd.put("bo", 26.005, 119.307)
    await crowd.put("cui", 26.008, 119.3051)


@pytest.mark.parametrize("streets", [True, False])
async def test_the_engines_times_order_the_candidates(crowd: Crowd, server: EngineServer, streets: bool) -> None:
    await three(crowd)
    if not streets:
        crowd.streets = None
    found = await best(crowd)
    assert (found.basis, found.routing_problem, found.complete) == ("osrm", None, True)
    assert [(one.facts.member, one.travel.basis) for one in found.candidates] == [
        ("cui", "osrm"), ("anna", "osrm"), ("bo", "osrm")
    ]  # fmt: skip
    assert [one.travel.seconds for one in found.candidates] == pytest.approx([10.0, 100.0, 200.0], abs=0.2)
    assert "OSRM" in found.candidates[0].reasons[1].en
    assert server.asked == [("foot", 3)]


async def test_where_it_knows_no_way_our_own_time_stands(crowd: Crowd, server: EngineServer) -> None:
    await three(crowd)
    server.closed_north_of = 26.006
    found = await best(crowd)
    bases = {one.facts.member: one.travel.basis for one in found.candidates}
    assert bases == {"anna": "osrm", "bo": "osrm", "cui": "streets"}


@pytest.mark.parametrize(("mode", "why"), [("hang", "nothing came within"), ("500", "answered 500")])
@pytest.mark.parametrize("streets", [True, False])
async def test_without_it_the_answer_is_that_of_our_own_and_says_why(
    crowd: Crowd, server: EngineServer, mode: str, why: str, streets: bool
) -> None:
    await crowd.fill(60)
    if not streets:
        crowd.streets = None
    server.mode = mode
    found = await best(crowd)
    assert found.basis == ("streets" if streets else "line")
    assert why in str(found.routing_problem)
    own = Recommender(crowd.world.pool, crowd.live, lambda: crowd.streets, lambda: crowd.world.now)
    crowd.recommender = own
    assert [one.facts.member for one in found.candidates] == [
        one.facts.member for one in (await best(crowd)).candidates
    ]


async def test_only_a_shortlist_is_sent(crowd: Crowd, server: EngineServer) -> None:
    """And the answer says whether somebody else might be better."""
    await crowd.fill(150)
    found = await best(crowd)
    assert server.asked == [("foot", SHORTLIST)]
    assert len(found.candidates) == 5
    costs = [one.cost for one in found.candidates]
    assert costs == sorted(costs)
    assert not (await best(crowd, k=SHORTLIST)).complete


async def test_under_a_policy_of_straight_lines_only_the_k_nearest_are_sent(crowd: Crowd, server: EngineServer) -> None:
    await three(crowd)
    found = await best(crowd, k=2, policy=Policy.NEAREST)
    assert [one.facts.member for one in found.candidates] == ["anna", "bo"]
    assert server.asked == [("foot", 2)]
    assert {one.travel.basis for one in found.candidates} == {"osrm"}
