"""The k best members out of many, against looking at everybody; proposals for many incidents at once."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from dispatch.recommend.model import Policy
from dispatch.recommend.service import Recommender
from dispatch.streets.geojson import lines_of, network_of
from dispatch.streets.model import Profile, Streets
from registry.api.problems import NotFound
from registry.members.model import MemberDraft
from registry.members.service import MemberService
from registry.organisations.model import ROOT_KEY
from tests.dispatch.streets.test_geojson import a_line
from tests.dispatch.world import KIND, World
from tests.tracker.live.builders import SECOND, a_device, a_row, rows_of
from tracker.live.service import LiveService
from tracker.live.table import LiveTable

WEST, SOUTH = 119.30, 26.0


def a_grid_of_streets(side: int = 12, step: float = 0.001) -> Streets:
    """Streets every hundred metres, some of them missing."""
    random = np.random.default_rng(5)
    lines = []
    for row in range(side + 1):
        for a, b in itertools.pairwise(range(side + 1)):
            if random.random() < 0.8:
                lines.append(a_line((WEST + a * step, SOUTH + row * step), (WEST + b * step, SOUTH + row * step)))
            if random.random() < 0.8:
                lines.append(a_line((WEST + row * step, SOUTH + a * step), (WEST + row * step, SOUTH + b * step)))
    return Streets(network_of(lines_of({"features": lines})))


class Crowd:
    """Members with live positions in the world; `streets` may be taken away."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.table = LiveTable(stale_after_s=60.0, silent_after_s=600.0)
        self.live = LiveService(self.table, now=lambda: int(world.now.timestamp() * 1e6), clock=lambda: 0.0)
        self.streets: Streets | None = a_grid_of_streets()
        self.recommender = Recommender(world.pool, self.live, lambda: self.streets, lambda: world.now)

    async def put(self, member: str, latitude: float, longitude: float, *, age_s: int = 1) -> None:
        """The member has a device with that position."""
        async with self.world.pool.connection() as connection:
            cursor = await connection.execute("SELECT key, organisation FROM members WHERE id = %s", (member,))
            row = await cursor.fetchone()
        assert row is not None
        key, organisation = row
        self.live.describe([a_device(key, member=key, organisation=organisation)])
        fix_time = int(self.world.now.timestamp() * 1e6) - age_s * SECOND
        self.live.take(rows_of(a_row(key, fix_time=fix_time, latitude=latitude, longitude=longitude)))
        self.live.look()

    async def fill(self, count: int, seed: int = 1) -> None:
        """Members m0, m1, ... of grids one and two somewhere on the streets."""
        random, service = np.random.default_rng(seed), MemberService(self.world.pool)
        for number in range(count):
            grid = "one" if random.random() < 0.5 else "two"
            draft = MemberDraft(id=f"m{number}", name=f"M {number}", organisation=grid, on_duty=random.random() < 0.8)
            await service.add(draft, caller=ROOT_KEY)
            latitude, longitude = SOUTH + random.random() * 0.012, WEST + random.random() * 0.012
            await self.put(f"m{number}", latitude, longitude, age_s=int(random.choice([1, 100, 2_000])))


@pytest.fixture
def crowd(world: World) -> Crowd:
    return Crowd(world)


async def best(crowd: Crowd, incident: str, k: int = 5, policy: Policy = Policy.TRAVEL_TIME) -> list[str]:
    found = await crowd.recommender.for_incident(
        incident, crowd.world["dora"], k=k, policy=policy, profile=Profile.WALKING
    )
    assert found.complete
    return [one.facts.member for one in found.candidates]


@pytest.mark.parametrize("policy", Policy)
@pytest.mark.parametrize("streets", [True, False])
async def test_the_best_are_those_of_looking_at_everybody(crowd: Crowd, policy: Policy, streets: bool) -> None:
    await crowd.fill(150)
    if not streets:
        crowd.streets = None
    for place in ((26.005, 119.305), (26.001, 119.309), (26.0, 119.3)):
        told = await crowd.world.report(latitude=place[0], longitude=place[1])
        everybody = await best(crowd, told["id"], k=150, policy=policy)
        assert len(everybody) > 20
        for k in (1, 5):
            assert await best(crowd, told["id"], k=k, policy=policy) == everybody[:k]


async def test_many_at_one_place_are_no_reason_to_look_for_ever(crowd: Crowd) -> None:
    service = MemberService(crowd.world.pool)
    for number in range(40):
        await service.add(MemberDraft(id=f"m{number}", name=f"M {number}", organisation="two"), caller=ROOT_KEY)
        await crowd.put(f"m{number}", 26.005, 119.305)
    told = await crowd.world.report(latitude=26.005, longitude=119.305)
    assert await best(crowd, told["id"]) == [f"m{number}" for number in range(5)]


async def test_one_of_the_grid_who_is_far_behind_many_others_is_found(crowd: Crowd) -> None:
    """Fifty others are nearer, but for one of the grid itself a minute more pays."""
    service = MemberService(crowd.world.pool)
    for number in range(50):
        await service.add(MemberDraft(id=f"m{number}", name=f"M {number}", organisation="two"), caller=ROOT_KEY)
        await crowd.put(f"m{number}", 26.005, 119.305 + number * 1e-6)
    await crowd.put("anna", 26.005, 119.3052)
    told = await crowd.world.report(latitude=26.005, longitude=119.305)
    assert (await best(crowd, told["id"]))[:2] == ["anna", "m0"]


