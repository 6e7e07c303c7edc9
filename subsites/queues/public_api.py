"""/public/halls and /public/tickets: who waits where, and tickets by telephone. Nobody is named, all have a number."""

from __future__ import annotations

from registry.api.route import Call, Route
from subsites.queues.model import State
from subsites.queues.service import TicketService
from subsites.queues.setup import HallService
from subsites.queues.shapes import HallList, HallOut, TakeIn, TakenOut, TicketHeld
from subsites.record.shapes import CodeIn
from subsites.visits.service import FILE, LOOK, TICKET, Visits

__all__ = ["routes"]


class _Handlers:
    def __init__(self, halls: HallService, tickets: TicketService, visits: Visits) -> None:
        self._halls, self._tickets, self._visits = halls, tickets, visits

    async def halls(self, call: Call) -> HallList:
        """All of them."""
        await self._visits.admit(LOOK, call.address)
        return HallList.model_validate({"items": await self._halls.halls(None)})

    async def hall(self, call: Call) -> HallOut:
        """One now."""
        await self._visits.admit(LOOK, call.address)
        row, picture = await self._halls.hall(call.path["id"])
        return HallOut.model_validate(row | picture.told())

    async def take(self, call: Call) -> TakenOut:
        """A number."""
        await self._visits.admit(TICKET, call.address)
        body: TakeIn = call.body
        row, code = await self._tickets.take(body.service, None, body.service.encode(), call.idempotency_key)
        return TakenOut.model_validate(row | {"code": code})

    async def look(self, call: Call) -> TicketHeld:
        """Where it is."""
        await self._visits.admit(LOOK, call.address)
        return await self._held(call)

    async def leave(self, call: Call) -> TicketHeld:
        """Given back."""
        await self._visits.admit(FILE, call.address)
        await self._held(call)
        await self._tickets.leave(call.body.code)
        return await self._held(call)

    async def _held(self, call: Call) -> TicketHeld:
        body: CodeIn = call.body
        row, picture = await self._visits.guarded(call.address, lambda: self._tickets.look(body.code))
        waits = row["state"] == State.WAITING
        service, ticket = row["service_key"], row["key"]
        return TicketHeld.model_validate(row | {
            "ahead": picture.ahead(service, ticket) if waits else None,
            "wait_s": picture.wait_s(service, ticket) if waits else None,
        })  # fmt: skip


def routes(halls: HallService, tickets: TicketService, visits: Visits) -> list[Route]:
    """The public's routes."""
    handlers, tag, base = _Handlers(halls, tickets, visits), "public", "/public/tickets"
    return [
        Route(method="GET", path="/public/halls", handler=handlers.halls, tag=tag, public=True, answer=HallList,
              summary="Organisations with queues", problems=(429,)),
        Route(method="GET", path="/public/halls/{id}", handler=handlers.hall, tag=tag, public=True, answer=HallOut,
              summary="A hall now: who waits, how long, who is called", problems=(404, 429), tagged=True),
        Route(method="POST", path=base, handler=handlers.take, tag=tag, public=True, body=TakeIn, answer=TakenOut,
              summary="Take a number by telephone", status=201, problems=(404, 409, 429), idempotent=True),
        Route(method="POST", path=f"{base}/look", handler=handlers.look, tag=tag, public=True, body=CodeIn,
              answer=TicketHeld, summary="Where a ticket is, by its code", problems=(404, 429)),
        Route(method="POST", path=f"{base}/leave", handler=handlers.leave, tag=tag, public=True, body=CodeIn,
              answer=TicketHeld, summary="Give the ticket back", problems=(404, 409, 429)),
    ]  # fmt: skip
