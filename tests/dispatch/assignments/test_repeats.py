"""A handheld that lost the answer sends again: what it did is done once, and told as if it were the first time."""

from __future__ import annotations

import pytest
from psycopg_pool import AsyncConnectionPool

from dispatch.incidents.model import Action
from registry.api.problems import Conflict
from tests.dispatch.world import World, found_world


@pytest.fixture
async def world(pool: AsyncConnectionPool) -> World:
    return await found_world(pool)


async def test_a_step_sent_again_is_done_once(world: World) -> None:
    told = await world.dispatched("anna")
    assignment = told["assignments"][0]["id"]
    for _ in range(2):
        after = await world.assignments.step(assignment, world["anna"], Action.ACKNOWLEDGE, idempotency_key="k-1")
        assert after["assignments"][0]["state"] == "acknowledged"
    entries = await world.incidents.log(told["id"], world["dora"])
    assert [entry["action"] for entry in entries].count("acknowledge") == 1
    with pytest.raises(Conflict):
        await world.assignments.step(assignment, world["anna"], Action.ACKNOWLEDGE, idempotency_key="k-2")


async def test_a_note_sent_again_is_written_once(world: World) -> None:
    told = await world.report(by="anna")
    for _ in range(2):
        await world.incidents.note(told["id"], world["anna"], "it rattles", idempotency_key="k-1")
    entries = await world.incidents.log(told["id"], world["dora"])
    assert [entry["note"] for entry in entries if entry["action"] == "note"] == ["it rattles"]


async def test_a_key_is_for_one_thing(world: World) -> None:
    assignment = (await world.dispatched("anna"))["assignments"][0]["id"]
    await world.assignments.step(assignment, world["anna"], Action.ACKNOWLEDGE, idempotency_key="k-1")
    with pytest.raises(Conflict, match="Idempotency-Key"):
        await world.assignments.step(assignment, world["anna"], Action.ARRIVE, idempotency_key="k-1")


async def test_what_was_refused_may_be_sent_again_under_its_key(world: World) -> None:
    assignment = (await world.dispatched("anna"))["assignments"][0]["id"]
    with pytest.raises(Conflict):
        await world.assignments.step(assignment, world["anna"], Action.ARRIVE, idempotency_key="k-1")
    await world.assignments.step(assignment, world["anna"], Action.ACKNOWLEDGE)
    after = await world.assignments.step(assignment, world["anna"], Action.ARRIVE, idempotency_key="k-1")
    assert after["assignments"][0]["state"] == "on_scene"


async def test_feedback_and_verification_sent_again_are_done_once(world: World) -> None:
    told = await world.dispatched("anna")
    incident, assignment = told["id"], told["assignments"][0]["id"]
    await world.assignments.step(assignment, world["anna"], Action.ACKNOWLEDGE)
    for _ in range(2):
        after = await world.assignments.feedback(incident, world["anna"], None, "mended", idempotency_key="k-1")
        assert after["state"] == "feedback"
    sent = await world.send(incident, "bo")
    second = next(one["id"] for one in sent["assignments"] if one["member"] == "bo")
    await world.assignments.step(second, world["bo"], Action.ACKNOWLEDGE)
    for _ in range(2):
        after = await world.assignments.verify(incident, world["bo"], None, True, "it is", idempotency_key="k-1")
        assert after["state"] == "verified"
    actions = [entry["action"] for entry in await world.incidents.log(incident, world["dora"])]
    assert (actions.count("feedback"), actions.count("verify")) == (1, 1)
