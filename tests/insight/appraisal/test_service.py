from __future__ import annotations

from decimal import Decimal

import pytest

from insight.appraisal.facts import Subject
from registry.api.problems import Forbidden, NotFound
from tests.dispatch.world import World
from tests.insight.appraisal.office import ANNA, caller, late, office_of


async def test_a_score_explains_itself_down_to_its_incidents(world: World) -> None:
    incident = await late(world)
    office = office_of(world)
    await office.counting.round()
    found = await office.scores.explained(caller(world, "anna"), ANNA, None)
    lines = {line["code"]: line for line in found["detail"]["lines"]}
    assert lines["on_time"]["items"] == [
        {"points": "50.00", "incident": incident, "entry": None, "at": "2026-11-24T12:20:00Z", "why": "late"}
    ]
    assert found["total"] == Decimal(20 - 20 + 10)


async def test_a_member_sees_his_own_score_and_the_ranking_of_his_level_in_his_subtree(world: World) -> None:
    await late(world)
    office = office_of(world)
    await office.counting.round()
    _, _, rows = await office.scores.ranking(caller(world, "anna"), "member", None, None)
    assert {row["id"] for row in rows} == {"anna", "bo"}
    with pytest.raises(NotFound):
        await office.scores.explained(caller(world, "anna"), Subject("member", "bo"), None)
    with pytest.raises(Forbidden):
        await office.scores.ranking(caller(world, "anna"), "street", None, None)
    _, _, theirs = await office.scores.ranking(caller(world, "wes"), "member", None, None)
    assert {row["id"] for row in theirs} == {"dan"}


async def test_a_score_tells_its_trend_as_far_as_the_period_asked_for(world: World) -> None:
    await late(world)
    world.later(days=40)
    office = office_of(world)
    await office.counting.round()
    found = await office.scores.explained(caller(world, "anna"), ANNA, None)
    assert [one["period"] for one in found["trend"]] == ["2026-11", "2026-12", "2027-01"]
    assert found["trend"][0]["total"] < found["trend"][1]["total"] == found["total"]
    past = await office.scores.explained(caller(world, "anna"), ANNA, "2026-12")
    assert [one["period"] for one in past["trend"]] == ["2026-11", "2026-12"]


async def test_verification_finds_a_score_that_was_changed_behind_its_back(world: World) -> None:
    await late(world)
    world.later(days=10)
    office = office_of(world)
    await office.counting.round()
    async with world.pool.connection() as connection:
        await connection.execute("UPDATE appraisal_scores SET raw = 99 WHERE period = '2026-11' AND level = 'street'")
    (verdict,) = await office.scores.verify()
    assert not verdict["holds"]
    assert "main" in verdict["faults"][0]
