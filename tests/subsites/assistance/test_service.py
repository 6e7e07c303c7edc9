"""A case goes from the need to the result; its helper sees it whole, others masked, another district not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from registry.api.problems import BadRequest, Conflict, NotFound
from registry.privacy.queries import Vault
from registry.privacy.service import Sealer
from subsites.assistance.service import AssistanceService
from subsites.record.model import Told
from tests.dispatch.world import World
from tests.subsites.callers import add_household, call_of, caller

EVERYTHING = {"state": None, "kind": None, "organisation": None, "open": False, "q": None, "overdue": False}


@pytest.fixture
def assistance(world: World) -> AssistanceService:
    return AssistanceService(world.pool, Vault(world.pool, Sealer({1: bytes(32)})), lambda: world.now)


def needed(**fields: Any) -> dict[str, Any]:
    return {
        "household": "F1", "person": None, "kind": "elderly", "title": "Lives alone", "need": "Shopping, twice a week",
        "helper": "anna", "next_visit_on": date(2026, 11, 25),
        "steps": [{"text": "Find a nurse", "due_on": date(2026, 12, 1)}, {"text": "A handrail", "due_on": None}],
    } | fields  # fmt: skip


async def opened(world: World, assistance: AssistanceService, **fields: Any) -> Told:
    await add_household(world, "F1", "one", "王小明")
    return await assistance.open(caller(world, "dora"), needed(**fields), None)


def visit(world: World, **fields: Any) -> dict[str, Any]:
    said = {"at": world.now, "note": "She is well", "next_visit_on": None, "latitude": 26.005, "longitude": 119.305}
    return said | fields


async def test_it_belongs_to_where_the_household_lives(world: World, assistance: AssistanceService) -> None:
    made = await opened(world, assistance)
    assert (made["organisation"], made["state"], made["name"], made["helper"]) == ("one", "open", "王**", "anna")


async def test_a_person_stands_for_the_household(world: World, assistance: AssistanceService) -> None:
    made = await opened(world, assistance, household=None, person="F1-1")
    assert (made["household"], made["person"]) == ("F1", "F1-1")


async def test_the_way_from_the_need_to_the_result(world: World, assistance: AssistanceService) -> None:
    made, dora, anna = await opened(world, assistance), caller(world, "dora"), caller(world, "anna")
    await assistance.done(made["id"], anna, made["version"], 1)
    await assistance.visit(made["id"], anna, visit(world), "k1")
    plan = {"version": None, "helper": "bo", "next_visit_on": None, "steps": [{"text": "A bath seat", "due_on": None}]}
    await assistance.plan(made["id"], dora, plan)
    await assistance.close(made["id"], dora, None, "helped", "A nurse comes twice a week")
    row, steps, visits, log = await assistance.find(made["id"], dora)
    assert (row["state"], row["result"], row["helper"]) == ("closed", "helped", "bo")
    assert [(one["text"], one["done_by"]) for one in steps] == [("Find a nurse", "anna"), ("A bath seat", None)]
    assert [one["note"] for one in visits] == ["She is well"]
    assert [one["action"] for one in log] == ["add", "step", "visit", "plan", "close"]
    await assistance.reopen(made["id"], dora, None, "She fell ill again")
    assert (await assistance.find(made["id"], dora))[0]["state"] == "in_hand"


async def test_a_visit_sent_twice_is_one(world: World, assistance: AssistanceService) -> None:
    made, anna = await opened(world, assistance), caller(world, "anna")
    for _ in range(2):
        await assistance.visit(made["id"], anna, visit(world), "k1")
    assert len((await assistance.find(made["id"], caller(world, "dora")))[2]) == 1


async def test_nobody_was_there_tomorrow(world: World, assistance: AssistanceService) -> None:
    made = await opened(world, assistance)
    with pytest.raises(BadRequest, match="future"):
        await assistance.visit(made["id"], caller(world, "anna"), visit(world, at=world.now + timedelta(days=1)), None)


async def test_who_was_not_visited_in_time_is_found(world: World, assistance: AssistanceService) -> None:
    made, dora = await opened(world, assistance), caller(world, "dora")

    async def overdue() -> list[str]:
        rows = await assistance.page(dora, before=0, limit=10, filters=EVERYTHING | {"overdue": True})
        return [row["id"] for row in rows]

    assert await overdue() == []
    world.later(days=2)
    assert await overdue() == [made["id"]]
    await assistance.visit(made["id"], caller(world, "anna"), visit(world), None)
    assert await overdue() == []


async def test_a_member_sees_and_does_only_what_he_helps_with(world: World, assistance: AssistanceService) -> None:
    made = await opened(world, assistance)
    ((mine, *_),) = await assistance.mine(caller(world, "anna"))
    assert (mine["id"], mine["name"]) == (made["id"], "王小明")
    assert await assistance.mine(caller(world, "bo")) == []
    with pytest.raises(NotFound, match="you help with"):
        await assistance.visit(made["id"], caller(world, "bo"), visit(world), None)


async def test_who_helps_in_another_grid_than_his_own_sees_the_case_too(
    world: World, assistance: AssistanceService
) -> None:
    made = await opened(world, assistance, helper="cui")
    async with world.pool.connection() as connection:
        cursor = await connection.execute("SELECT key, organisation FROM members WHERE id = 'cui'")
        row = await cursor.fetchone()
    assert row is not None
    helper = replace(caller(world, "anna"), member=row[0], organisation=row[1])
    ((mine, *_),) = await assistance.mine(helper)
    assert mine["id"] == made["id"]
    assert (await assistance.visit(made["id"], helper, visit(world), None))["state"] == "in_hand"


async def test_a_step_is_done_once(world: World, assistance: AssistanceService) -> None:
    made, anna = await opened(world, assistance), caller(world, "anna")
    await assistance.done(made["id"], anna, None, 1)
    with pytest.raises(NotFound, match="no step 1"):
        await assistance.done(made["id"], anna, None, 1)


async def test_what_is_closed_is_not_visited(world: World, assistance: AssistanceService) -> None:
    made = await opened(world, assistance)
    await assistance.close(made["id"], caller(world, "dora"), None, "moved", "To her daughter")
    with pytest.raises(Conflict, match="closed cannot be: visit"):
        await assistance.visit(made["id"], caller(world, "anna"), visit(world), None)


async def test_another_district_sees_and_touches_nothing(world: World, assistance: AssistanceService) -> None:
    made, wes = await opened(world, assistance), caller(world, "wes")
    assert await assistance.page(wes, before=0, limit=10, filters=EVERYTHING) == []
    for deed in (
        assistance.find(made["id"], wes), assistance.close(made["id"], wes, None, "helped", "x"),
        assistance.open(wes, needed(), None), assistance.reveal(made["id"], call_of(wes), "p"),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            await deed
    with pytest.raises(NotFound, match="member"):
        await assistance.open(caller(world, "dora"), needed(helper="dan"), None)


async def test_a_name_in_full_is_on_record(world: World, assistance: AssistanceService) -> None:
    made = await opened(world, assistance)
    assert (await assistance.find(made["id"], caller(world, "dora")))[0]["name"] == "王**"
    full = await assistance.reveal(made["id"], call_of(caller(world, "dora")), "to call her")
    assert full == {"name": "王小明", "telephone": None}
    async with world.pool.connection() as connection:
        cursor = await connection.execute("SELECT name, action, element, record, purpose FROM access_log")
        assert await cursor.fetchall() == [("dora", "reveal", "help_cases", made["id"], "to call her")]
