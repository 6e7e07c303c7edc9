"""Goods come, go and are counted; there is never less than nothing, whoever books at the same time."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from psycopg.errors import InsufficientPrivilege

from registry.api.problems import BadRequest, Conflict, Forbidden, NotFound
from subsites.record.model import Told
from subsites.stock.service import StockService
from tests.dispatch.world import World
from tests.subsites.callers import caller


@pytest.fixture
def stock(world: World) -> StockService:
    return StockService(world.pool, lambda: world.now)


def moved(kind: str, quantity: int, commodity: str = "rice", **fields: Any) -> dict[str, Any]:
    return {"kind": kind, "commodity": commodity, "quantity": quantity, "to": None, "note": None} | fields


async def a_store(world: World, stock: StockService, organisation: str = "main", rice: int = 0) -> str:
    made = await stock.add(caller(world, "dora"), _draft(organisation), None)
    if rice:
        await stock.move(made["id"], caller(world, "dora"), moved("delivery", rice), None)
    return str(made["id"])


def _draft(organisation: str) -> dict[str, Any]:
    return {"organisation": organisation, "name": "Cellar", "address": None}


async def held(world: World, stock: StockService) -> dict[str, Any]:
    rows = await stock.page(
        caller(world, "dora"), before=0, limit=10, filters={"organisation": None, "open": False, "q": None}
    )
    return {row["id"]: {one["commodity"]: one["quantity"] for one in row["stock"]} for row in rows}


async def test_what_comes_is_there_and_what_goes_is_not(world: World, stock: StockService) -> None:
    store = await a_store(world, stock, rice=10)
    told = await stock.move(store, caller(world, "dora"), moved("correction", -3, note="torn bags"), None)
    assert told["stock"] == [{"commodity": "rice", "quantity": 7}]


async def test_a_delivery_sent_twice_comes_once(world: World, stock: StockService) -> None:
    store = await a_store(world, stock)
    for _ in range(2):
        await stock.move(store, caller(world, "dora"), moved("delivery", 5), "truck 1")
    assert (await held(world, stock))[store] == {"rice": 5}


async def test_of_many_who_take_at_once_only_so_many_get_something(world: World, stock: StockService) -> None:
    store = await a_store(world, stock, rice=10)
    takes = [stock.move(store, caller(world, "dora"), moved("correction", -3, note="x"), None) for _ in range(8)]
    done = await asyncio.gather(*takes, return_exceptions=True)
    assert sum(isinstance(one, Conflict) for one in done) == 5
    assert (await held(world, stock))[store] == {"rice": 1}


async def test_two_stores_that_give_each_other_at_once_both_end_up_with_all(world: World, stock: StockService) -> None:
    one, two = await a_store(world, stock, rice=20), await a_store(world, stock, rice=20)
    dora = caller(world, "dora")
    gifts = [
        stock.move(here, dora, moved("transfer", 1, to=there), None) for here, there in [(one, two), (two, one)] * 5
    ]
    await asyncio.gather(*gifts)
    assert await held(world, stock) == {one: {"rice": 20}, two: {"rice": 20}}


async def test_a_transfer_of_more_than_there_is_changes_neither(world: World, stock: StockService) -> None:
    one, two = await a_store(world, stock, rice=2), await a_store(world, stock)
    with pytest.raises(Conflict, match="less than 3 of rice"):
        await stock.move(one, caller(world, "dora"), moved("transfer", 3, to=two), None)
    assert await held(world, stock) == {one: {"rice": 2}, two: {}}


async def test_a_store_gives_nothing_to_itself(world: World, stock: StockService) -> None:
    store = await a_store(world, stock, rice=2)
    with pytest.raises(BadRequest, match="a different one"):
        await stock.move(store, caller(world, "dora"), moved("transfer", 1, to=store), None)


async def test_what_is_no_commodity_is_refused(world: World, stock: StockService) -> None:
    store = await a_store(world, stock)
    with pytest.raises(NotFound, match="gold"):
        await stock.move(store, caller(world, "dora"), moved("delivery", 1, "gold"), None)


async def test_the_report_says_what_came_and_went_since(world: World, stock: StockService) -> None:
    store = await a_store(world, stock, rice=10)
    world.later(days=40)
    await stock.move(store, caller(world, "dora"), moved("delivery", 4), None)
    await stock.move(store, caller(world, "dora"), moved("correction", -1, note="mice"), None)
    _, rows = await stock.report(caller(world, "dora"), None, 30)
    figures = ("opening", "delivered", "issued", "moved", "corrected", "quantity")
    assert [[row[name] for name in figures] for row in rows] == [[10, 4, 0, 0, -1, 13]]


async def test_the_ledger_stays(world: World, stock: StockService) -> None:
    await a_store(world, stock, rice=1)
    async with world.pool.connection() as connection:
        with pytest.raises(InsufficientPrivilege):
            await connection.execute("UPDATE stock_ledger SET change = 100")
        await connection.rollback()


async def test_another_district_sees_and_touches_nothing(world: World, stock: StockService) -> None:
    store, wes = await a_store(world, stock, rice=1), caller(world, "wes")
    with pytest.raises(NotFound):
        await stock.move(store, wes, moved("delivery", 1), None)
    with pytest.raises(NotFound):
        await stock.add(wes, _draft("main"), None)
    assert await stock.ledger(wes, before=0, limit=10, store=store, commodity=None) == []
    assert (await stock.report(wes, "main", 30))[1] == []


async def test_commodities_are_the_citys(world: World, stock: StockService) -> None:
    salt: Told = {
        "code": "salt",
        "name_en": "Salt",
        "name_zh": "盐",
        "unit_en": "bags",
        "unit_zh": "袋",
        "retired": False,
    }
    with pytest.raises(Forbidden):
        await stock.put_commodity(caller(world, "dora"), salt)
