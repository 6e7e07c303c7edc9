"""Offers and needs are proposed to each other, brought together once, and end by themselves."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest

from registry.api.problems import BadRequest, Conflict, NotFound
from registry.privacy.queries import Vault
from registry.privacy.service import Sealer
from subsites.matching.service import MatchingService
from subsites.record.model import Told
from tests.dispatch.world import World
from tests.subsites.callers import call_of, caller

EVERYTHING = {"state": None, "kind": None, "side": None, "organisation": None, "open": False, "q": None}


@pytest.fixture
def matching(world: World) -> MatchingService:
    return MatchingService(world.pool, Vault(world.pool, Sealer({1: bytes(32)})), lambda: world.now)


async def listed(world: World, matching: MatchingService, side: str, title: str, **fields: Any) -> Told:
    said = {
        "organisation": "main", "side": side, "category": "work", "title": title, "body": "Full time",
        "latitude": 26.005, "longitude": 119.305, "ends_on": date(2026, 12, 1), "name": "王小明",
        "telephone": "13800138000",
    } | fields  # fmt: skip
    return await matching.add(caller(world, "dora"), said, None)


async def proposed(world: World, matching: MatchingService, one: Told) -> list[str]:
    _, found, _ = await matching.find(one["id"], caller(world, "dora"))
    return [each["listing"]["id"] for each in found]


async def test_only_the_other_side_of_the_same_category_is_proposed(world: World, matching: MatchingService) -> None:
    need = await listed(world, matching, "need", "A cook")
    offer = await listed(world, matching, "offer", "Cook wanted")
    await listed(world, matching, "need", "A cook, too")
    await listed(world, matching, "offer", "A room", category="housing")
    assert await proposed(world, matching, need) == [offer["id"]]
    _, (why,), _ = await matching.find(need["id"], caller(world, "dora"))
    assert (why["words"], why["metres"]) == (["cook", "full", "time"], 0.0)
    assert why["listing"]["telephone"] == "138****8000"


async def test_both_are_brought_together_and_taken_apart_again(world: World, matching: MatchingService) -> None:
    need, offer = await listed(world, matching, "need", "A cook"), await listed(world, matching, "offer", "A cook")
    dora = caller(world, "dora")
    told = await matching.match(need["id"], dora, need["version"], offer["id"], "They met on Monday")
    assert (told["state"], told["partner"]) == ("matched", offer["id"])
    assert (await matching.find(offer["id"], dora))[0]["partner"] == need["id"]
    await matching.reopen(offer["id"], dora, None, "It did not work out")
    assert [(await matching.find(one["id"], dora))[0]["state"] for one in (need, offer)] == ["open", "open"]


async def test_of_two_who_want_the_same_one_gets_it(world: World, matching: MatchingService) -> None:
    offer = await listed(world, matching, "offer", "A cook")
    needs = [await listed(world, matching, "need", "A cook") for _ in range(3)]
    deeds = [matching.match(need["id"], caller(world, "dora"), None, offer["id"], "x") for need in needs]
    done = await asyncio.gather(*deeds, return_exceptions=True)
    assert sum(isinstance(one, Conflict) for one in done) == 2


async def test_two_needs_are_not_brought_together(world: World, matching: MatchingService) -> None:
    one, two = await listed(world, matching, "need", "A cook"), await listed(world, matching, "need", "A cook")
    for other in (one, two):
        with pytest.raises(BadRequest, match="an offer and a need"):
            await matching.match(one["id"], caller(world, "dora"), None, other["id"], "x")


async def test_after_its_last_day_it_is_over_unless_it_is_extended(world: World, matching: MatchingService) -> None:
    need, offer = await listed(world, matching, "need", "A cook"), await listed(world, matching, "offer", "A cook")
    world.later(days=30)
    dora = caller(world, "dora")
    assert (await matching.find(need["id"], dora))[0]["state"] == "expired"
    assert await matching.page(dora, before=0, limit=10, filters=EVERYTHING | {"open": True}) == []
    with pytest.raises(Conflict, match="expired cannot be: match"):
        await matching.match(need["id"], dora, None, offer["id"], "x")
    with pytest.raises(BadRequest, match="a later one"):
        await matching.extend(need["id"], dora, None, date(2026, 12, 2))
    assert (await matching.extend(need["id"], dora, None, date(2027, 2, 1)))["state"] == "open"
    assert await proposed(world, matching, need) == []


async def test_another_district_sees_and_touches_nothing(world: World, matching: MatchingService) -> None:
    need, wes = await listed(world, matching, "need", "A cook"), caller(world, "wes")
    assert await matching.page(wes, before=0, limit=10, filters=EVERYTHING) == []
    for deed in (
        matching.find(need["id"], wes), matching.close(need["id"], wes, None, "x"),
        matching.match(need["id"], wes, None, need["id"], "x"), matching.reveal(need["id"], call_of(wes), "p"),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            await deed