async def test_who_near_is_passed_over_is_told_with_the_reason(crowd: Crowd) -> None:
    world = crowd.world
    await crowd.put("anna", 26.005, 119.305)
    await crowd.put("bo", 26.0051, 119.305)
    await crowd.put("cui", 26.006, 119.305)
    busy = await world.dispatched("anna")
    told = await world.report()
    found = await crowd.recommender.for_incident(
        told["id"], world["dora"], k=1, policy=Policy.TRAVEL_TIME, profile=Profile.WALKING
    )
    assert [one.facts.member for one in found.candidates] == ["bo"]
    [passed] = found.passed_over
    assert (passed.facts.member, passed.reason.code, passed.reason.value) == ("anna", "busy", busy["id"])


async def test_who_declined_is_not_proposed_again(crowd: Crowd) -> None:
    from dispatch.incidents.model import Action

    world = crowd.world
    await crowd.put("anna", 26.005, 119.305)
    await crowd.put("bo", 26.0051, 119.305)
    told = await world.dispatched("anna")
    await world.step(told["assignments"][0]["id"], "anna", Action.DECLINE, "no")
    assert await best(crowd, told["id"], k=5) == ["bo"]


async def test_members_of_others_are_not_proposed(crowd: Crowd) -> None:
    await crowd.put("dan", 26.005, 119.305)
    told = await crowd.world.report()
    assert await best(crowd, told["id"]) == []
    with pytest.raises(NotFound):
        await crowd.recommender.for_incident(
            told["id"], crowd.world["wes"], k=1, policy=Policy.NEAREST, profile=Profile.WALKING
        )


@pytest.mark.parametrize("policy", [Policy.OWN_GRID, Policy.TRAVEL_TIME])
async def test_who_works_in_the_grid_too_counts_as_one_of_it(crowd: Crowd, policy: Policy) -> None:
    """cui belongs to grid two and works in grid one, where it happened."""
    service = MemberService(crowd.world.pool)
    await service.change("cui", {"grids": ["one"], "posts": ["officer", "driver"]}, caller=ROOT_KEY)
    await service.add(MemberDraft(id="eva", name="Eva", organisation="two"), caller=ROOT_KEY)
    await crowd.put("eva", 26.005, 119.305)
    await crowd.put("cui", 26.0051, 119.305)
    told = await crowd.world.report()
    found = await crowd.recommender.for_incident(
        told["id"], crowd.world["dora"], k=1, policy=policy, profile=Profile.WALKING
    )
    [cui] = found.candidates
    assert (cui.facts.member, cui.facts.posts) == ("cui", ("officer", "driver"))
    assert ("own_grid", "one") in [(reason.code, reason.value) for reason in cui.reasons]


async def test_a_post_brings_its_skills(crowd: Crowd) -> None:
    world = crowd.world
    await MemberService(world.pool).change("bo", {"posts": ["other", "Police officer"]}, caller=ROOT_KEY)
    async with world.pool.connection() as connection:
        await connection.execute("UPDATE incident_kinds SET skills = '{police}' WHERE code = %s", (KIND,))
    await crowd.put("anna", 26.005, 119.305)
    await crowd.put("bo", 26.006, 119.305)
    assert await best(crowd, (await world.report())["id"]) == ["bo", "anna"]


async def test_a_wall_between_makes_the_nearer_the_later(crowd: Crowd) -> None:
    """bo is nearer by line, cui by street."""
    wall = [
        a_line((119.300, 26.000), (119.310, 26.000)), a_line((119.300, 26.001), (119.310, 26.001)),
        a_line((119.300, 26.000), (119.300, 26.001)),
    ]  # fmt: skip
    crowd.streets = Streets(network_of(lines_of({"features": wall})))
    await crowd.put("bo", 26.000, 119.310)
    await crowd.put("cui", 26.001, 119.306)
    told = await crowd.world.report(latitude=26.001, longitude=119.310)
    assert await best(crowd, told["id"], policy=Policy.NEAREST) == ["bo", "cui"]
    assert await best(crowd, told["id"], policy=Policy.TRAVEL_TIME) == ["cui", "bo"]


async def test_a_batch_is_the_best_of_all_ways_to_share_the_members_out(crowd: Crowd) -> None:
    await crowd.fill(9, seed=8)
    incidents = []
    random = np.random.default_rng(2)
    for _ in range(4):
        latitude, longitude = 26.0 + random.random() * 0.012, 119.3 + random.random() * 0.012
        told = await crowd.world.report(latitude=latitude, longitude=longitude)
        incidents.append((await crowd.world.incidents.accept(told["id"], crowd.world["dora"], None))["id"])
    pairs = await crowd.recommender.propose(
        incidents, crowd.world["dora"], policy=Policy.TRAVEL_TIME, profile=Profile.WALKING
    )
    costs: dict[tuple[str, str], float] = {}
    for incident in incidents:
        found = await crowd.recommender.for_incident(
            incident, crowd.world["dora"], k=50, policy=Policy.TRAVEL_TIME, profile=Profile.WALKING
        )
        costs |= {(incident, one.facts.member): one.cost for one in found.candidates}
    members = sorted({member for _, member in costs})
    least = min(
        sum(costs[pair] for pair in zip(incidents, chosen, strict=True))
        for chosen in itertools.permutations(members, len(incidents))
    )
    assert sum(pair.candidate.cost for pair in pairs) == pytest.approx(least)
    assert len({pair.candidate.facts.member for pair in pairs}) == len(pairs) == 4


async def test_the_urgent_one_gets_the_only_member(crowd: Crowd) -> None:
    await crowd.put("anna", 26.005, 119.305)
    for priority in (4, 1, 3):
        told = await crowd.world.report(priority=priority)
        await crowd.world.incidents.accept(told["id"], crowd.world["dora"], None)
    pairs: list[Any] = await crowd.recommender.propose(
        None, crowd.world["dora"], policy=Policy.NEAREST, profile=Profile.WALKING
    )
    assert [pair.incident.priority for pair in pairs] == [1]
