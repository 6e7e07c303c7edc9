"""Somebody writes, somebody else approves, the public reads while it lasts; every earlier text stays on record."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from registry.api.problems import BadRequest, Conflict, Forbidden, NotFound
from registry.api.route import Uploaded
from registry.files.service import AttachmentService
from subsites.publications.service import PublicationService
from subsites.publications.shapes import PublicationIn
from subsites.record.model import Told
from tests.dispatch.world import World
from tests.subsites.callers import caller

EVERYTHING: dict[str, Any] = {"section": None, "organisation": None, "q": None}


@pytest.fixture
def publications(world: World, tmp_path: Path) -> PublicationService:
    return PublicationService(world.pool, AttachmentService(world.pool, tmp_path, lambda: world.now), lambda: world.now)


def draft(**fields: Any) -> dict[str, Any]:
    sent = {"organisation": "main", "section": "finance", "title_en": "Budget", "body_en": "# 2026\n\n- roads"}
    return PublicationIn.model_validate(sent | fields).model_dump()


async def approved(publications: PublicationService, world: World) -> Told:
    row = await publications.add(draft(), caller(world, "dora"), None)
    await publications.submit(row["id"], caller(world, "dora"), 1)
    return await publications.approve(row["id"], caller(world, "sue"), 2)


async def read(publications: PublicationService, **filters: Any) -> list[str]:
    return [row["id"] for row in await publications.public_page(skip=0, limit=9, filters=EVERYTHING | filters)]


async def test_the_public_reads_what_somebody_else_approved(publications: PublicationService, world: World) -> None:
    row = await approved(publications, world)
    assert await read(publications) == []
    published = await publications.publish(row["id"], caller(world, "dora"), row["version"], None, None)
    assert (published["state"], published["approver"]) == ("published", "sue")
    assert await read(publications) == [row["id"]]
    assert (await publications.public(row["id"]))["title_en"] == "Budget"


async def test_who_wrote_any_of_it_does_not_approve_it(publications: PublicationService, world: World) -> None:
    row = await publications.add(draft(), caller(world, "dora"), None)
    await publications.edit(row["id"], caller(world, "sue"), 1, {"title_en": "Budget of 2026"})
    await publications.submit(row["id"], caller(world, "dora"), None)
    for writer in ("dora", "sue"):
        with pytest.raises(Forbidden, match="somebody else"):
            await publications.approve(row["id"], caller(world, writer), None)
    assert (await publications.approve(row["id"], caller(world, "dirk"), None))["state"] == "approved"


async def test_it_is_read_from_when_up_to_when(publications: PublicationService, world: World) -> None:
    row = await approved(publications, world)
    begins = world.now + timedelta(hours=1)
    await publications.publish(row["id"], caller(world, "dora"), None, begins, begins + timedelta(hours=1))
    with pytest.raises(NotFound):
        await publications.public(row["id"])
    world.later(hours=1)
    assert await read(publications) == [row["id"]]
    world.later(hours=1)
    assert await read(publications) == []


async def test_a_time_that_is_over_is_none(publications: PublicationService, world: World) -> None:
    row = await approved(publications, world)
    with pytest.raises(BadRequest, match="lie ahead"):
        await publications.publish(row["id"], caller(world, "dora"), None, None, world.now)


async def test_what_is_withdrawn_is_not_read_and_every_text_stays(
    publications: PublicationService, world: World
) -> None:
    row = await approved(publications, world)
    dora = caller(world, "dora")
    await publications.publish(row["id"], dora, None, None, None)
    await publications.withdraw(row["id"], dora, None, "a wrong figure")
    assert await read(publications) == []
    await publications.revise(row["id"], dora, None)
    await publications.edit(row["id"], dora, 6, {"body_en": "- schools"})
    found, _, log = await publications.find(row["id"], dora)
    assert (found["state"], found["approver"]) == ("draft", None)
    assert [entry["action"] for entry in log] == [
        "add", "submit", "approve", "publish", "withdraw", "revise", "edit",
    ]  # fmt: skip
    assert (log[-1]["before"]["body_en"], log[-1]["after"]["body_en"]) == ("# 2026\n\n- roads", "- schools")


async def test_only_a_draft_is_changed(publications: PublicationService, world: World) -> None:
    row = await approved(publications, world)
    with pytest.raises(Conflict, match="revise"):
        await publications.edit(row["id"], caller(world, "dora"), row["version"], {"body_en": "x"})


async def test_it_keeps_one_language_whole(publications: PublicationService, world: World) -> None:
    with pytest.raises(ValidationError, match="one language at least"):
        draft(title_en=None, title_zh="预算")
    row = await publications.add(draft(), caller(world, "dora"), None)
    with pytest.raises(BadRequest, match="one language"):
        await publications.edit(row["id"], caller(world, "dora"), 1, {"title_en": None})


async def test_a_long_text_is_taken_and_a_longer_one_is_not() -> None:
    draft(body_en="x" * 20_000)
    with pytest.raises(ValidationError):
        draft(body_en="x" * 20_001)


async def test_files_are_the_publics_as_the_text_is(publications: PublicationService, world: World) -> None:
    row = await publications.add(draft(), caller(world, "dora"), None)
    pdf = Uploaded(b"%PDF-1.7 figures", "application/pdf")
    added = await publications.attach(row["id"], caller(world, "dora"), pdf, "figures.pdf", None)
    with pytest.raises(NotFound):
        await publications.file(row["id"], added.id, None)
    await publications.submit(row["id"], caller(world, "dora"), None)
    await publications.approve(row["id"], caller(world, "sue"), None)
    await publications.publish(row["id"], caller(world, "dora"), None, None, None)
    found, chunks = await publications.file(row["id"], added.id, None)
    assert (found.name, b"".join([chunk async for chunk in chunks])) == ("figures.pdf", b"%PDF-1.7 figures")


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"organisation": "one"}, 1), ({"organisation": "east"}, 1), ({"organisation": "west"}, 0),
        ({"section": "party"}, 0), ({"q": "ROADS"}, 1), ({"q": "%"}, 0),
    ],
)  # fmt: skip
async def test_the_public_finds_it(
    publications: PublicationService, world: World, filters: dict[str, Any], count: int
) -> None:
    row = await approved(publications, world)
    await publications.publish(row["id"], caller(world, "dora"), None, None, None)
    assert len(await read(publications, **filters)) == count


async def test_another_district_sees_and_touches_nothing(publications: PublicationService, world: World) -> None:
    row = await approved(publications, world)
    wes = caller(world, "wes")
    page = await publications.page(
        wes, before=0, limit=9, filters=EVERYTHING | {"state": None, "open": False, "organisation": "east"}
    )
    assert page == []
    for deed in (publications.find(row["id"], wes), publications.publish(row["id"], wes, None, None, None)):
        with pytest.raises(NotFound):
            await deed
    with pytest.raises(NotFound, match="organisation"):
        await publications.add(draft(), wes, None)
