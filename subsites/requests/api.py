"""/requests: the desk that works on what citizens file."""

from __future__ import annotations

from registry.api.route import Call, Route
from subsites.record.routes import READERS, RoomRoutes, listed, revealed
from subsites.record.shapes import TextIn, VersionIn
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
)

__all__ = ["routes"]


class _Handlers:
    def __init__(self, service: RequestService) -> None:
        self._service = service

    async def one(self, call: Call) -> RequestDetail:
        """One of them."""
        row, messages, log = await self._service.find(call.path["id"], call.user)
        return RequestDetail.model_validate(row | {"messages": list(messages), "log": list(log)})

    async def message(self, call: Call) -> RequestOut:
        """Said."""
        body: MessageIn = call.body
        row = await self._service.message(call.path["id"], call.user, body.text, call.idempotency_key)
        return RequestOut.model_validate(row)

    async def forward(self, call: Call) -> RequestOut:
        """Into an incident."""
        body: ForwardIn = call.body
        report = body.model_dump(exclude={"version"})
        return RequestOut.model_validate(await self._service.forward(call.path["id"], call.user, body.version, report))


def routes(service: RequestService) -> list[Route]:
    """The desk's routes."""
    handlers, tag, one = _Handlers(service), "requests", "/requests/{id}"
    room = RoomRoutes("/requests", RequestOut)
    return [
        listed("/requests", service.page, RequestQuery, RequestPage, "Requests, the newest first"),
        Route(method="GET", path=one, handler=handlers.one, tag=tag, summary="One, what was said and what was done",
              answer=RequestDetail, roles=READERS, problems=(404,)),
        room.step("take", service.take, "Take it in hand, also again after it ended", VersionIn),
        room.step("answer", service.answer, "Answer it, which ends it", TextIn),
        room.step("reject", service.reject, "It is none of ours; the citizen reads why", TextIn),
        room.command("message", handlers.message, "Say something to the citizen", MessageIn, idempotent=True),
        room.step("send-on", service.send_on, "Another organisation is responsible", SendOnIn),
        room.command("forward", handlers.forward, "Make an incident of it", ForwardIn),
        room.step("follow-up", service.follow_up, "The citizen was asked how it went", FollowUpIn),
        revealed("/requests", service.reveal),
    ]  # fmt: skip
