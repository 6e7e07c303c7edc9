"""/evaluations: what the public found good and bad, and what was done about it."""

from __future__ import annotations

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
from subsites.record.routes import READERS, RoomRoutes, listed
from subsites.record.shapes import NoteIn
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

    async def results(self, call: Call) -> ResultList:
        """Counted."""
        query: ResultQuery = call.query
        whole, items = await self._service.results(
            call.user, query.by, organisation=query.organisation, begins=query.begins, ends=query.ends
        )
        return ResultList.model_validate({"whole": whole, "items": items})


def routes(service: EvaluationService, visits: Visits) -> list[Route]:
    """The desk's, and the public's."""
    handlers, room = _Handlers(service, visits), RoomRoutes("/evaluations", EvaluationOut)
    return [
        listed("/evaluations", service.page, EvaluationQuery, EvaluationPage, "Evaluations, the newest first"),
        Route(method="GET", path="/evaluations/results", handler=handlers.results, tag="evaluations", query=ResultQuery,
              summary="Counted by organisation, window, service or day", answer=ResultList, roles=READERS),
        room.step("follow-up", service.follow_up, "What was done about a low one", NoteIn),
        Route(method="POST", path="/public/tickets/rate", handler=handlers.rate, tag="public", public=True,
              summary="Say how it was, once, after the ticket was served", body=RateIn, answer=RatedOut,
              problems=(404, 409, 429)),
    ]  # fmt: skip
