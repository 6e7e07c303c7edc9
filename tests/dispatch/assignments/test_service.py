"""Sending members: the whole loop, races, and who may do what."""

from __future__ import annotations

import asyncio

import pytest

from dispatch.assignments.model import Offer
from dispatch.incidents.model import Action
from registry.api.problems import BadRequest, Conflict, Forbidden, NotFound
from tests.dispatch.world import World


async def test_the_whole_loop(world: World) -> None:
    told = await world.dispatched("anna", policy="travel_time")
    assert (told["state"], told["policy"]) == ("dispatched", "travel_time")
    [one] = told["assignments"]
    assert (one["member"], one["state"], one["purpose"]) == ("anna", "offered", "handle")
    for action, state, incident in (
        (Action.ACKNOWLEDGE, "acknowledged", "handling"),
        (Action.EN_ROUTE, "en_route", "handling"),
        (Action.ARRIVE, "on_scene", "handling"),
    ):
        world.later(minutes=1)
        told = await world.step(one["id"], "anna", action)
        assert (told["assignments"][0]["state"], told["state"]) == (state, incident)
    assert told["clock"] == "handle"
    told = await world.assignments.feedback(told["id"], world["anna"], None, "done", place=(26.005, 119.305))
    assert (told["state"], told["handled_by"], told["assignments"][0]["state"]) == ("feedback", "anna", "handled")
    told = await world.assignments.verify(told["id"], world["sue"], None, True, "seen")
    assert told["state"] == "verified"
    told = await world.incidents.close(told["id"], world["dora"], None, "mended")
    assert (told["state"], told["disposition"], told["clock"]) == ("closed", "mended", None)
    assert await world.log(told["id"]) == [
        "report", "accept", "dispatch", "acknowledge", "en-route", "arrive", "feedback", "verify", "close",
    ]  # fmt: skip


async def test_fifty_dispatchers_want_the_same_member_and_one_gets_her(world: World) -> None:
    incidents = [(await world.accepted())["id"] for _ in range(50)]
    answers = await asyncio.gather(*[world.send(incident, "anna") for incident in incidents], return_exceptions=True)
    got = [one for one in answers if isinstance(one, dict)]
    refused = [one for one in answers if isinstance(one, Conflict)]
    assert (len(got), len(refused)) == (1, 49)
    assert all(f"assigned to {got[0]['id']} already" in str(one) for one in refused)
    async with world.pool.connection() as connection:
        cursor = await connection.execute("SELECT count(*) FROM assignments")
        assert await cursor.fetchone() == (1,)


async def test_all_are_sent_or_none(world: World) -> None:
    await world.dispatched("bo")
    told = await world.accepted()
    with pytest.raises(Conflict, match="bo"):
        await world.send(told["id"], "anna", "bo")
    assert (await world.incidents.find(told["id"], world["dora"]))["assignments"] == []


async def test_who_is_not_exclusive_may_have_several(world: World) -> None:
    await world.dispatched("anna", exclusive=False)
    await world.dispatched("anna", exclusive=False)
    await world.dispatched("anna")


async def test_who_is_off_duty_or_elsewhere_is_not_sent(world: World) -> None:
    told = await world.accepted()
    async with world.pool.connection() as connection:
        await connection.execute("UPDATE members SET on_duty = false WHERE id = 'anna'")
    with pytest.raises(Conflict, match="off duty"):
        await world.send(told["id"], "anna")
    with pytest.raises(NotFound):
        await world.send(told["id"], "dan")
    with pytest.raises(BadRequest):
        await world.send(told["id"])


async def test_sending_accepts_what_was_only_reported(world: World) -> None:
    told = await world.report()
    told = await world.send(told["id"], "anna")
    assert await world.log(told["id"]) == ["report", "accept", "dispatch"]


async def test_when_all_decline_it_waits_again(world: World) -> None:
    told = await world.dispatched("anna", "bo")
    first, second = told["assignments"]
    told = await world.step(first["id"], "anna", Action.DECLINE, "a flat tyre")
    assert told["state"] == "dispatched"
    told = await world.step(second["id"], "bo", Action.DECLINE, "me too")
    assert (told["state"], told["assignments"][1]["reason"]) == ("accepted", "me too")
    assert (await world.log(told["id"]))[-3:] == ["decline", "decline", "return"]


