"""The rounds: what runs out, what goes unanswered, who arrives; any number of processes, each step once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from dispatch.assignments.model import Sent
from dispatch.escalation.service import EscalationService
from dispatch.escalation.store import Waiting
from dispatch.incidents.model import Action
from tests.dispatch.world import World


class Rounds:
    """A worker; `candidates` are sent in turn, `metres` is how far everybody is from everything."""

    def __init__(self, world: World, automatic: int = 0) -> None:
        self.candidates: list[str] = []
        self.metres: float | None = None
        self.asked: list[Waiting] = []
        self.service = EscalationService(
            world.pool, world.assignments, lambda: world.now, next_candidate=self._next,
            distance=lambda member, latitude, longitude: self.metres, automatic=automatic,
        )  # fmt: skip

    async def _next(self, waiting: Waiting) -> Sent | None:
        self.asked.append(waiting)
        return Sent(member=self.candidates.pop(0)) if self.candidates else None


@pytest.fixture
def rounds(world: World) -> Rounds:
    return Rounds(world)


async def test_what_runs_late_goes_up_step_by_step_with_a_mark_each(world: World, rounds: Rounds) -> None:
    told = await world.report()
    assert await rounds.service.escalate() == 0
    seen = []
    for _ in range(4):
        world.later(seconds=301)
        await rounds.service.escalate()
        told = await world.incidents.find(told["id"], world["dora"])
        seen.append((told["organisation"], told["marks"]))
    assert seen == [("main", 1), ("east", 2), ("east", 3), ("east", 3)]


async def test_workers_at_once_escalate_once(world: World, rounds: Rounds) -> None:
    incidents = [(await world.report())["id"] for _ in range(20)]
    world.later(seconds=301)
    done: Sequence[int] = await asyncio.gather(*[Rounds(world).service.escalate() for _ in range(4)])
    assert sum(done) == 20
    for incident in incidents:
        assert await world.log(incident) == ["report", "escalate"]


async def test_an_unanswered_offer_goes_to_the_next_candidate(world: World, rounds: Rounds) -> None:
    told = await world.dispatched("anna", policy="nearest", answer_within=timedelta(seconds=60))
    world.later(seconds=59)
    assert await rounds.service.expire() == 0
    world.later(seconds=2)
    rounds.candidates = ["bo"]
    done = await rounds.service.round()
    assert (done.expired, done.sent) == (1, 1)
    told = await world.incidents.find(told["id"], world["dora"])
    assert [(one["member"], one["state"]) for one in told["assignments"]] == [("anna", "expired"), ("bo", "offered")]
    assert (told["state"], told["policy"]) == ("dispatched", "nearest")


async def test_without_a_policy_a_dispatcher_decides(world: World, rounds: Rounds) -> None:
    told = await world.dispatched("anna")
    await world.step(told["assignments"][0]["id"], "anna", Action.DECLINE, "busy")
    rounds.candidates = ["bo"]
    assert await rounds.service.send() == 0
    assert (await world.incidents.find(told["id"], world["dora"]))["state"] == "accepted"


async def test_where_there_is_nobody_it_asks_again_later_and_not_each_round(world: World, rounds: Rounds) -> None:
    told = await world.dispatched("anna", policy="travel_time")
    await world.step(told["assignments"][0]["id"], "anna", Action.DECLINE, "busy")
    await rounds.service.send()
    await rounds.service.send()
    assert len(rounds.asked) == 1
    world.later(seconds=16)
    await rounds.service.send()
    assert len(rounds.asked) == 2


async def test_urgent_ones_are_sent_without_a_dispatcher_where_that_is_wanted(world: World) -> None:
    urgent, other = await world.report(priority=1), await world.report()
    rounds = Rounds(world, automatic=1)
    rounds.candidates = ["anna", "bo"]
    assert await rounds.service.send() == 1
    assert (await world.incidents.find(urgent["id"], world["dora"]))["state"] == "dispatched"
    assert (await world.incidents.find(other["id"], world["dora"]))["state"] == "reported"
    assert await world.log(urgent["id"]) == ["report", "accept", "dispatch"]


async def test_workers_at_once_send_one_member_once(world: World) -> None:
    told = await world.report(priority=1)
    workers = [Rounds(world, automatic=1) for _ in range(4)]
    for worker in workers:
        worker.candidates = ["anna"]
    assert sum(await asyncio.gather(*[worker.service.send() for worker in workers])) == 1
    assert await world.log(told["id"]) == ["report", "accept", "dispatch"]


async def test_an_arrival_is_proposed_once_and_a_person_confirms(world: World, rounds: Rounds) -> None:
    told = await world.handling("anna")
    for metres, proposed in ((None, 0), (51.0, 0), (50.0, 1), (10.0, 0)):
        rounds.metres = metres
        assert await rounds.service.propose_arrivals() == proposed
    told = await world.incidents.find(told["id"], world["dora"])
    [one] = told["assignments"]
    assert one["arrival_proposed_at"] is not None
    assert one["state"] == "acknowledged"
    told = await world.step(one["id"], "anna", Action.ARRIVE)
    assert told["assignments"][0]["state"] == "on_scene"
