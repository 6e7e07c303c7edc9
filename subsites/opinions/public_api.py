"""/public/opinions and /public/surveys: what anybody may say, join, answer and read."""

from __future__ import annotations

from registry.api.paging import after_key, page_of
from registry.api.route import Call, Route
from subsites.opinions.service import OpinionService
from subsites.opinions.shapes import (
    AnswersIn,
    OpinionHeld,
    OpinionIn,
    OpinionTaken,
    PublicOpinionPage,
    PublicOpinionQuery,
    PublicSurvey,
    PublicSurveyList,
    VoiceIn,
    VoicesOut,
)
from subsites.opinions.surveys import SurveyService
from subsites.record.shapes import CodeIn
from subsites.visits.service import FILE, LOOK, VOTE, Visits

__all__ = ["routes"]


class _Handlers:
    def __init__(self, opinions: OpinionService, surveys: SurveyService, visits: Visits) -> None:
        self._opinions, self._surveys, self._visits = opinions, surveys, visits

    async def page(self, call: Call) -> PublicOpinionPage:
        """What is published."""
        await self._visits.admit(LOOK, call.address)
        query: PublicOpinionQuery = call.query
        rows = await self._opinions.public_page(before=after_key(query.cursor), limit=query.limit, topic=query.topic)
        return page_of(PublicOpinionPage, rows, query.limit)

    async def file(self, call: Call) -> OpinionTaken:
        """Say something."""
        await self._visits.admit(FILE, call.address)
        body: OpinionIn = call.body
        said = body.model_dump_json().encode()
        row, code = await self._opinions.file(body.model_dump(), said, call.idempotency_key)
        return OpinionTaken.model_validate(row | {"code": code})

    async def look(self, call: Call) -> OpinionHeld:
        """What became of it."""
        await self._visits.admit(LOOK, call.address)
        body: CodeIn = call.body
        row = await self._visits.guarded(call.address, lambda: self._opinions.look(body.code))
        return OpinionHeld.model_validate(row)

    async def voice(self, call: Call) -> VoicesOut:
        """Say the same."""
        await self._visits.admit(VOTE, call.address)
        body: VoiceIn = call.body
        return VoicesOut(voices=await self._opinions.voice(call.path["id"], body.voter))

    async def surveys(self, call: Call) -> PublicSurveyList:
        """What is asked."""
        await self._visits.admit(LOOK, call.address)
        return PublicSurveyList.model_validate({"items": await self._surveys.public_page()})

    async def survey(self, call: Call) -> PublicSurvey:
        """One."""
        await self._visits.admit(LOOK, call.address)
        return PublicSurvey.model_validate(await self._surveys.public(call.path["id"]))

    async def answer(self, call: Call) -> None:
        """Answered."""
        await self._visits.admit(VOTE, call.address)
        body: AnswersIn = call.body
        await self._surveys.answer(call.path["id"], body.voter, body.answers)


def routes(opinions: OpinionService, surveys: SurveyService, visits: Visits) -> list[Route]:
    """The public's routes."""
    handlers, tag = _Handlers(opinions, surveys, visits), "public"
    said, asked = "/public/opinions", "/public/surveys"
    return [
        Route(method="GET", path=said, handler=handlers.page, tag=tag, public=True, query=PublicOpinionQuery,
              summary="Published opinions, the newest first", answer=PublicOpinionPage, problems=(429,)),
        Route(method="POST", path=said, handler=handlers.file, tag=tag, public=True, body=OpinionIn,
              summary="Say what you think", answer=OpinionTaken, status=201, problems=(404, 409, 429), idempotent=True),
        Route(method="POST", path=f"{said}/look", handler=handlers.look, tag=tag, public=True, body=CodeIn,
              summary="What became of an opinion, by its code", answer=OpinionHeld, problems=(404, 429)),
        Route(method="POST", path=f"{said}/{{id}}/voice", handler=handlers.voice, tag=tag, public=True, body=VoiceIn,
              summary="Say the same, counted once a browser", answer=VoicesOut, problems=(404, 429)),
        Route(method="GET", path=asked, handler=handlers.surveys, tag=tag, public=True,
              summary="Open surveys, then closed ones", answer=PublicSurveyList, problems=(429,)),
        Route(method="GET", path=f"{asked}/{{id}}", handler=handlers.survey, tag=tag, public=True,
              summary="A survey; when it is closed, its counts", answer=PublicSurvey, problems=(404, 429)),
        Route(method="POST", path=f"{asked}/{{id}}/answers", handler=handlers.answer, tag=tag, public=True,
              body=AnswersIn, summary="Answer, counted once a browser", status=204, problems=(404, 409, 429)),
    ]  # fmt: skip
