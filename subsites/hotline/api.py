"""/calls: the hotline's desk."""

from __future__ import annotations

from registry.api.paging import after_key
from registry.api.route import Call, Route
from subsites.hotline.service import HotlineService
from subsites.hotline.shapes import (
    AnswerIn,
    CallBackIn,
    CallDetail,
    CallIn,
    CallOut,
    CallPage,
    CallQuery,
    EarlierList,
    IncidentIn,
    LookupIn,
    RequestedOut,
)
from subsites.record.routes import CLERKS, READERS, commands
from subsites.record.shapes import FullOut, PurposeIn, VersionIn, next_of

__all__ = ["routes"]


class _Handlers:
    def __init__(self, service: HotlineService) -> None:
        self._service = service

    async def page(self, call: Call) -> CallPage:
        """Those the caller may see."""
        query: CallQuery = call.query
        before = after_key(query.cursor)
        rows = await self._service.page(call.user, before=before, limit=query.limit, filters=query.filters())
        return CallPage.model_validate({"items": rows, "next": next_of(rows, query.limit)})

    async def one(self, call: Call) -> CallDetail:
        """One of them."""
        row, earlier, log = await self._service.find(call.path["id"], call.user)
        return CallDetail.model_validate(row | {"earlier": list(earlier), "log": list(log)})

    async def lookup(self, call: Call) -> EarlierList:
        """Who calls."""
        body: LookupIn = call.body
        return EarlierList.model_validate({"items": await self._service.lookup(call, body.telephone)})

    async def take(self, call: Call) -> CallOut:
        """A call."""
        body: CallIn = call.body
        return CallOut.model_validate(await self._service.take(call.user, body.model_dump(), call.idempotency_key))

    async def answer(self, call: Call) -> CallOut:
        """Answered."""
        body: AnswerIn = call.body
        return CallOut.model_validate(
            await self._service.answer(call.path["id"], call.user, body.version, body.text)
        )  # fmt: skip

    async def incident(self, call: Call) -> CallOut:
        """Into an incident."""
        body: IncidentIn = call.body
        report = body.model_dump(exclude={"version"})
        return CallOut.model_validate(
            await self._service.to_incident(call.path["id"], call.user, body.version, report)
        )  # fmt: skip

    async def request(self, call: Call) -> RequestedOut:
        """Into a request."""
        body: VersionIn = call.body
        row, code = await self._service.to_request(call.path["id"], call.user, body.version, call.idempotency_key)
        return RequestedOut.model_validate(row | {"code": code})

    async def call_back(self, call: Call) -> CallOut:
        """Called back."""
        body: CallBackIn = call.body
        return CallOut.model_validate(
            await self._service.called_back(call.path["id"], call.user, body.version, body.note, body.score)
        )

    async def reveal(self, call: Call) -> FullOut:
        """In full."""
        body: PurposeIn = call.body
        return FullOut.model_validate(await self._service.reveal(call.path["id"], call, body.purpose))


def routes(service: HotlineService) -> list[Route]:
    """The hotline's routes; those with a fixed name before those with an id in its place."""
    handlers, tag, command = _Handlers(service), "calls", commands("calls", CallOut)
    return [
        Route(method="GET", path="/calls", handler=handlers.page, tag=tag, query=CallQuery, answer=CallPage,
              summary="Calls to the hotline, the newest first", roles=READERS),
        Route(method="POST", path="/calls", handler=handlers.take, tag=tag, body=CallIn, answer=CallOut, status=201,
              summary="Take a call", roles=CLERKS, problems=(404, 409), idempotent=True),
        Route(method="POST", path="/calls/lookup", handler=handlers.lookup, tag=tag, body=LookupIn,
              answer=EarlierList, summary="What came from a number before; the look is on record", roles=CLERKS),
        Route(method="GET", path="/calls/{id}", handler=handlers.one, tag=tag, answer=CallDetail, roles=READERS,
              summary="One, what came from its number besides, and what was done", problems=(404,)),
        command("answer", handlers.answer, "The caller was told", AnswerIn),
        command("incident", handlers.incident, "Make an incident of it", IncidentIn),
        Route(method="POST", path="/calls/{id}/request", handler=handlers.request, tag=tag, body=VersionIn,
              answer=RequestedOut, summary="Make a request of it that the caller follows by a code", roles=CLERKS,
              problems=(404, 409), idempotent=True),
        command("call-back", handlers.call_back, "Somebody called back and asked how it was", CallBackIn),
        Route(method="POST", path="/calls/{id}/reveal", handler=handlers.reveal, tag=tag, body=PurposeIn,
              answer=FullOut, summary="Name and telephone in full; the look is on record", roles=CLERKS,
              problems=(404,)),
    ]  # fmt: skip
