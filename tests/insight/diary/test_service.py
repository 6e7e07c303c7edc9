from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from insight.diary.service import DiaryService
from registry.api.problems import BadRequest, Conflict, Forbidden, NotFound
from registry.api.route import Caller
from tests.dispatch.world import KIND, World
from tests.insight.appraisal.office import caller


def diary(world: World) -> DiaryService:
    async def report(who: Caller, fields: Mapping[str, Any], key: str) -> str:
        told = await world.incidents.report(fields, world[who.name], idempotency_key=key)
        return str(told["id"])

    return DiaryService(world.pool, lambda: world.now, report, random.Random(7))


async def write(world: World, by: str = "anna", *, key: str | None = None, **also: Any) -> str:
    entry = {
        "text": "She needs a new lamp.", "visited_at": world.now - timedelta(hours=1), "latitude": 26.005,
        "longitude": 119.305, "place": "House 4", "met": None,
    }  # fmt: skip
    visited = also.pop("visited", {})
    return str((await diary(world).write(caller(world, by), entry | also, visited, key))["id"])


async def test_an_entry_sent_twice_is_written_once(world: World) -> None:
    assert await write(world, key="k") == await write(world, key="k")


async def test_who_reads_an_entry_is_decided_by_the_writers_organisation(world: World) -> None:
    entry = await write(world)
    assert (await diary(world).find(caller(world, "sue"), entry))["author"] == "anna"
    for stranger in ("wes", "bo", "dan"):
        with pytest.raises(NotFound):
            await diary(world).find(caller(world, stranger), entry)


async def test_a_visit_to_what_one_may_not_see_is_refused(world: World) -> None:
    with pytest.raises(BadRequest):
        await write(world, visited={"people": ["nobody"]})
    with pytest.raises(BadRequest):
        await write(world, visited_at=world.now + timedelta(hours=1))


async def test_chance_draws_so_many_of_each_member_and_no_more_when_asked_again(world: World) -> None:
    for _ in range(10):
        await write(world)
    await write(world, "bo")
    service, sue = diary(world), caller(world, "sue")
    assert await service.draw(sue) == 4
    assert await service.draw(sue) == 0
    rows = await service.page(sue, before=0, limit=100, filters={"rated": False})
    assert sorted(row["member"] for row in rows) == ["anna", "anna", "anna", "bo"]


async def test_only_what_was_drawn_is_rated_once_and_never_by_the_writer(world: World) -> None:
    for _ in range(4):
        await write(world)
    service, sue = diary(world), caller(world, "sue")
    await service.draw(sue)
    rows = await service.page(sue, before=0, limit=100, filters={})
    left_out = next(row["id"] for row in rows if row["drawn_at"] is None)
    drawn = next(row["id"] for row in rows if row["drawn_at"] is not None)
    with pytest.raises(Conflict):
        await service.rate(sue, left_out, 5, "good")
    with pytest.raises(Forbidden):
        await service.rate(caller(world, "anna"), drawn, 5, "good")
    assert (await service.rate(sue, drawn, 4, "to the point"))["rating"] == 4
    with pytest.raises(Conflict):
        await service.rate(sue, drawn, 1, "no")


async def test_who_is_in_no_registry_is_met_in_words(world: World) -> None:
    entry = await write(world, met="the cook of the canteen")
    assert (await diary(world).find(caller(world, "sue"), entry))["met"] == "the cook of the canteen"


async def test_an_entry_becomes_one_incident(world: World) -> None:
    entry = await write(world)
    service, anna = diary(world), caller(world, "anna")
    first = await service.follow_up(anna, entry, KIND, None)
    again = await service.follow_up(anna, entry, KIND, None)
    assert first["incident"] == again["incident"] is not None
    told = await world.incidents.find(first["incident"], world["anna"])
    assert told["description"] == "She needs a new lamp."
