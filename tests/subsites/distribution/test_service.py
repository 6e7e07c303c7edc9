"""Households of an area get goods and sign once, also when the phone says it twice or many doors are at work."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from registry.api.problems import BadRequest, Conflict, NotFound
from registry.privacy.queries import Vault
from registry.privacy.service import Sealer
from subsites.distribution.service import DistributionService
from subsites.record.model import Told
from subsites.stock.service import StockService
from tests.dispatch.world import World
from tests.subsites.callers import add_household, call_of, caller

STROKES = [[(0, 0), (500, 500)], [(10, 900), (20, 20)]]


@pytest.fixture
def distributions(world: World) -> DistributionService:
    return DistributionService(world.pool, Vault(world.pool, Sealer({1: bytes(32)})), lambda: world.now)


async def opened(world: World, distributions: DistributionService, rice: int = 100, **fields: Any) -> Told:
    """Rice for street main, where three households are: two of anna's grid, one with somebody in need, and one next."""
    stock, dora = StockService(world.pool, lambda: world.now), caller(world, "dora")
    for household, organisation, groups in (("F1", "one", ("low_income",)), ("F2", "one", ()), ("F3", "two", ())):
        await add_household(world, household, organisation, "王小明", *groups)
    store = await stock.add(dora, {"organisation": "east", "name": "Cellar", "address": None}, None)
    delivery = {"kind": "delivery", "commodity": "rice", "quantity": rice, "to": None, "note": None}
    await stock.move(store["id"], dora, delivery, None)
    asked = {
        "organisation": "main", "title": "Winter", "note": None, "store": store["id"], "groups": [],
        "least_people": 1, "goods": [{"commodity": "rice", "quantity": 2}],
    }  # fmt: skip
    return await distributions.open(dora, asked | fields, None)


def signed(world: World, household: str, **fields: Any) -> dict[str, Any]:
    return {
        "household": household, "recipient": "Wang Xiaoming", "signature": STROKES, "signed_at": world.now,
        "latitude": None, "longitude": None,
    } | fields  # fmt: skip


async def rice_left(world: World) -> int:
    async with world.pool.connection() as connection:
        cursor = await connection.execute("SELECT quantity FROM stock")
        row = await cursor.fetchone()
    assert row is not None
    return int(row[0])


async def test_the_list_holds_whom_the_criteria_reach(world: World, distributions: DistributionService) -> None:
    made = await opened(world, distributions, groups=["low_income"])
    rows = await distributions.listed(made["id"], caller(world, "dora"))
    assert [(row["household"], row["head"], row["people"]) for row in rows] == [("F1", "王**", 1)]


async def test_what_criteria_reach_is_said_before(world: World, distributions: DistributionService) -> None:
    await opened(world, distributions)
    asked = {"organisation": "one", "groups": [], "least_people": 1}
    assert await distributions.reach(caller(world, "dora"), asked) == {"households": 2, "people": 2}


async def test_nobody_is_no_distribution(world: World, distributions: DistributionService) -> None:
    with pytest.raises(BadRequest, match="no household"):
        await opened(world, distributions, least_people=9)


async def test_a_member_hands_out_in_his_grid_and_the_stock_goes_down(
    world: World, distributions: DistributionService
) -> None:
    made, anna = await opened(world, distributions), caller(world, "anna")
    (mine,) = await distributions.mine(anna)
    assert [row["household"] for row in mine["listed"]] == ["F1", "F2"]
    await distributions.sign(made["id"], anna, signed(world, "F1"), "k1")
    assert await rice_left(world) == 98
    row, _ = await distributions.find(made["id"], caller(world, "dora"))
    assert (row["households"], row["received"]) == (3, 1)


async def test_a_receipt_sent_twice_is_one(world: World, distributions: DistributionService) -> None:
    made, anna = await opened(world, distributions), caller(world, "anna")
    sent = [distributions.sign(made["id"], anna, signed(world, "F1"), "k1") for _ in range(4)]
    assert len({receipt["id"] for receipt in await asyncio.gather(*sent)}) == 1
    assert await rice_left(world) == 98


async def test_a_household_signs_once_at_whosever_door(world: World, distributions: DistributionService) -> None:
    made = await opened(world, distributions)
    doors = [
        distributions.sign(made["id"], caller(world, name), signed(world, "F1"), f"{name} {turn}")
        for name in ("anna", "bo", "dora")
        for turn in range(3)
    ]
    done = await asyncio.gather(*doors, return_exceptions=True)
    assert [type(one) for one in done].count(dict) == 1
    assert {str(one) for one in done if isinstance(one, BaseException)} == {"this household has signed for it already"}
    assert await rice_left(world) == 98


async def test_where_the_store_is_empty_nothing_is_signed(world: World, distributions: DistributionService) -> None:
    made = await opened(world, distributions, rice=3)
    doors = [distributions.sign(made["id"], caller(world, "dora"), signed(world, one), one) for one in ("F1", "F2")]
    done = await asyncio.gather(*doors, return_exceptions=True)
    assert sum(isinstance(one, Conflict) for one in done) == 1
    assert await rice_left(world) == 1
    assert (await distributions.find(made["id"], caller(world, "dora")))[0]["received"] == 1


async def test_who_does_not_see_the_household_hands_out_nothing(
    world: World, distributions: DistributionService
) -> None:
    made = await opened(world, distributions)
    for name, household in (("anna", "F3"), ("wes", "F1"), ("dan", "F1"), ("dora", "F9")):
        with pytest.raises(NotFound):
            await distributions.sign(made["id"], caller(world, name), signed(world, household), None)
    assert await distributions.mine(caller(world, "wes")) == []
    for deed in (distributions.find, distributions.listed):
        with pytest.raises(NotFound):
            await deed(made["id"], caller(world, "wes"))


async def test_after_the_end_nothing_is_handed_out(world: World, distributions: DistributionService) -> None:
    made, dora = await opened(world, distributions), caller(world, "dora")
    await distributions.close(made["id"], dora, made["version"], "spring")
    with pytest.raises(Conflict, match="closed"):
        await distributions.sign(made["id"], dora, signed(world, "F1"), None)
    assert await distributions.mine(dora) == []


async def test_a_clock_that_runs_ahead_is_said(world: World, distributions: DistributionService) -> None:
    made = await opened(world, distributions)
    late = world.now.replace(year=2030)
    with pytest.raises(BadRequest, match="clock"):
        await distributions.sign(made["id"], caller(world, "dora"), signed(world, "F1", signed_at=late), None)


async def test_a_signature_lies_sealed_and_is_shown_on_record(world: World, distributions: DistributionService) -> None:
    made, dora = await opened(world, distributions), caller(world, "dora")
    receipt = await distributions.sign(made["id"], dora, signed(world, "F1"), None)
    async with world.pool.connection() as connection:
        cursor = await connection.execute(
            "SELECT r::text, (SELECT string_agg(l::text, '') FROM subsite_log l) FROM receipts r"
        )
        stored = str(await cursor.fetchone())
    assert "Wang" not in stored
    assert "500" not in stored
    full = await distributions.reveal(receipt["id"], call_of(dora), "audit")
    assert full == {"recipient": "Wang Xiaoming", "signature": [[[x, y] for x, y in one] for one in STROKES]}
    with pytest.raises(NotFound):
        await distributions.reveal(receipt["id"], call_of(caller(world, "wes")), "audit")
    async with world.pool.connection() as connection:
        cursor = await connection.execute("SELECT name, action, record, purpose FROM access_log")
        assert await cursor.fetchall() == [("dora", "reveal", receipt["id"], "audit")]
