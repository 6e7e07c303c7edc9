"""/queue: services and windows are set up, tickets given out, called and served."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from pydantic import BaseModel

from registry.api.paging import after_key
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
from subsites.queues.store import SERVICE, WINDOW
from subsites.record.model import Told
from subsites.record.routes import READERS, commands
from subsites.record.shapes import RoomQuery, VersionIn, next_of

__all__ = ["routes"]

_MANAGERS = frozenset({Role.ADMINISTRATOR, Role.COMMANDER})


class _Setup:
    def __init__(self, service: HallService) -> None:
        self._service = service

    async def halls(self, call: Call) -> HallList:
        """Those the caller may see."""
        return HallList.model_validate({"items": await self._service.halls(call.user)})

    async def services(self, call: Call) -> ServicePage:
        """What people come for."""
        query: RoomQuery = call.query
        rows = await self._service.page(
            SERVICE, call.user, before=after_key(query.cursor), limit=query.limit, filters=query.filters()
        )
        return ServicePage.model_validate({"items": rows, "next": next_of(rows, query.limit)})

    async def windows(self, call: Call) -> WindowPage:
        """Where they are served."""
        query: RoomQuery = call.query
        rows = await self._service.page(
            WINDOW, call.user, before=after_key(query.cursor), limit=query.limit, filters=query.filters()
        )
        return WindowPage.model_validate({"items": rows, "next": next_of(rows, query.limit)})

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

    async def open(self, call: Call) -> WindowOut:
        """Open."""
        return _window(await self._service.open(call.path["id"], call.user, call.body.version))

    async def close(self, call: Call) -> WindowOut:
        """Closed."""
        return _window(await self._service.close(call.path["id"], call.user, call.body.version))


class _Tickets:
    def __init__(self, service: TicketService) -> None:
        self._service = service

    async def take(self, call: Call) -> TakenOut:
        """Given out at the hall."""
        body: TakeIn = call.body
        said = f"{call.user.user} {body.service}".encode()
        row, code = await self._service.take(body.service, call.user, said, call.idempotency_key)
        return TakenOut.model_validate(row | {"code": code})

    async def page(self, call: Call) -> TicketPage:
        """Those the caller may see."""
        query: TicketQuery = call.query
        rows = await self._service.page(
            call.user, before=after_key(query.cursor), limit=query.limit, filters=query.filters()
        )
        return TicketPage.model_validate({"items": rows, "next": next_of(rows, query.limit)})

    async def call(self, call: Call) -> TicketOut:
        """The next one."""
        return _ticket(await self._service.call(call.path["id"], call.user))

    async def transfer(self, call: Call) -> TicketOut:
        """To another service."""
        body: TransferIn = call.body
        return _ticket(await self._service.transfer(call.path["id"], call.user, body.version, body.service))


def _window(row: Told) -> WindowOut:
    return WindowOut.model_validate(row)


def _ticket(row: Told) -> TicketOut:
    return TicketOut.model_validate(row)


def _step(step: Callable[..., Awaitable[Told]]) -> Handler:
    """The handler of a step that takes nothing but the version seen."""

    async def handle(call: Call) -> TicketOut:
        return _ticket(await step(call.path["id"], call.user, call.body.version))

    return handle


def routes(halls: HallService, tickets: TicketService) -> list[Route]:
    """The desk's routes."""
    setup, desk, tag = _Setup(halls), _Tickets(tickets), "queue"
    window, ticket = commands("queue/windows", WindowOut), commands("queue/tickets", TicketOut)
    return [
        Route(method="GET", path="/queue/halls", handler=setup.halls, tag=tag, summary="Organisations with queues",
              answer=HallList, roles=READERS),
        Route(method="GET", path="/queue/services", handler=setup.services, tag=tag, query=RoomQuery,
              summary="What people come for", answer=ServicePage, roles=READERS),
        _managed("POST", "/queue/services", setup.add_service, ServiceIn, ServiceOut,
                 "A service of a hall, with the letter of its numbers"),
        _managed("PATCH", "/queue/services/{id}", setup.change_service, ServicePatch, ServiceOut,
                 "Change it, or stop giving out tickets"),
        Route(method="GET", path="/queue/windows", handler=setup.windows, tag=tag, query=RoomQuery,
              summary="Windows, and who is at them", answer=WindowPage, roles=READERS),
        _managed("POST", "/queue/windows", setup.add_window, WindowIn, WindowOut,
                 "A service window of the registry begins to serve"),
        _managed("PATCH", "/queue/windows/{id}", setup.change_window, WindowPatch, WindowOut, "What is served there"),
        window("open", setup.open, "Somebody sits there from now on", VersionIn),
        window("close", setup.close, "Nobody sits there", VersionIn),
        Route(method="POST", path="/queue/windows/{id}/call", handler=desk.call, tag=tag, answer=TicketOut,
              summary="Call the next one; 404 where nobody waits", roles=READERS, problems=(404, 409)),
        Route(method="POST", path="/queue/tickets", handler=desk.take, tag=tag, body=TakeIn, answer=TakenOut,
              summary="Give out a ticket at the hall", roles=READERS, problems=(404, 409), status=201,
              idempotent=True),
        Route(method="GET", path="/queue/tickets", handler=desk.page, tag=tag, query=TicketQuery,
              summary="Tickets, the newest first", answer=TicketPage, roles=READERS),
        ticket("recall", _step(tickets.recall), "Call the same once more", VersionIn),
        ticket("serve", _step(tickets.serve), "Somebody has come", VersionIn),
        ticket("finish", _step(tickets.finish), "It is settled", VersionIn),
        ticket("no-show", _step(tickets.no_show), "Nobody has come", VersionIn),
        ticket("return", _step(tickets.come_back), "Who did not come waits again", VersionIn),
        ticket("transfer", desk.transfer, "It waits for another service of the hall", TransferIn),
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
