"""/opinions and /surveys: the desk that reads, publishes, answers and asks."""

from __future__ import annotations

from registry.api.paging import after_key
from registry.api.route import Call, Route
from subsites.opinions.service import OpinionService
from subsites.opinions.shapes import (
    AnswerIn,
    ConclusionIn,
    KeepIn,
    OpinionDetail,
    OpinionOut,
    OpinionPage,
    OpinionQuery,
    SurveyDetail,
    SurveyIn,
    SurveyOut,
    SurveyPage,
    SurveyPatch,
    SurveyQuery,
)
from subsites.opinions.surveys import SurveyService
from subsites.record.routes import READERS, commands
from subsites.record.shapes import VersionIn, next_of

__all__ = ["routes"]


class _Opinions:
    def __init__(self, service: OpinionService) -> None:
        self._service = service

    async def page(self, call: Call) -> OpinionPage:
        """Those the caller may see."""
        query: OpinionQuery = call.query
        before = after_key(query.cursor)
        rows = await self._service.page(call.user, before=before, limit=query.limit, filters=query.filters())
        return OpinionPage.model_validate({"items": rows, "next": next_of(rows, query.limit)})

    async def one(self, call: Call) -> OpinionDetail:
        """One of them."""
        row, log = await self._service.find(call.path["id"], call.user)
        return OpinionDetail.model_validate(row | {"log": list(log)})

    async def publish(self, call: Call) -> OpinionOut:
        """Published."""
        return OpinionOut.model_validate(
            await self._service.publish(call.path["id"], call.user, call.body.version)
        )  # fmt: skip

    async def keep(self, call: Call) -> OpinionOut:
        """Kept back."""
        body: KeepIn = call.body
        return OpinionOut.model_validate(
            await self._service.keep(call.path["id"], call.user, body.version, body.reason)
        )  # fmt: skip

    async def answer(self, call: Call) -> OpinionOut:
        """Answered."""
        body: AnswerIn = call.body
        return OpinionOut.model_validate(
            await self._service.answer(call.path["id"], call.user, body.version, body.text)
        )  # fmt: skip


class _Surveys:
    def __init__(self, service: SurveyService) -> None:
        self._service = service

    async def page(self, call: Call) -> SurveyPage:
        """Those the caller may see."""
        query: SurveyQuery = call.query
        before = after_key(query.cursor)
        rows = await self._service.page(call.user, before=before, limit=query.limit, filters=query.filters())
        return SurveyPage.model_validate({"items": rows, "next": next_of(rows, query.limit)})

    async def one(self, call: Call) -> SurveyDetail:
        """One, counted."""
        return SurveyDetail.model_validate(await self._service.find(call.path["id"], call.user))

    async def add(self, call: Call) -> SurveyOut:
        """A draft."""
        body: SurveyIn = call.body
        return SurveyOut.model_validate(await self._service.add(body.model_dump(), call.user, call.idempotency_key))

    async def edit(self, call: Call) -> SurveyOut:
        """Changed."""
        body: SurveyPatch = call.body
        changes = body.model_dump(include=body.model_fields_set - {"version"})
        return SurveyOut.model_validate(
            await self._service.edit(call.path["id"], call.user, body.version, changes)
        )  # fmt: skip

    async def open(self, call: Call) -> SurveyOut:
        """Open."""
        return SurveyOut.model_validate(await self._service.open(call.path["id"], call.user, call.body.version))

    async def close(self, call: Call) -> SurveyOut:
        """Closed."""
        body: ConclusionIn = call.body
        return SurveyOut.model_validate(
            await self._service.close(call.path["id"], call.user, body.version, body.text)
        )  # fmt: skip


def routes(opinions: OpinionService, surveys: SurveyService) -> list[Route]:
    """The desk's routes."""
    said, asked = _Opinions(opinions), _Surveys(surveys)
    opinion, survey = commands("opinions", OpinionOut), commands("surveys", SurveyOut)
    return [
        Route(method="GET", path="/opinions", handler=said.page, tag="opinions", query=OpinionQuery,
              summary="Opinions of the public, the newest first", answer=OpinionPage, roles=READERS),
        Route(method="GET", path="/opinions/{id}", handler=said.one, tag="opinions", summary="One and its record",
              answer=OpinionDetail, roles=READERS, problems=(404,)),
        opinion("publish", said.publish, "Anybody may read it", VersionIn),
        opinion("keep", said.keep, "It is not published; its author reads why", KeepIn),
        opinion("answer", said.answer, "Answer it for everybody to read", AnswerIn),
        Route(method="GET", path="/surveys", handler=asked.page, tag="surveys", query=SurveyQuery,
              summary="Surveys, the newest first", answer=SurveyPage, roles=READERS),
        Route(method="POST", path="/surveys", handler=asked.add, tag="surveys", body=SurveyIn, answer=SurveyOut,
              summary="Write a survey", status=201, roles=READERS, problems=(404, 409), idempotent=True),
        Route(method="GET", path="/surveys/{id}", handler=asked.one, tag="surveys", answer=SurveyDetail,
              summary="One, counted, with answers in words", roles=READERS, problems=(404,)),
        Route(method="PATCH", path="/surveys/{id}", handler=asked.edit, tag="surveys", body=SurveyPatch,
              answer=SurveyOut, summary="Change a draft", roles=READERS, problems=(404, 409)),
        survey("open", asked.open, "Anybody may answer", VersionIn),
        survey("close", asked.close, "Nobody answers any more; the counts and a conclusion are public", ConclusionIn),
    ]  # fmt: skip
