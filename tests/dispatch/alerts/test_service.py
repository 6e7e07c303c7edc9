"""Raising, acknowledging, assigning and clearing; who is told; who may."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import psycopg
import pytest

from dispatch.alerts.model import OPEN, Action
from registry.api.problems import BadRequest, Conflict, Forbidden, NotFound
from tests.dispatch.alerts.house import PLACE, Handhelds

FAR = (26.02, 119.32)


async def test_a_cry_for_help_reaches_every_level_and_the_nearest_on_duty(handhelds: Handhelds) -> None:
    keys = await handhelds.give("anna", "bo", "cui", "dan")
    for member, at in (("anna", PLACE), ("bo", FAR), ("cui", (26.006, 119.305)), ("dan", PLACE)):
        handhelds.fix(keys[member], at=at)
    told = await handhelds.alerts.call_for_help(handhelds.world["anna"], PLACE)
    assert (told["kind"], told["state"], told["member"], told["drill"]) == ("sos", "raised", "anna", False)
    assert [one["member"] for one in told["nearest"]] == ["cui", "bo"], "dan belongs to another district"
    [(organisations, members, body)] = await handhelds.told()
    assert organisations == await handhelds.key_of("one", "main", "east")
    assert members == sorted(handhelds.members[one] for one in ("anna", "bo", "cui"))
    assert (body["id"], body["state"], body["name"]) == (told["id"], "raised", "Anna")


async def test_who_calls_twice_has_one_alert(handhelds: Handhelds) -> None:
    anna = handhelds.world["anna"]
    calls = await asyncio.gather(*(handhelds.alerts.call_for_help(anna, None) for _ in range(10)))
    assert len({told["id"] for told in calls}) == 1
    assert len(await handhelds.told()) == 1
    assert calls[0]["latitude"] is None, "nobody knows where anna is"


async def test_without_a_place_the_last_one_seen_is_taken(handhelds: Handhelds) -> None:
    keys = await handhelds.give("anna")
    handhelds.fix(keys["anna"], at=FAR)
    told = await handhelds.alerts.call_for_help(handhelds.world["anna"], None)
    assert (told["latitude"], told["longitude"]) == FAR


async def test_the_way_of_an_alert_is_on_record(handhelds: Handhelds) -> None:
    world, alerts = handhelds.world, handhelds.alerts
    alert = (await alerts.call_for_help(world["anna"], PLACE))["id"]
    await alerts.acknowledge(alert, world["dora"], "calling her")
    world.later(seconds=30)
    told = await alerts.assign(alert, world["dora"], None, ["cui"])
    assert (told["assigned"], told["assigned_by"]) == (["cui"], "dora")
    told = await alerts.clear(alert, world["dirk"], "she fell, she is well")
    assert (told["state"], told["acknowledged_by"], told["cleared_by"]) == ("cleared", "dora", "dirk")
    _, log = await alerts.find(alert, world["sue"])
    assert [(one["action"], one["actor"], one["note"]) for one in log] == [
        ("raise", "anna", None), ("acknowledge", "dora", "calling her"), ("assign", "dora", None),
        ("clear", "dirk", "she fell, she is well"),
    ]  # fmt: skip
    assert [body["state"] for _, _, body in await handhelds.told()] == [
        "raised", "acknowledged", "assigned", "cleared",
    ]  # fmt: skip


async def test_of_many_who_acknowledge_one_is_first_and_the_others_are_told_who(handhelds: Handhelds) -> None:
    world, alerts = handhelds.world, handhelds.alerts
    alert = (await alerts.call_for_help(world["anna"], PLACE))["id"]
    names = ("dora", "dirk", "sue")
    answers = await asyncio.gather(
        *(alerts.acknowledge(alert, world[name], None) for name in names), return_exceptions=True
    )
    [first] = [told["acknowledged_by"] for told in answers if isinstance(told, dict)]
    conflicts = [one for one in answers if isinstance(one, Conflict)]
    assert len(conflicts) == 2
    for conflict in conflicts:
        assert conflict.detail.startswith(f"{first} acknowledged it at 12:00:00 UTC")
        assert [(one["action"], one["actor"]) for one in conflict.errors] == [("acknowledge", first)]


async def test_a_member_takes_the_cry_back_and_it_stays_on_record(handhelds: Handhelds) -> None:
    alerts, anna = handhelds.alerts, handhelds.world["anna"]
    alert = (await alerts.call_for_help(anna, PLACE))["id"]
    assert (await alerts.own(anna))["id"] == alert
    assert (await alerts.cancel(anna, "by mistake"))["cleared_by"] == "anna"
    assert await handhelds.log(alert) == [Action.RAISE, Action.CANCEL]
    with pytest.raises(NotFound):
        await alerts.cancel(anna, None)
    assert (await alerts.call_for_help(anna, PLACE))["id"] != alert


async def test_a_cry_whose_answer_was_lost_is_raised_once_even_after_it_was_cleared(handhelds: Handhelds) -> None:
    alerts, world = handhelds.alerts, handhelds.world
    first = await alerts.call_for_help(world["anna"], PLACE, idempotency_key="k-1")
    await alerts.clear(first["id"], world["dora"], None)
    again = await alerts.call_for_help(world["anna"], PLACE, idempotency_key="k-1")
    assert (again["id"], again["state"]) == (first["id"], "cleared")
    assert (await alerts.call_for_help(world["anna"], PLACE, idempotency_key="k-2"))["id"] != first["id"]


async def test_a_drill_is_marked_and_hides_no_real_cry(handhelds: Handhelds) -> None:
    world, alerts = handhelds.world, handhelds.alerts
    drill = await alerts.drill("anna", world["dora"])
    assert (drill["drill"], drill["source"]) == (True, "drill")
    real = await alerts.call_for_help(world["anna"], PLACE)
    assert real["drill"] is False
    assert real["id"] != drill["id"]
    assert (await alerts.drill("anna", world["dora"]))["id"] == drill["id"]
    with pytest.raises(NotFound):
        await alerts.drill("dan", world["dora"])
    assert [body["drill"] for _, _, body in await handhelds.told()] == [True, False]


async def test_another_district_sees_and_does_nothing(handhelds: Handhelds) -> None:
    world, alerts = handhelds.world, handhelds.alerts
    alert = (await alerts.call_for_help(world["anna"], PLACE))["id"]
    wes = world["wes"]
    for attempt in (
        alerts.find(alert, wes), alerts.acknowledge(alert, wes, None), alerts.assign(alert, wes, None),
        alerts.clear(alert, wes, None), alerts.make_incident(alert, wes, {}),
        alerts.assign(alert, world["dora"], None, ["dan"]),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            await attempt
    everything = dict.fromkeys(("states", "kind", "organisation", "member", "drill"))
    assert await alerts.page(wes, before=0, limit=10, filters=everything) == []
    assert await alerts.page(wes, before=0, limit=10, filters=everything | {"organisation": "one"}) == []
    assert await handhelds.log(alert) == [Action.RAISE]


async def test_a_user_without_a_handheld_cannot_call(handhelds: Handhelds) -> None:
    with pytest.raises(Forbidden):
        await handhelds.alerts.call_for_help(replace(handhelds.world["anna"], member=None), PLACE)


async def test_alerts_are_found_by_what_they_are(handhelds: Handhelds) -> None:
    world, alerts = handhelds.world, handhelds.alerts
    first = (await alerts.call_for_help(world["anna"], PLACE))["id"]
    await alerts.clear(first, world["dora"], None)
    second = (await alerts.call_for_help(world["bo"], PLACE))["id"]
    for filters, expected in (
        ({"states": OPEN}, [second]), ({"states": ["cleared"]}, [first]),
        ({"kind": "sos"}, [first, second]), ({"kind": "silence"}, []), ({"member": "bo"}, [second]),
        ({"organisation": "two"}, []), ({"organisation": "main"}, [first, second]), ({"drill": True}, []),
    ):  # fmt: skip
        assert [one["id"] for one in await handhelds.all(**filters)] == expected, filters


async def test_an_alert_becomes_one_incident(handhelds: Handhelds) -> None:
    world, alerts = handhelds.world, handhelds.alerts
    alert = (await alerts.call_for_help(world["anna"], PLACE))["id"]
    incident = await alerts.make_incident(alert, world["dora"], {"description": "cries behind the school"})
    assert (incident["kind"], incident["priority"], incident["source"]) == ("E9004", 1, "member")
    assert incident["organisation"] == "one"
    told, _ = await alerts.find(alert, world["dora"])
    assert (told["incident"], told["state"], told["assigned_by"]) == (incident["id"], "assigned", "dora")
    with pytest.raises(Conflict, match=incident["id"]):
        await alerts.make_incident(alert, world["dirk"], {})
    assert await handhelds.log(alert) == [Action.RAISE, Action.INCIDENT]


async def test_an_incident_of_a_drill_is_a_drill(handhelds: Handhelds) -> None:
    drill = await handhelds.alerts.drill("anna", handhelds.world["dora"])
    with pytest.raises(BadRequest, match="no place"):
        await handhelds.alerts.make_incident(drill["id"], handhelds.world["dora"], {})
    place = {"latitude": PLACE[0], "longitude": PLACE[1]}
    assert (await handhelds.alerts.make_incident(drill["id"], handhelds.world["dora"], place))["drill"] is True


async def test_the_log_is_never_changed(handhelds: Handhelds) -> None:
    await handhelds.alerts.call_for_help(handhelds.world["anna"], PLACE)
    for statement in ("UPDATE alert_log SET actor = 'eve'", "DELETE FROM alert_log", "TRUNCATE alert_log"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            async with handhelds.world.pool.connection() as connection:
                await connection.execute(statement.encode())
