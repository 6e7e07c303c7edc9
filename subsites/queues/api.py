"""/queue: services and windows are set up, tickets given out, called and served."""

from __future__ import annotations

from pydantic import BaseModel

from registry.api.route import Call, Handler, Role, Route
from subsites.queues.service import TicketService
from subsites.queues.setup import HallService
from subsites.queues.shapes import (
    HallList,
    ServiceIn,
    ServiceOut,
    ServicePage,
    ServicePatch,
    TakeIn,
    TakenOut,
    TicketOut,
    TicketPage,
    TicketQuery,
    TransferIn,
    WindowIn,
    WindowOut,
    WindowPage,
    WindowPatch,
)
from subsites.record.model import Told
from subsites.record.routes import READERS, RoomRoutes, listed
from subsites.record.shapes import RoomQuery, VersionIn

__all__ = ["routes"]

_MANAGERS = frozenset({Role.ADMINISTRATOR, Role.COMMANDER})


class _Setup:
    def __init__(self, service: HallService) -> None:
        self._service = service

    async def halls(self, call: Call) -> HallList:
        """Those the caller may see."""
        return HallList.model_validate({"items": await self._service.halls(call.user)})

    async def add_service(self, call: Call) -> ServiceOut:
        """One more."""
        body: ServiceIn = call.body
        return ServiceOut.model_validate(
            await self._service.add_service(body.model_dump(), call.user, call.idempotency_key)
        )

    async def change_service(self, call: Call) -> ServiceOut:
        """Changed."""
        body: ServicePatch = call.body
        changes = {name: value for name, value in body.changes().items() if name != "version"}
        return ServiceOut.model_validate(
            await self._service.change_service(call.path["id"], call.user, body.version, changes)
        )

    async def add_window(self, call: Call) -> WindowOut:
        """One more."""
        body: WindowIn = call.body
        return _window(await self._service.add_window(body.model_dump(), call.user, call.idempotency_key))

    async def change_window(self, call: Call) -> WindowOut:
        """Changed."""
        body: WindowPatch = call.body
        return _window(await self._service.change_window(call.path["id"], call.user, body.version, body.services))


class _Tickets:
    def __init__(self, service: TicketService) -> None:
        self._service = service

    async def take(self, call: Call) -> TakenOut:
        """Given out at the hall."""
        body: TakeIn = call.body
        said = f"{call.user.user} {body.service}".encode()
        row, code = await self._service.take(body.service, call.user, said, call.idempotency_key)
        return TakenOut.model_validate(row | {"code": code})

    async def call(self, call: Call) -> TicketOut:
        """The next one."""
        return TicketOut.model_validate(await self._service.call(call.path["id"], call.user))


def _window(row: Told) -> WindowOut:
    return WindowOut.model_validate(row)


def routes(halls: HallService, tickets: TicketService) -> list[Route]:
    """The desk's routes."""
    setup, desk, tag = _Setup(halls), _Tickets(tickets), "queue"
    window, ticket = RoomRoutes("/queue/windows", WindowOut), RoomRoutes("/queue/tickets", TicketOut)
    return [
        Route(method="GET", path="/queue/halls", handler=setup.halls, tag=tag, summary="Organisations with queues",
              answer=HallList, roles=READERS),
        listed("/queue/services", halls.services, RoomQuery, ServicePage, "What people come for"),
        _managed("POST", "/queue/services", setup.add_service, ServiceIn, ServiceOut,
                 "A service of a hall, with the letter of its numbers"),
        _managed("PATCH", "/queue/services/{id}", setup.change_service, ServicePatch, ServiceOut,
                 "Change it, or stop giving out tickets"),
        listed("/queue/windows", halls.windows, RoomQuery, WindowPage, "Windows, and who is at them"),
        _managed("POST", "/queue/windows", setup.add_window, WindowIn, WindowOut,
                 "A service window of the registry begins to serve"),
        _managed("PATCH", "/queue/windows/{id}", setup.change_window, WindowPatch, WindowOut, "What is served there"),
        window.step("open", halls.open, "Somebody sits there from now on", VersionIn),
        window.step("close", halls.close, "Nobody sits there", VersionIn),
        Route(method="POST", path="/queue/windows/{id}/call", handler=desk.call, tag=tag, answer=TicketOut,
              summary="Call the next one; 404 where nobody waits", roles=READERS, problems=(404, 409)),
        Route(method="POST", path="/queue/tickets", handler=desk.take, tag=tag, body=TakeIn, answer=TakenOut,
              summary="Give out a ticket at the hall", roles=READERS, problems=(404, 409), status=201,
              idempotent=True),
        listed("/queue/tickets", tickets.page, TicketQuery, TicketPage, "Tickets, the newest first"),
        ticket.step("recall", tickets.recall, "Call the same once more", VersionIn),
        ticket.step("serve", tickets.serve, "Somebody has come", VersionIn),
        ticket.step("finish", tickets.finish, "It is settled", VersionIn),
        ticket.step("no-show", tickets.no_show, "Nobody has come", VersionIn),
        ticket.step("return", tickets.come_back, "Who did not come waits again", VersionIn),
        ticket.step("transfer", tickets.transfer, "It waits for another service of the hall", TransferIn),
    ]  # fmt: skip


def _managed(
    method: str, path: str, handler: Handler, body: type[BaseModel], answer: type[BaseModel], summary: str
) -> Route:
    """What is set up by who runs the hall; what is made is made once by its Idempotency-Key."""
    makes = method == "POST"
    return Route(
        method=method, path=path, handler=handler, tag="queue", summary=summary, body=body, answer=answer,
        roles=_MANAGERS, problems=(404, 409), status=201 if makes else 200, idempotent=makes,
    )  # fmt: skip
