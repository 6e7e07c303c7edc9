"""The past against what was true when it was the present: asked again later, it is the same."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from dispatch.incidents.actor import Actor
from dispatch.incidents.model import Action
from dispatch.past.api import routes
from dispatch.past.service import PastService
from registry.api.problems import BadRequest
from registry.api.route import Caller, Role
from tests.dispatch.alerts.house import Handhelds
from tests.dispatch.world import NOON, World
from tests.tracker.history.city import answer, route_of


def _caller(actor: Actor) -> Caller:
    assert actor.user is not None
    assert actor.organisation is not None
    return Caller(
        user=actor.user, name=actor.name, role=actor.role or Role.OBSERVER, organisation=actor.organisation,
        organisation_id="?", member=actor.member,
    )  # fmt: skip


async def asked(world: World, what: str, at: datetime, until: datetime | None = None, by: str = "dora") -> Any:
    route = route_of(routes(PastService(world.pool)), f"/replay/{what}")
    query = {"at": at.isoformat()} | ({} if until is None else {"until": until.isoformat()})
    return (await answer(route, query, caller=_caller(world[by])))["items"]


async def present(world: World) -> dict[str, tuple[str, int, str, str]]:
    """Open incidents as they are now."""
    filters = {"states": None, "kind": None, "organisation": None, "priority": None, "since": None, "open": True}
    page = await world.incidents.page(world["dora"], before=0, limit=100, filters=filters)
    return {one["id"]: (str(one["state"]), one["priority"], one["kind"], one["organisation"]) for one in page}


async def past(world: World, at: datetime) -> dict[str, tuple[str, int, str, str]]:
    found = await asked(world, "incidents", at)
    last = {one["id"]: one["steps"][-1] for one in found}
    assert all(len(one["steps"]) == 1 for one in found)
    return {name: (one["state"], one["priority"], one["kind"], one["organisation"]) for name, one in last.items()}


async def test_every_past_instant_is_as_it_was_when_it_was_now(world: World) -> None:
    seen = {}

    async def a_minute_later() -> None:
        seen[world.now] = await present(world)
        world.later(minutes=1)

    await a_minute_later()
    first = await world.report()
    await a_minute_later()
    await world.incidents.accept(first["id"], world["dora"], None, priority=1)
    await a_minute_later()
    second = await world.report()
    await world.incidents.escalate(second["id"], world["dora"], None, "needs a crane")
    await a_minute_later()
    await world.incidents.reject(first["id"], world["dora"], None, "nothing there")
    await a_minute_later()
    await world.incidents.reopen(first["id"], world["dora"], None, "there is")
    await a_minute_later()
    await world.incidents.merge(second["id"], world["dora"], None, first["id"])
    await a_minute_later()
    assert len(seen) == 7
    assert seen == {at: await past(world, at) for at in seen}
    assert len({str(one) for one in seen.values()}) == 7, "each minute is another picture"


async def test_the_steps_of_a_span_follow_how_things_stood_at_its_start(world: World) -> None:
    told = await world.accepted()
    world.later(minutes=1)
    await world.send(told["id"], "anna")
    world.later(minutes=1)
    await world.report()
    (new, old) = await asked(world, "incidents", NOON + timedelta(seconds=30), world.now)
    assert [(one["action"], one["state"]) for one in old["steps"]] == [
        ("accept", "accepted"),
        ("dispatch", "dispatched"),
    ]
    assert [(one["action"], one["at"]) for one in new["steps"]] == [("report", "2026-11-24T12:02:00Z")]
    assert old["steps"][0]["kind_zh"] == "井盖"


async def test_who_was_sent_stands_there_as_long_as_the_assignment_did(world: World) -> None:
    told = await world.accepted()
    world.later(minutes=1)
    (sent,) = (await world.send(told["id"], "anna"))["assignments"]
    world.later(minutes=1)
    await world.assignments.step(sent["id"], world["dora"], Action.CLEAR, reason="called back")
    world.later(minutes=1)
    (before,) = await asked(world, "incidents", NOON)
    assert before["assignments"] == []
    (meanwhile,) = await asked(world, "incidents", NOON + timedelta(seconds=90))
    (one,) = meanwhile["assignments"]
    assert (one["member"], one["offered_at"], one["ended_at"]) == (
        "anna", "2026-11-24T12:01:00Z", "2026-11-24T12:02:00Z",
    )  # fmt: skip
    (after,) = await asked(world, "incidents", world.now)
    assert after["assignments"] == []


async def test_nobody_sees_another_districts_past(world: World) -> None:
    await world.report()
    assert await asked(world, "incidents", world.now, by="wes") == []
    assert len(await asked(world, "incidents", world.now)) == 1


async def test_an_alert_stands_in_the_past_as_its_log_says(world: World, handhelds: Handhelds) -> None:
    await handhelds.give("anna")
    raised = await handhelds.alerts.drill("anna", world["dora"])
    world.later(minutes=1)
    await handhelds.alerts.acknowledge(raised["id"], world["dora"], None)
    world.later(minutes=1)
    await handhelds.alerts.clear(raised["id"], world["dora"], "done")
    world.later(minutes=1)
    (first,) = await asked(world, "alerts", NOON)
    assert (first["id"], first["drill"], first["member"]) == (raised["id"], True, "anna")
    assert [one["state"] for one in first["steps"]] == ["raised"]
    (whole,) = await asked(world, "alerts", NOON, world.now)
    assert [one["state"] for one in whole["steps"]] == ["raised", "acknowledged", "cleared"]
    assert await asked(world, "alerts", world.now) == []
    assert await asked(world, "alerts", NOON - timedelta(seconds=1)) == []
    assert await asked(world, "alerts", NOON, by="wes") == []


@pytest.mark.parametrize("until", [NOON - timedelta(seconds=1), NOON + timedelta(days=8)])
async def test_a_span_is_neither_backwards_nor_longer_than_a_week(world: World, until: datetime) -> None:
    with pytest.raises(BadRequest, match="seven days"):
        await asked(world, "incidents", NOON, until)


async def test_a_moment_has_an_offset_and_lies_in_our_calendar(world: World) -> None:
    for at in (NOON.replace(tzinfo=None), NOON.replace(year=1)):
        with pytest.raises(ValidationError):
            await asked(world, "alerts", at)
