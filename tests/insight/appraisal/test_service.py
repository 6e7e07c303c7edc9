from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from insight.appraisal.facts import Subject
from insight.appraisal.rules import PRESET
from insight.appraisal.service import AppraisalService
from registry.api.problems import Conflict, Forbidden, NotFound
from registry.api.route import Caller, Role
from tests.dispatch.world import World


def service_of(world: World) -> AppraisalService:
    return AppraisalService(world.pool, lambda: world.now)


def caller(world: World, name: str, **also: Any) -> Caller:
    actor = world[name]
    assert actor.user is not None
    assert actor.role is not None
    assert actor.organisation is not None
    fields: dict[str, Any] = {
        "user": actor.user, "name": name, "role": actor.role, "organisation": actor.organisation,
        "organisation_id": "", "member": actor.member,
    }  # fmt: skip
    return Caller(**(fields | also))


def root(world: World) -> Caller:
    return Caller(
        user=world["dora"].user or 0, name="root", role=Role.ADMINISTRATOR, organisation=1, organisation_id="city"
    )


async def late(world: World) -> str:
    """An incident of anna's whose limit runs out."""
    told = await world.handling("anna")
    world.later(minutes=30)
    return str(told["id"])


async def object_(world: World, by: str = "anna", **also: Any) -> dict[str, Any]:
    fields = {
        "level": "member", "subject": "anna", "period": None, "rule": None, "incident": None,
        "reason": "the road was shut", "idempotency_key": None,
    }  # fmt: skip
    return await service_of(world).object(caller(world, by), **(fields | also))


async def test_a_score_explains_itself_down_to_its_incidents(world: World) -> None:
    incident = await late(world)
    service = service_of(world)
    await service.round()
    found = await service.explained(caller(world, "anna"), Subject("member", "anna"), None)
    lines = {line["code"]: line for line in found["detail"]["lines"]}
    assert lines["on_time"]["items"] == [
        {"points": "50.00", "incident": incident, "entry": None, "at": "2026-11-24T12:20:00Z", "why": "late"}
    ]
    assert found["total"] == Decimal(20 - 20 + 10)


async def test_a_member_sees_his_own_score_and_the_ranking_of_his_level_in_his_subtree(world: World) -> None:
    await late(world)
    service = service_of(world)
    await service.round()
    _, _, rows = await service.ranking(caller(world, "anna"), "member", None, None)
    assert {row["id"] for row in rows} == {"anna", "bo"}
    with pytest.raises(NotFound):
        await service.explained(caller(world, "anna"), Subject("member", "bo"), None)
    with pytest.raises(Forbidden):
        await service.ranking(caller(world, "anna"), "street", None, None)
    _, _, theirs = await service.ranking(caller(world, "wes"), "member", None, None)
    assert {row["id"] for row in theirs} == {"dan"}


async def test_a_period_is_frozen_once_when_it_is_over_and_chained_to_the_one_before(world: World) -> None:
    await late(world)
    service = service_of(world)
    assert await service.round() == 0
    world.later(days=70)
    assert await service.round() == 3
    assert await service.round() == 0
    running, *frozen = await service.periods()
    assert (running["period"], running["sha256"]) == ("2027-02", None)
    assert [one["period"] for one in frozen] == ["2027-01", "2026-12", "2026-11"]
    assert frozen[0]["previous"] == frozen[1]["sha256"]
    assert all(one["holds"] for one in await service.verify())


async def test_verification_finds_a_score_that_was_changed_behind_its_back(world: World) -> None:
    await late(world)
    world.later(days=10)
    service = service_of(world)
    await service.round()
    async with world.pool.connection() as connection:
        await connection.execute("UPDATE appraisal_scores SET raw = 99 WHERE period = '2026-11' AND level = 'street'")
    (verdict,) = await service.verify()
    assert not verdict["holds"]
    assert "main" in verdict["faults"][0]


async def test_rules_change_from_the_next_period_on(world: World) -> None:
    service = service_of(world)
    harder = PRESET.model_copy(update={"name": "harder", "urgent": 3})
    with pytest.raises(Forbidden):
        await service.change_rules(caller(world, "dora"), harder, "n", 0)
    assert await service.change_rules(root(world), harder, "n", 0) == 1
    assert (await service.rules())[0].number == 0
    with pytest.raises(Conflict):
        await service.change_rules(root(world), harder, "n", 0)
    world.later(days=10)
    assert (await service.rules())[0].rules.name == "harder"


async def test_an_objection_is_decided_by_somebody_else_and_corrects_the_score_on_record(world: World) -> None:
    incident = await late(world)
    service = service_of(world)
    await service.round()
    made = await object_(world, rule="on_time", incident=incident)
    before = (await service.explained(caller(world, "sue"), Subject("member", "anna"), None))["total"]
    with pytest.raises(Forbidden):
        await service.decide(
            caller(world, "anna", role=Role.SUPERVISOR),
            made["id"],
            version=1,
            accepts=True,
            points=Decimal(5),
            answer="a",
        )
    decided = await service.decide(
        caller(world, "sue"), made["id"], version=1, accepts=True, points=Decimal("7.5"), answer="the road was shut"
    )
    assert (decided["state"], decided["points"]) == ("accepted", Decimal("7.50"))
    after = await service.explained(caller(world, "sue"), Subject("member", "anna"), None)
    assert after["total"] - before == Decimal("7.5")
    assert after["corrections"][0]["made_by"] == "sue"
    with pytest.raises(Conflict):
        await service.decide(caller(world, "sue"), made["id"], version=1, accepts=False, points=Decimal(0), answer="no")
    world.later(days=10)
    await service.round()
    assert all(one["holds"] for one in await service.verify())


async def test_an_objection_comes_in_time_or_not_at_all_and_is_made_once(world: World) -> None:
    await late(world)
    world.later(days=10)
    service = service_of(world)
    await service.round()
    first = await object_(world, period="2026-11", idempotency_key="k")
    assert (await object_(world, period="2026-11", idempotency_key="k"))["id"] == first["id"]
    world.later(days=8)
    with pytest.raises(Conflict):
        await object_(world, period="2026-11")


async def test_feedback_from_far_away_is_proposed_and_a_person_decides(world: World) -> None:
    told = await world.handling("anna")
    await world.assignments.feedback(told["id"], world["anna"], None, "done", place=(26.02, 119.305))
    service = service_of(world)
    world.later(seconds=1)
    await service.round()
    (found,) = await service.falsifications(caller(world, "sue"), before=0, limit=10, state=None)
    assert (found["sign"], found["state"]) == ("far_feedback", "proposed")
    assert not await service.falsifications(caller(world, "wes"), before=0, limit=10, state=None)
    await service.judge(caller(world, "sue"), found["id"], confirms=True, reason="he was at home")
    world.now += timedelta(seconds=1)
    await service.round()
    score = await service.explained(caller(world, "sue"), Subject("member", "anna"), None)
    line = next(one for one in score["detail"]["lines"] if one["code"] == "falsification")
    assert line["points"] == "-1"


async def test_a_change_of_rules_is_tried_on_the_last_period(world: World) -> None:
    await late(world)
    world.later(days=10)
    service = service_of(world)
    await service.round()
    measures = tuple(one for one in PRESET.levels["grid"].measures if one.code != "on_time")
    levels = PRESET.levels | {"grid": PRESET.levels["grid"].model_copy(update={"measures": measures, "few": 0})}
    period, rows = await service.preview(root(world), PRESET.model_copy(update={"levels": levels}))
    assert period == "2026-11"
    one = next(row for row in rows if row["id"] == "two")
    assert (one["before"], one["after"]) == (80, 30)
