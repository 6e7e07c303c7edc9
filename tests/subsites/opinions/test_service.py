"""An opinion is filed by anybody, read by a moderator, joined by others once each, and answered for all to read."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from pydantic import ValidationError

from registry.api.problems import Conflict, NotFound
from subsites.opinions import service
from subsites.opinions.service import OpinionService
from subsites.opinions.shapes import OpinionIn
from subsites.record.model import Told
from tests.dispatch.world import World
from tests.subsites.callers import caller

UUID = "0e3bd6d0-6f7a-4c5f-9e39-5f2f9f0b7a55"


@pytest.fixture
def opinions(world: World) -> OpinionService:
    return OpinionService(world.pool, lambda: world.now)


def sent(**fields: Any) -> dict[str, Any]:
    said = {"organisation": "main", "topic": "transport", "title": "A bench", "body": "At the bus stop, please."}
    return OpinionIn.model_validate(said | fields).model_dump()


async def filed(opinions: OpinionService) -> tuple[Told, str]:
    return await opinions.file(sent(), b"", None)


async def read(opinions: OpinionService, topic: str | None = None) -> list[str]:
    return [row["id"] for row in await opinions.public_page(before=0, limit=9, topic=topic)]


async def test_nobody_reads_it_before_a_moderator_has(opinions: OpinionService, world: World) -> None:
    row, code = await filed(opinions)
    assert await read(opinions) == []
    await opinions.publish(row["id"], caller(world, "dora"), 1)
    assert (await read(opinions), await read(opinions, "party")) == ([row["id"]], [])
    await opinions.answer(row["id"], caller(world, "dora"), None, "In spring.")
    told = await opinions.look(code)
    assert (told["state"], told["answer"]) == ("answered", "In spring.")


async def test_what_is_kept_back_its_author_reads_why(opinions: OpinionService, world: World) -> None:
    row, code = await filed(opinions)
    dora = caller(world, "dora")
    await opinions.keep(row["id"], dora, None, "It names a neighbour.")
    assert (await opinions.look(code))["reason"] == "It names a neighbour."
    with pytest.raises(Conflict, match="cannot be: answer"):
        await opinions.answer(row["id"], dora, None, "x")
    await opinions.publish(row["id"], dora, None)
    await opinions.keep(row["id"], dora, None, "Complaint of the neighbour.")
    assert await read(opinions) == []


async def test_each_browser_counts_once(opinions: OpinionService, world: World) -> None:
    row, _ = await filed(opinions)
    with pytest.raises(NotFound):
        await opinions.voice(row["id"], "a" * 32)
    await opinions.publish(row["id"], caller(world, "dora"), None)
    await asyncio.gather(*(opinions.voice(row["id"], letter * 32) for letter in "aabbbc"))
    assert await opinions.voice(row["id"], "a" * 32) == 3


async def test_sent_again_it_is_one(opinions: OpinionService) -> None:
    made = await asyncio.gather(*(opinions.file(sent(), b"x", UUID) for _ in range(4)))
    assert len({(row["id"], code) for row, code in made}) == 1


async def test_a_flood_is_not_taken(opinions: OpinionService, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MOST_WAITING", 2)
    first, _ = await filed(opinions)
    await filed(opinions)
    with pytest.raises(Conflict, match="another day"):
        await filed(opinions)
    await opinions.publish(first["id"], caller(world, "dora"), None)
    await filed(opinions)


@pytest.mark.parametrize(
    "fields", [{"website": "http://buy"}, {"body": "http://a http://b http://c http://d"}, {"title": "a\nb"}]
)
async def test_what_machines_send_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        sent(**fields)


@pytest.mark.parametrize("organisation", ["one", "fire", "nowhere"])
async def test_it_is_for_whom_the_public_may_choose(opinions: OpinionService, organisation: str) -> None:
    with pytest.raises(NotFound):
        await opinions.file(sent(organisation=organisation), b"", None)


async def test_another_district_sees_and_touches_nothing(opinions: OpinionService, world: World) -> None:
    row, _ = await filed(opinions)
    wes = caller(world, "wes")
    filters = {"state": None, "topic": None, "organisation": "east", "open": False, "q": None}
    assert await opinions.page(wes, before=0, limit=9, filters=filters) == []
    assert len(await opinions.page(caller(world, "dora"), before=0, limit=9, filters=filters)) == 1
    for deed in (opinions.find(row["id"], wes), opinions.publish(row["id"], wes, None)):
        with pytest.raises(NotFound):
            await deed
