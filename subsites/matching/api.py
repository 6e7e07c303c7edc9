"""/listings: offers and needs, and what may suit each."""

from __future__ import annotations

from registry.api.route import Call, Route
from subsites.matching.service import MatchingService
from subsites.matching.shapes import (
    ExtendIn,
    ListingDetail,
    ListingIn,
    ListingOut,
    ListingPage,
    ListingQuery,
    MatchIn,
)
from subsites.record.routes import CLERKS, READERS, RoomRoutes, listed, revealed
from subsites.record.shapes import NoteIn

__all__ = ["routes"]


class _Handlers:
    def __init__(self, service: MatchingService) -> None:
        self._service = service

    async def one(self, call: Call) -> ListingDetail:
        """One of them."""
        row, proposed, log = await self._service.find(call.path["id"], call.user)
        return ListingDetail.model_validate(row | {"proposals": list(proposed), "log": list(log)})

    async def add(self, call: Call) -> ListingOut:
        """A new one."""
        body: ListingIn = call.body
        return ListingOut.model_validate(await self._service.add(call.user, body.model_dump(), call.idempotency_key))


def routes(service: MatchingService) -> list[Route]:
    """The listings' routes."""
    handlers, tag, room = _Handlers(service), "listings", RoomRoutes("/listings", ListingOut)
    return [
        listed("/listings", service.page, ListingQuery, ListingPage, "Offers and needs, the newest first"),
        Route(method="POST", path="/listings", handler=handlers.add, tag=tag, body=ListingIn, answer=ListingOut,
              status=201, summary="Add an offer or a need", roles=CLERKS, problems=(404, 409), idempotent=True),
        Route(method="GET", path="/listings/{id}", handler=handlers.one, tag=tag, answer=ListingDetail, roles=READERS,
              summary="One, what may suit it and why, and what was done", problems=(404,)),
        room.step("match", service.match, "It and another were brought together", MatchIn),
        room.step("extend", service.extend, "Another last day", ExtendIn),
        room.step("close", service.close, "It is over", NoteIn),
        room.step("reopen", service.reopen, "It is looked for again, and what it was matched with too", NoteIn),
        revealed("/listings", service.reveal),
    ]  # fmt: skip
