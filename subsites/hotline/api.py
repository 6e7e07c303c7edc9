"""/calls: the hotline's desk."""

from __future__ import annotations

from registry.api.route import Call, Route
from subsites.hotline.service import HotlineService
from subsites.hotline.shapes import (
    CallBackIn,
    CallDetail,
    CallIn,
    CallOut,
    CallPage,
    CallQuery,
    EarlierList,
    LookupIn,
    RequestedOut,
)
from subsites.record.routes import CLERKS, READERS, RoomRoutes, listed, revealed
from subsites.record.shapes import TextIn, VersionIn
from subsites.requests.shapes import ForwardIn

__all__ = ["routes"]


class _Handlers:
    def __init__(self, service: HotlineService) -> None:
        self._service = service

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

    async def incident(self, call: Call) -> CallOut:
        """Into an incident."""
        body: ForwardIn = call.body
        report = body.model_dump(exclude={"version"})
        return CallOut.model_validate(
            await self._service.to_incident(call.path["id"], call.user, body.version, report)
        )  # fmt: skip

    async def request(self, call: Call) -> RequestedOut:
        """Into a request."""
        body: VersionIn = call.body
        row, code = await self._service.to_request(call.path["id"], call.user, body.version, call.idempotency_key)
        return RequestedOut.model_validate(row | {"code": code})


def routes(service: HotlineService) -> list[Route]:
    """The hotline's routes; those with a fixed name before those with an id in its place."""
    handlers, tag, room = _Handlers(service), "calls", RoomRoutes("/calls", CallOut)
    return [
        listed("/calls", service.page, CallQuery, CallPage, "Calls to the hotline, the newest first"),
        Route(method="POST", path="/calls", handler=handlers.take, tag=tag, body=CallIn, answer=CallOut, status=201,
              summary="Take a call", roles=CLERKS, problems=(404, 409), idempotent=True),
        Route(method="POST", path="/calls/lookup", handler=handlers.lookup, tag=tag, body=LookupIn,
              answer=EarlierList, summary="What came from a number before; the look is on record", roles=CLERKS),
        Route(method="GET", path="/calls/{id}", handler=handlers.one, tag=tag, answer=CallDetail, roles=READERS,
              summary="One, what came from its number besides, and what was done", problems=(404,)),
        room.step("answer", service.answer, "The caller was told", TextIn),
        room.command("incident", handlers.incident, "Make an incident of it", ForwardIn),
        Route(method="POST", path="/calls/{id}/request", handler=handlers.request, tag=tag, body=VersionIn,
              answer=RequestedOut, summary="Make a request of it that the caller follows by a code", roles=CLERKS,
              problems=(404, 409), idempotent=True),
        room.step("call-back", service.called_back, "Somebody called back and asked how it was", CallBackIn),
        revealed("/calls", service.reveal),
    ]  # fmt: skip