async def test_nobody_answers_for_another_member(world: World) -> None:
    told = await world.dispatched("anna")
    with pytest.raises(NotFound):
        await world.step(told["assignments"][0]["id"], "bo", Action.ACKNOWLEDGE)
    with pytest.raises(Forbidden):
        await world.step(told["assignments"][0]["id"], "anna", Action.CLEAR)
    with pytest.raises(Forbidden):
        await world.step(told["assignments"][0]["id"], "sue", Action.ACKNOWLEDGE)
    told = await world.step(told["assignments"][0]["id"], "dora", Action.ACKNOWLEDGE)
    assert told["state"] == "handling", "told by radio"


async def test_a_step_out_of_order_is_a_conflict(world: World) -> None:
    told = await world.dispatched("anna")
    with pytest.raises(Conflict, match="offered"):
        await world.step(told["assignments"][0]["id"], "anna", Action.ARRIVE)


async def test_several_handle_it_and_the_last_feedback_counts(world: World) -> None:
    told = await world.handling("anna", "bo")
    told = await world.assignments.feedback(told["id"], world["anna"], None, "my part")
    assert told["state"] == "handling"
    told = await world.assignments.feedback(told["id"], world["bo"], None, "the rest")
    assert (told["state"], told["handled_by"]) == ("feedback", "bo")


async def test_only_who_is_on_it_gives_feedback(world: World) -> None:
    told = await world.handling("anna")
    for name in ("sue", "otto"):
        with pytest.raises((Forbidden, NotFound)):
            await world.assignments.feedback(told["id"], world[name], None, "done")


async def test_a_department_sees_handles_and_answers_for_itself(world: World) -> None:
    told = await world.accepted()
    with pytest.raises(NotFound):
        await world.incidents.find(told["id"], world["otto"])
    offer = Offer(departments=["fire"])
    told = await world.assignments.dispatch(told["id"], world["dora"], None, offer)
    await world.step(told["assignments"][0]["id"], "otto", Action.ACKNOWLEDGE)
    told = await world.assignments.feedback(told["id"], world["otto"], None, "out")
    assert (told["state"], told["assignments"][0]["department"]) == ("feedback", "fire")
    with pytest.raises(Forbidden):
        await world.assignments.verify(told["id"], world["otto"], None, True, "of course")


async def test_the_handler_never_verifies(world: World) -> None:
    told = await world.fed_back("anna")
    with pytest.raises(Forbidden):
        await world.assignments.verify(told["id"], world["anna"], None, True, "fine")
    with pytest.raises(Conflict, match="handled it"):
        await world.send(told["id"], "anna")
    told = await world.send(told["id"], "bo")
    assert told["assignments"][1]["purpose"] == "verify"
    told = await world.assignments.verify(told["id"], world["bo"], None, True, "fine")
    assert (told["state"], told["assignments"][1]["state"]) == ("verified", "cleared")


async def test_who_gave_the_feedback_by_radio_does_not_verify(world: World) -> None:
    told = await world.handling("anna")
    told = await world.assignments.feedback(told["id"], world["dora"], None, "anna says it is done")
    assert told["handled_by"] == "anna"
    with pytest.raises(Forbidden):
        await world.assignments.verify(told["id"], world["dora"], None, True, "fine")
    await world.assignments.verify(told["id"], world["dirk"], None, True, "fine")


async def test_what_failed_goes_back_to_the_handler_who_is_free(world: World) -> None:
    told = await world.fed_back("anna")
    told = await world.assignments.verify(told["id"], world["sue"], None, False, "it wobbles")
    assert (told["state"], told["sent_back"], told["assignments"][0]["state"]) == ("handling", 1, "acknowledged")


async def test_what_failed_goes_to_the_dispatcher_when_the_handler_is_busy(world: World) -> None:
    told = await world.fed_back("anna")
    await world.dispatched("anna")
    told = await world.assignments.verify(told["id"], world["sue"], None, False, "it wobbles")
    assert (told["state"], told["assignments"][0]["state"]) == ("accepted", "handled")
