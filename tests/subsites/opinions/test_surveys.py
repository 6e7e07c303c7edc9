"""A survey is written as data, answered once by each browser, closed with a conclusion and counted in public."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from registry.api.problems import BadRequest, Conflict, NotFound
from subsites.opinions.shapes import SurveyIn
from subsites.opinions.surveys import SurveyService
from subsites.record.model import Told
from tests.dispatch.world import World
from tests.subsites.callers import caller

_OPTIONS = [{"code": code, "text_en": code, "text_zh": code} for code in ("lamps", "benches")]
QUESTIONS = [
    {"code": "wish", "kind": "multiple", "text_en": "What?", "text_zh": "什么?", "options": _OPTIONS},
    {"code": "content", "kind": "scale", "text_en": "How content?", "text_zh": "满意?", "required": False},
    {"code": "words", "kind": "text", "text_en": "Else?", "text_zh": "其他?", "required": False},
]


@pytest.fixture
def surveys(world: World) -> SurveyService:
    return SurveyService(world.pool, lambda: world.now)


def sent(**fields: Any) -> dict[str, Any]:
    said = {"organisation": "main", "title_en": "The park", "title_zh": "公园", "questions": QUESTIONS}
    return SurveyIn.model_validate(said | fields).model_dump()


async def opened(surveys: SurveyService, world: World, **fields: Any) -> Told:
    row = await surveys.add(sent(**fields), caller(world, "dora"), None)
    return await surveys.open(row["id"], caller(world, "dora"), 1)


async def test_it_is_counted_once_a_browser_and_public_when_it_is_closed(surveys: SurveyService, world: World) -> None:
    row, dora = await opened(surveys, world), caller(world, "dora")
    await asyncio.gather(
        surveys.answer(row["id"], "a" * 32, {"wish": ["lamps", "benches"], "content": 4, "words": "A pond"}),
        surveys.answer(row["id"], "b" * 32, {"wish": ["lamps"], "content": 4}),
    )
    await surveys.answer(row["id"], "b" * 32, {"wish": ["benches"]})
    assert (await surveys.public(row["id"]))["results"] == {}
    found = await surveys.find(row["id"], dora)
    counted = {"wish": {"lamps": 2, "benches": 1}, "content": {"4": 2}}
    assert (found["answers"], found["results"], found["words"]) == (2, counted, {"words": ["A pond"]})
    await surveys.close(row["id"], dora, None, "Lamps it is.")
    told = await surveys.public(row["id"])
    assert (told["results"], told["conclusion"]) == (counted, "Lamps it is.")
    assert "words" not in told
    with pytest.raises(Conflict, match="no answers any more"):
        await surveys.answer(row["id"], "c" * 32, {"wish": ["lamps"]})


async def test_answers_that_do_not_fit_are_told_apart(surveys: SurveyService, world: World) -> None:
    row = await opened(surveys, world)
    with pytest.raises(BadRequest, match="wish: choose some of the options; content: choose a number"):
        await surveys.answer(row["id"], "a" * 32, {"wish": ["pond"], "content": 9})


async def test_a_draft_is_nobodys_and_an_open_one_does_not_change(surveys: SurveyService, world: World) -> None:
    dora = caller(world, "dora")
    row = await surveys.add(sent(), dora, None)
    with pytest.raises(NotFound):
        await surveys.public(row["id"])
    changed = await surveys.edit(row["id"], dora, 1, {"questions": QUESTIONS[:1]})
    assert len(changed["questions"]) == 1
    await surveys.open(row["id"], dora, None)
    with pytest.raises(Conflict, match="make a new survey"):
        await surveys.edit(row["id"], dora, 3, {"title_en": "x"})


async def test_it_ends_by_itself(surveys: SurveyService, world: World) -> None:
    row = await opened(surveys, world, closes_at=world.now + timedelta(hours=1))
    world.later(hours=1)
    with pytest.raises(Conflict, match="no answers any more"):
        await surveys.answer(row["id"], "a" * 32, {"wish": ["lamps"]})


async def test_codes_are_questions_own() -> None:
    with pytest.raises(ValidationError, match="code of its own"):
        sent(questions=QUESTIONS[:1] * 2)


async def test_another_district_neither_sees_nor_opens_it(surveys: SurveyService, world: World) -> None:
    row = await surveys.add(sent(), caller(world, "dora"), None)
    wes = caller(world, "wes")
    for deed in (surveys.find(row["id"], wes), surveys.open(row["id"], wes, None), surveys.add(sent(), wes, None)):
        with pytest.raises(NotFound):
            await deed
