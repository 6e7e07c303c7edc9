"""/evaluations: what the public found good and bad, and what was done about it."""

from __future__ import annotations

from registry.api.paging import after_key
from registry.api.route import Call, Route
from subsites.evaluations.service import EvaluationService
from subsites.evaluations.shapes import (
    EvaluationOut,
    EvaluationPage,
    EvaluationQuery,
    RatedOut,
    RateIn,
    ResultList,
    ResultQuery,
)
from subsites.record.routes import READERS, commands
from subsites.record.shapes import NoteIn, next_of
from subsites.visits.service import FILE, Visits

__all__ = ["routes"]


class _Handlers:
    def __init__(self, service: EvaluationService, visits: Visits) -> None:
        self._service, self._visits = service, visits

    async def rate(self, call: Call) -> RatedOut:
        """By the holder of a ticket's code."""
        await self._visits.admit(FILE, call.address)
        body: RateIn = call.body
        row = await self._visits.guarded(call.address, lambda: self._service.rate_ticket(body.code, body.said()))
        return RatedOut(of=row["id"], score=body.score)

    async def page(self, call: Call) -> EvaluationPage:
        """Those the caller may see."""
        query: EvaluationQuery = call.query
        before = after_key(query.cursor)
        rows = await self._service.page(call.user, before=before, limit=query.limit, filters=query.filters())
        return EvaluationPage.model_validate({"items": rows, "next": next_of(rows, query.limit)})

    async def results(self, call: Call) -> ResultList:
        """Counted."""
        query: ResultQuery = call.query
        whole, items = await self._service.results(
            call.user, query.by, organisation=query.organisation, begins=query.begins, ends=query.ends
        )
        return ResultList.model_validate({"whole": whole, "items": items})

    async def follow_up(self, call: Call) -> EvaluationOut:
        """Looked into."""
        body: NoteIn = call.body
        row = await self._service.follow_up(call.path["id"], call.user, body.version, body.note)
        return EvaluationOut.model_validate(row)


def routes(service: EvaluationService, visits: Visits) -> list[Route]:
    """The desk's, and the public's."""
    handlers, tag, command = _Handlers(service, visits), "evaluations", commands("evaluations", EvaluationOut)
    return [
        Route(method="GET", path="/evaluations", handler=handlers.page, tag=tag, query=EvaluationQuery,
              summary="Evaluations, the newest first", answer=EvaluationPage, roles=READERS),
        Route(method="GET", path="/evaluations/results", handler=handlers.results, tag=tag, query=ResultQuery,
              summary="Counted by organisation, window, service or day", answer=ResultList, roles=READERS),
        command("follow-up", handlers.follow_up, "What was done about a low one", NoteIn),
        Route(method="POST", path="/public/tickets/rate", handler=handlers.rate, tag="public", public=True,
              summary="Say how it was, once, after the ticket was served", body=RateIn, answer=RatedOut,
              problems=(404, 409, 429)),
    ]  # fmt: skip
