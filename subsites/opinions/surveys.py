"""Surveys: written as data, opened, answered once by each browser, closed with a conclusion, counted in public."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Conflict, NotFound
from registry.api.route import Caller
from subsites.opinions.model import MOST_ANSWERS, SURVEY_MOVES, SurveyAction, SurveyState, voter_hash
from subsites.opinions.questions import Question, QuestionKind, faults_of
from subsites.opinions.store import SURVEY, OpinionStore, as_json
from subsites.record.desk import at_the_desk
from subsites.record.model import Told, actor_of

__all__ = ["SurveyService"]


class SurveyService:
    """One async function a command. now: aware UTC."""

    def __init__(self, pool: AsyncConnectionPool, now: Callable[[], datetime]) -> None:
        self._pool, self._now = pool, now

    async def page(self, caller: Caller, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """The newest first."""
        async with self._pool.connection() as connection:
            store = OpinionStore(connection)
            return await store.surveys(caller.organisation, before=before, limit=limit, filters=filters)

    async def find(self, survey: str, caller: Caller) -> Told:
        """One with its counts, words and record. Raises NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(SURVEY, survey)
            store = OpinionStore(desk.connection)
            words = await store.words(row["key"], _codes(row, words=True))
            counted = await store.results(row["key"], _codes(row, words=False))
            return row | {"results": counted, "words": words, "log": list(await desk.log_of(SURVEY, row))}

    async def add(self, sent: Mapping[str, Any], caller: Caller, key: str | None) -> Told:
        """A draft. key: its Idempotency-Key. Raises NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            fields = _stored(sent) | {
                "organisation": await desk.organisation(sent["organisation"]), "state": SurveyState.DRAFT,
                "created_at": desk.now,
            }  # fmt: skip
            return await desk.add_once(SURVEY, key, fields)

    async def edit(self, survey: str, caller: Caller, version: int, changes: Mapping[str, Any]) -> Told:
        """Change a draft. Raises Conflict, NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(SURVEY, survey, version=version, lock=True)
            if row["state"] != SurveyState.DRAFT:
                raise Conflict("what people are asked does not change any more: make a new survey")
            return await desk.change(SURVEY, row, "edit", _stored(changes))

    async def open(self, survey: str, caller: Caller, version: int | None) -> Told:
        """Anybody may answer."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(SURVEY, survey, version=version, lock=True)
            return await desk.move(SURVEY, row, SURVEY_MOVES, SurveyAction.OPEN)

    async def close(self, survey: str, caller: Caller, version: int | None, text: str) -> Told:
        """Nobody answers any more; everybody reads the counts and what is made of them."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(SURVEY, survey, version=version, lock=True)
            also = {"conclusion": text, "ended_at": desk.now}
            return await desk.move(SURVEY, row, SURVEY_MOVES, SurveyAction.CLOSE, note=text, **also)

    async def public_page(self) -> list[Told]:
        """What anybody may answer or read."""
        async with self._pool.connection() as connection:
            return await OpinionStore(connection).public_surveys()

    async def public(self, survey: str) -> Told:
        """One; its counts when it is closed. Raises NotFound."""
        async with self._pool.connection() as connection:
            store = OpinionStore(connection)
            row = await _public(store, survey)
            is_closed = row["state"] == SurveyState.CLOSED
            counted = await store.results(row["key"], _codes(row, words=False)) if is_closed else {}
            return row | {"results": counted}

    async def answer(self, survey: str, voter: str, answers: Mapping[str, Any]) -> None:
        """Once a browser; who sends it again is not counted again. Raises BadRequest, Conflict, NotFound."""
        async with self._pool.connection() as connection:
            store = OpinionStore(connection)
            row = await _public(store, survey)
            over = row["closes_at"] is not None and row["closes_at"] <= self._now()
            if row["state"] != SurveyState.OPEN or over or row["answers"] >= MOST_ANSWERS:
                raise Conflict("this survey takes no answers any more")
            if faults := faults_of(_questions(row), answers):
                raise BadRequest("; ".join(faults))
            await store.answer(row["key"], voter_hash(survey, voter), answers, self._now())


async def _public(store: OpinionStore, survey: str) -> Told:
    row = await store.public_survey(survey)
    if row is None:
        raise NotFound("there is no such survey")
    return row


def _questions(row: Told) -> list[Question]:
    return [Question.model_validate(one) for one in row["questions"]]


def _codes(row: Told, *, words: bool) -> Sequence[str]:
    """Of questions that are answered in words, or of those that are counted."""
    return [one.code for one in _questions(row) if (one.kind == QuestionKind.TEXT) == words]


def _stored(sent: Mapping[str, Any]) -> dict[str, Any]:
    """As the columns take it."""
    return {name: as_json(value) if name == "questions" else value for name, value in sent.items()}
