from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from registry.api.problems import Conflict, Forbidden
from registry.api.route import Role
from tests.dispatch.world import World
from tests.insight.appraisal.office import ANNA, caller, late, office_of


async def object_(
    world: World, by: str = "anna", *, period: str | None = None, key: str | None = None, **also: Any
) -> str:
    objected = {"rule": None, "incident": None, "reason": "the road was shut"} | also
    made = await office_of(world).objections.object(caller(world, "anna"), ANNA, period, objected, key)
    return str(made["id"])


async def test_an_objection_is_decided_by_somebody_else_and_corrects_the_score_on_record(world: World) -> None:
    incident = await late(world)
    office = office_of(world)
    await office.counting.round()
    made = await object_(world, rule="on_time", incident=incident)
    before = (await office.scores.explained(caller(world, "sue"), ANNA, None))["total"]
    with pytest.raises(Forbidden):
        await office.objections.decide(
            caller(world, "anna", role=Role.SUPERVISOR),
            made,
            version=1,
            accepts=True,
            points=Decimal(5),
            answer="a",
        )
    decided = await office.objections.decide(
        caller(world, "sue"), made, version=1, accepts=True, points=Decimal("7.5"), answer="the road was shut"
    )
    assert (decided["state"], decided["points"]) == ("accepted", Decimal("7.50"))
    after = await office.scores.explained(caller(world, "sue"), ANNA, None)
    assert after["total"] - before == Decimal("7.5")
    assert after["corrections"][0]["made_by"] == "sue"
    with pytest.raises(Conflict):
        await office.objections.decide(
            caller(world, "sue"), made, version=1, accepts=False, points=Decimal(0), answer="no"
        )
    world.later(days=10)
    await office.counting.round()
    assert all(one["holds"] for one in await office.scores.verify())


async def test_an_objection_comes_in_time_or_not_at_all_and_is_made_once(world: World) -> None:
    await late(world)
    world.later(days=10)
    office = office_of(world)
    await office.counting.round()
    first = await object_(world, period="2026-11", key="k")
    assert await object_(world, period="2026-11", key="k") == first
    world.later(days=8)
    with pytest.raises(Conflict):
        await object_(world, period="2026-11")
