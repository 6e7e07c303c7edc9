"""/requests: the desk that works on what citizens file."""

from __future__ import annotations

from registry.api.paging import after_key
from registry.api.route import Call, Route
from subsites.record.model import Told
from subsites.record.routes import CLERKS, READERS, commands
from subsites.record.shapes import FullOut, PurposeIn, VersionIn, next_of
from subsites.requests.service import RequestService
from subsites.requests.shapes import (
    FollowUpIn,
    ForwardIn,
    MessageIn,
    RequestDetail,
    RequestOut,
    RequestPage,
    RequestQuery,
    SendOnIn,
    TextIn,
)

__all__ = ["routes"]


class _Handlers:
    def __init__(self, service: RequestService) -> None:
        self._service = service

    async def page(self, call: Call) -> RequestPage:
        """Those the caller may see."""
        query: RequestQuery = call.query
        before = after_key(query.cursor)
        rows = await self._service.page(call.user, before=before, limit=query.limit, filters=query.filters())
        return RequestPage(items=[self._out(row) for row in rows], next=next_of(rows, query.limit))

    async def one(self, call: Call) -> RequestDetail:
        """One of them."""
        row, messages, log = await self._service.find(call.path["id"], call.user)
        return RequestDetail.model_validate(
            row | self._service.masked(row) | {"messages": list(messages), "log": list(log)}
        )

    async def take(self, call: Call) -> RequestOut:
        """In hand."""
        body: VersionIn = call.body
        return self._out(await self._service.take(call.path["id"], call.user, body.version))

    async def answer(self, call: Call) -> RequestOut:
        """Answered."""
        body: TextIn = call.body
        return self._out(await self._service.answer(call.path["id"], call.user, body.version, body.text))

    async def reject(self, call: Call) -> RequestOut:
        """Rejected."""
        body: TextIn = call.body
        return self._out(await self._service.reject(call.path["id"], call.user, body.version, body.text))

    async def message(self, call: Call) -> RequestOut:
        """Said."""
        body: MessageIn = call.body
        return self._out(await self._service.message(call.path["id"], call.user, body.text, call.idempotency_key))

    async def send_on(self, call: Call) -> RequestOut:
        """To another organisation."""
        body: SendOnIn = call.body
        return self._out(
            await self._service.send_on(call.path["id"], call.user, body.version, body.organisation, body.note)
        )

    async def forward(self, call: Call) -> RequestOut:
        """Into an incident."""
        body: ForwardIn = call.body
        report = body.model_dump(exclude={"version"})
        return self._out(await self._service.forward(call.path["id"], call.user, body.version, report))

    async def follow_up(self, call: Call) -> RequestOut:
        """Asked afterwards."""
        body: FollowUpIn = call.body
        return self._out(await self._service.follow_up(call.path["id"], call.user, body.version, body.note, body.score))

    async def reveal(self, call: Call) -> FullOut:
        """In full."""
        body: PurposeIn = call.body
        full = await self._service.reveal(call.path["id"], call.user, body.purpose, call.address)
        return FullOut.model_validate(full)

    def _out(self, row: Told) -> RequestOut:
        return RequestOut.model_validate(row | self._service.masked(row))


def routes(service: RequestService) -> list[Route]:
    """The desk's routes."""
    handlers, tag, one = _Handlers(service), "requests", "/requests/{id}"
    command = commands("requests", RequestOut)
    return [
        Route(method="GET", path="/requests", handler=handlers.page, tag=tag, summary="Requests, the newest first",
              query=RequestQuery, answer=RequestPage, roles=READERS),
        Route(method="GET", path=one, handler=handlers.one, tag=tag, summary="One, what was said and what was done",
              answer=RequestDetail, roles=READERS, problems=(404,)),
        command("take", handlers.take, "Take it in hand, also again after it ended", VersionIn),
        command("answer", handlers.answer, "Answer it, which ends it", TextIn),
        command("reject", handlers.reject, "It is none of ours; the citizen reads why", TextIn),
        command("message", handlers.message, "Say something to the citizen", MessageIn, idempotent=True),
        command("send-on", handlers.send_on, "Another organisation is responsible", SendOnIn),
        command("forward", handlers.forward, "Make an incident of it", ForwardIn),
        command("follow-up", handlers.follow_up, "The citizen was asked how it went", FollowUpIn),
        Route(method="POST", path=f"{one}/reveal", handler=handlers.reveal, tag=tag, body=PurposeIn, answer=FullOut,
              summary="Name and telephone in full; the look is on record", roles=CLERKS, problems=(404,)),
    ]  # fmt: skip
