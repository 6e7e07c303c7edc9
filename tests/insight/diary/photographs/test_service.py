from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from insight.diary.photographs.service import DiaryPhotographs
from registry.api.problems import Forbidden, NotFound
from registry.api.route import Uploaded
from registry.files.service import AttachmentService
from tests.dispatch.world import World
from tests.insight.appraisal.office import caller
from tests.insight.diary.test_service import diary, write


def photographs(world: World, folder: Path) -> DiaryPhotographs:
    return DiaryPhotographs(diary(world), AttachmentService(world.pool, folder, lambda: world.now))


def a_picture() -> Uploaded:
    picture = io.BytesIO()
    Image.new("RGB", (8, 6), "teal").save(picture, "PNG")
    return Uploaded(picture.getvalue(), "image/png")


async def test_a_photograph_is_added_once_by_the_writer_and_read_by_whoever_reads_the_entry(
    world: World, tmp_path: Path
) -> None:
    entry, service = await write(world), photographs(world, tmp_path)
    for _ in range(2):
        added = await service.add(caller(world, "anna"), entry, a_picture(), "door.png", "k")
    assert [one.id for one in await service.of(caller(world, "sue"), entry)] == [added.id]
    assert (await diary(world).find(caller(world, "sue"), entry))["photographs"] == 1
    _, chunks = await service.read(caller(world, "sue"), entry, added.id)
    assert b"".join([chunk async for chunk in chunks]).startswith(b"\x89PNG")


async def test_nobody_else_adds_one_and_who_may_not_read_the_entry_sees_none(world: World, tmp_path: Path) -> None:
    entry, service = await write(world), photographs(world, tmp_path)
    added = await service.add(caller(world, "anna"), entry, a_picture(), "door.png", None)
    with pytest.raises(Forbidden):
        await service.add(caller(world, "sue"), entry, a_picture(), "mine.png", None)
    for stranger in ("wes", "bo"):
        with pytest.raises(NotFound):
            await service.read(caller(world, stranger), entry, added.id)
