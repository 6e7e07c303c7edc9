"""/opinions and /surveys: the desk that reads, publishes, answers and asks."""

from __future__ import annotations

from registry.api.route import Call, Route
from subsites.opinions.service import OpinionService
from subsites.opinions.shapes import (
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
from subsites.record.routes import READERS, RoomRoutes, listed
from subsites.record.shapes import ReasonIn, TextIn, VersionIn

__all__ = ["routes"]


class _Opinions:
    def __init__(self, service: OpinionService) -> None:
        self._service = service

    async def one(self, call: Call) -> OpinionDetail:
        """One of them."""
        row, log = await self._service.find(call.path["id"], call.user)
        return OpinionDetail.model_validate(row | {"log": list(log)})


class _Surveys:
    def __init__(self, service: SurveyService) -> None:
        self._service = service

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


def routes(opinions: OpinionService, surveys: SurveyService) -> list[Route]:
    """The desk's routes."""
    said, asked = _Opinions(opinions), _Surveys(surveys)
    opinion, survey = RoomRoutes("/opinions", OpinionOut), RoomRoutes("/surveys", SurveyOut)
    return [
        listed("/opinions", opinions.page, OpinionQuery, OpinionPage, "Opinions of the public, the newest first"),
        Route(method="GET", path="/opinions/{id}", handler=said.one, tag="opinions", summary="One and its record",
              answer=OpinionDetail, roles=READERS, problems=(404,)),
        opinion.step("publish", opinions.publish, "Anybody may read it", VersionIn),
        opinion.step("keep", opinions.keep, "It is not published; its author reads why", ReasonIn),
        opinion.step("answer", opinions.answer, "Answer it for everybody to read", TextIn),
        listed("/surveys", surveys.page, SurveyQuery, SurveyPage, "Surveys, the newest first"),
        Route(method="POST", path="/surveys", handler=asked.add, tag="surveys", body=SurveyIn, answer=SurveyOut,
              summary="Write a survey", status=201, roles=READERS, problems=(404, 409), idempotent=True),
        Route(method="GET", path="/surveys/{id}", handler=asked.one, tag="surveys", answer=SurveyDetail,
              summary="One, counted, with answers in words", roles=READERS, problems=(404,)),
        Route(method="PATCH", path="/surveys/{id}", handler=asked.edit, tag="surveys", body=SurveyPatch,
              answer=SurveyOut, summary="Change a draft", roles=READERS, problems=(404, 409)),
        survey.step("open", surveys.open, "Anybody may answer", VersionIn),
        survey.step("close", surveys.close, "Nobody answers any more; the counts and a conclusion are public", TextIn),
    ]  # fmt: skip
