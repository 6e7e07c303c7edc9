"""Raising alerts once, acting on them, and what everybody is told."""

from __future__ import annotations

import asyncio

import pytest

from dispatch.alerts.model import AlertAction, AlertKind, Raising
from dispatch.alerts.service import AlertService
from registry.api.problems import BadRequest, Conflict, NotFound
from tests.dispatch.world import World


@pytest.fixture
def alerts(world: World) -> AlertService:
    return AlertService(world.pool, world.incidents, lambda: world.now)


def sos(world: World, **changes: object) -> Raising:
    fields = {
        "kind": AlertKind.SOS, "subject": "anna", "organisation": world["anna"].organisation,
        "text": "Anna asks for help", "member": world["anna"].member, "latitude": 26.005, "longitude": 119.305,
    } | changes  # fmt: skip
    return Raising(**fields)  # type: ignore[arg-type]  # fields of Raising


async def test_one_subject_has_one_open_alert_however_many_raise_it(world: World, alerts: AlertService) -> None:
    raised = await asyncio.gather(*[alerts.raise_(sos(world)) for _ in range(20)])
    assert len([one for one in raised if one is not None]) == 1
    assert len(await alerts.page(world["dora"], before=0, limit=10, states=None, kind=None)) == 1


async def test_it_is_acknowledged_assigned_and_cleared_and_all_is_on_record(world: World, alerts: AlertService) -> None:
    alert = await alerts.raise_(sos(world))
    assert alert is not None
    for action, state in (
        (AlertAction.ACKNOWLEDGE, "acknowledged"), (AlertAction.ASSIGN, "assigned"), (AlertAction.CLEAR, "cleared"),
    ):  # fmt: skip
        told = await alerts.act(alert, world["dora"], action, "note")
        assert told.state == state
    assert [(one["action"], one["actor"]) for one in await alerts.log(alert, world["dora"])] == [
        ("raise", "gridwarden"), ("acknowledge", "dora"), ("assign", "dora"), ("clear", "dora"),
    ]  # fmt: skip


async def test_who_is_second_is_told_who_was_first(world: World, alerts: AlertService) -> None:
    alert = await alerts.raise_(sos(world))
    assert alert is not None
    answers = await asyncio.gather(
        *[alerts.act(alert, world[name], AlertAction.ACKNOWLEDGE, None) for name in ("dora", "dirk")],
        return_exceptions=True,
    )
    [conflict] = [one for one in answers if isinstance(one, Conflict)]
    assert "dora did that" in str(conflict) or "dirk did that" in str(conflict)


async def test_a_cleared_one_is_raised_again_by_news_and_not_by_what_was_known(
    world: World, alerts: AlertService
) -> None:
    first = await alerts.raise_(sos(world, since=world.now))
    assert first is not None
    before = world.now
    world.later(minutes=1)
    await alerts.act(first, world["dora"], AlertAction.CLEAR, None)
    assert await alerts.raise_(sos(world, since=before)) is None
    world.later(minutes=1)
    assert await alerts.raise_(sos(world, since=world.now)) is not None


async def test_other_districts_see_nothing(world: World, alerts: AlertService) -> None:
    alert = await alerts.raise_(sos(world))
    assert alert is not None
    assert await alerts.page(world["wes"], before=0, limit=10, states=None, kind=None) == []
    with pytest.raises(NotFound):
        await alerts.act(alert, world["wes"], AlertAction.CLEAR, None)


async def test_a_member_raises_and_cancels_his_own(world: World, alerts: AlertService) -> None:
    member = world["anna"].member
    assert member is not None
    helpers = [{"member": "bo", "name": "Bo", "metres": 12}]
    told = await alerts.raise_for_member(member, world["anna"], place=(26.0, 119.3), drill=False, nearest=helpers)
    again = await alerts.raise_for_member(member, world["anna"], place=None, drill=False, nearest=[])
    assert (told.id, told.nearest, told.member) == (again.id, helpers, "anna")
    cancelled = await alerts.cancel("anna", world["anna"], "I fell, it is nothing")
    assert cancelled.state == "cleared"
    assert [one["actor"] for one in await alerts.log(told.id, world["dora"])] == ["anna", "anna"]


async def test_an_incident_is_raised_out_of_it_once(world: World, alerts: AlertService) -> None:
    alert = await alerts.raise_(sos(world, drill=True))
    assert alert is not None
    incident = await alerts.to_incident(alert, world["dora"])
    assert (incident["kind"], incident["priority"], incident["drill"]) == ("E9004", 1, True)
    assert (await alerts.find(alert, world["dora"])).state == "assigned"
    with pytest.raises(Conflict, match=incident["id"]):
        await alerts.to_incident(alert, world["dirk"])


async def test_without_a_place_there_is_no_incident(world: World, alerts: AlertService) -> None:
    alert = await alerts.raise_(sos(world, latitude=None, longitude=None))
    assert alert is not None
    with pytest.raises(BadRequest):
        await alerts.to_incident(alert, world["dora"])


async def test_it_is_told_to_every_level(world: World, alerts: AlertService) -> None:
    await alerts.raise_(sos(world))
    async with world.pool.connection() as connection:
        cursor = await connection.execute("SELECT topic, organisations, body FROM outbox ORDER BY key DESC LIMIT 1")
        row = await cursor.fetchone()
    assert row is not None
    assert (row[0], row[1], row[2]["text"]) == ("alert", [world["anna"].organisation], "Anna asks for help")
