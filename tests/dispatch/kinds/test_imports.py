"""The catalogue goes out as a file and comes in again; what is wrong is told by row, and then nothing is stored."""

from __future__ import annotations

import re
from pathlib import Path

from psycopg_pool import AsyncConnectionPool

from dispatch.kinds.imports import CATALOGUE
from dispatch.kinds.model import Category
from dispatch.kinds.service import KindService
from registry.imports.exports import export_csv
from registry.imports.service import Report, import_file

HEAD = "id,category,class,name_en,name_zh,department,priority,skills,accept_s,arrive_s,handle_s,verify_s,retired\n"
DOG = "X0101,event,animals,stray dog,流浪犬,police,2,dogs first-aid,60,600,7200,3600,\n"


async def imported(pool: AsyncConnectionPool, folder: Path, text: str) -> Report:
    path = folder / "kinds.csv"
    path.write_text(text, encoding="utf-8")
    return await import_file(pool, CATALOGUE, path)


async def test_a_catalogue_that_goes_out_comes_in_as_it_was(pool: AsyncConnectionPool, tmp_path: Path) -> None:
    before = await KindService(pool).all(None, retired=True)
    text = "".join([chunk async for chunk in export_csv(pool, CATALOGUE)])
    report = await imported(pool, tmp_path, text)
    assert (report.rows, report.refused, report.ignored, report.stored) == (len(before), [], set(), True)
    assert await KindService(pool).all(None, retired=True) == before


async def test_kinds_are_added_and_changed_and_columns_left_out_stay(pool: AsyncConnectionPool, tmp_path: Path) -> None:
    assert (await imported(pool, tmp_path, HEAD + DOG)).refused == []
    dog = await KindService(pool).find("X0101")
    assert (dog.class_, dog.department, dog.priority, dog.skills, dog.retired) == (
        "animals", "police", 2, ["dogs", "first-aid"], False,
    )  # fmt: skip
    assert await KindService(pool).all(Category.EVENT, "animals", retired=False) == [dog]
    text = (
        "id,category,class,name_en,name_zh,department,accept_s,arrive_s,handle_s,verify_s\n"
        "X0101,event,animals,stray dog,流浪犬,,90,600,7200,3600\n"
    )
    assert (await imported(pool, tmp_path, text)).refused == []
    dog = await KindService(pool).find("X0101")
    assert (dog.department, dog.accept_s, dog.priority, dog.skills) == (None, 90, 2, ["dogs", "first-aid"])


async def test_a_row_that_is_wrong_is_told_and_nothing_is_stored(pool: AsyncConnectionPool, tmp_path: Path) -> None:
    wrong = [
        DOG.replace("X0101", "x 1"), DOG.replace("event", "animal"), DOG.replace("stray dog", ""),
        DOG.replace(",2,", ",5,"), DOG.replace("7200", "0"),
    ]  # fmt: skip
    report = await imported(pool, tmp_path, HEAD + DOG + "".join(wrong))
    assert [number for number, _ in report.refused] == [3, 4, 5, 6, 7]
    assert re.match(r"id: .*", report.refused[0][1])
    assert report.refused[2][1] == "name_en must be filled"
    assert not report.stored
    assert "X0101" not in {kind.code for kind in await KindService(pool).all(None, retired=True)}
