"""/listings: offers and needs, and what may suit each."""

from __future__ import annotations

from registry.api.paging import after_key
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
from subsites.record.routes import CLERKS, READERS, commands
from subsites.record.shapes import FullOut, NoteIn, PurposeIn, next_of

__all__ = ["routes"]


class _Handlers:
    def __init__(self, service: MatchingService) -> None:
        self._service = service

    async def page(self, call: Call) -> ListingPage:
        """Those the caller may see."""
        query: ListingQuery = call.query
        before = after_key(query.cursor)
        rows = await self._service.page(call.user, before=before, limit=query.limit, filters=query.filters())
        return ListingPage.model_validate({"items": rows, "next": next_of(rows, query.limit)})

    async def one(self, call: Call) -> ListingDetail:
        """One of them."""
        row, proposed, log = await self._service.find(call.path["id"], call.user)
        return ListingDetail.model_validate(row | {"proposals": list(proposed), "log": list(log)})

    async def add(self, call: Call) -> ListingOut:
        """A new one."""
        body: ListingIn = call.body
        return ListingOut.model_validate(await self._service.add(call.user, body.model_dump(), call.idempotency_key))

    async def match(self, call: Call) -> ListingOut:
        """Brought together."""
        body: MatchIn = call.body
        row = await self._service.match(call.path["id"], call.user, body.version, body.other, body.note)
        return ListingOut.model_validate(row)

    async def extend(self, call: Call) -> ListingOut:
        """For longer."""
        body: ExtendIn = call.body
        row = await self._service.extend(call.path["id"], call.user, body.version, body.ends_on)
        return ListingOut.model_validate(row)

    async def close(self, call: Call) -> ListingOut:
        """Over."""
        body: NoteIn = call.body
        return ListingOut.model_validate(await self._service.close(call.path["id"], call.user, body.version, body.note))

    async def reopen(self, call: Call) -> ListingOut:
        """Again."""
        body: NoteIn = call.body
        row = await self._service.reopen(call.path["id"], call.user, body.version, body.note)
        return ListingOut.model_validate(row)

    async def reveal(self, call: Call) -> FullOut:
        """In full."""
        body: PurposeIn = call.body
        return FullOut.model_validate(await self._service.reveal(call.path["id"], call, body.purpose))


def routes(service: MatchingService) -> list[Route]:
    """The listings' routes."""
    handlers, tag, command = _Handlers(service), "listings", commands("listings", ListingOut)
    return [
        Route(method="GET", path="/listings", handler=handlers.page, tag=tag, query=ListingQuery, answer=ListingPage,
              summary="Offers and needs, the newest first", roles=READERS),
        Route(method="POST", path="/listings", handler=handlers.add, tag=tag, body=ListingIn, answer=ListingOut,
              status=201, summary="Add an offer or a need", roles=CLERKS, problems=(404, 409), idempotent=True),
        Route(method="GET", path="/listings/{id}", handler=handlers.one, tag=tag, answer=ListingDetail, roles=READERS,
              summary="One, what may suit it and why, and what was done", problems=(404,)),
        command("match", handlers.match, "It and another were brought together", MatchIn),
        command("extend", handlers.extend, "Another last day", ExtendIn),
        command("close", handlers.close, "It is over", NoteIn),
        command("reopen", handlers.reopen, "It is looked for again, and what it was matched with too", NoteIn),
        Route(method="POST", path="/listings/{id}/reveal", handler=handlers.reveal, tag=tag, body=PurposeIn,
              answer=FullOut, summary="Name and telephone in full; the look is on record", roles=CLERKS,
              problems=(404,)),
    ]  # fmt: skip
