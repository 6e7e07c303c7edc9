from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from insight.diary.imports import import_diary
from tests.dispatch.world import NOON, World
from tests.insight.appraisal.office import caller
from tests.insight.diary.test_service import diary

LINE: dict[str, Any] = {
    "member": "anna", "text": "The lamp is dark.", "written_at": (NOON - timedelta(hours=1)).isoformat(),
    "visited_at": (NOON - timedelta(hours=2)).isoformat(), "latitude": 26.005, "longitude": 119.305,
}  # fmt: skip
RATED = LINE | {"rating": 4, "word": "to the point", "rated_by": "sue"}


def a_file(folder: Path, *lines: dict[str, Any]) -> Path:
    path = folder / "diary.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


async def test_entries_of_the_past_are_the_members_with_their_ratings(world: World, tmp_path: Path) -> None:
    done = await import_diary(world.pool, a_file(tmp_path, LINE, RATED), now=world.now)
    assert (done.lines, done.refused) == (2, [])
    rows = await diary(world).page(caller(world, "sue"), before=0, limit=10, filters={})
    assert {(row["member"], row["rating"]) for row in rows} == {("anna", 4), ("anna", None)}
    assert await diary(world).draw(caller(world, "sue")) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"member": "nobody"}, {"written_at": (NOON + timedelta(hours=1)).isoformat()},
        {"visited_at": NOON.isoformat()}, {"rating": 4}, {"rating": 6, "word": "w", "rated_by": "sue"},
    ],
)  # fmt: skip
async def test_one_wrong_line_keeps_the_whole_file_out(world: World, tmp_path: Path, wrong: dict[str, Any]) -> None:
    done = await import_diary(world.pool, a_file(tmp_path, LINE, LINE | wrong), now=world.now)
    assert [number for number, _ in done.refused] == [2]
    assert not await diary(world).page(caller(world, "sue"), before=0, limit=10, filters={})
