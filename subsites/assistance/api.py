"""/assistance: help for households, from the need to the result."""

from __future__ import annotations

from registry.api.route import Call, Role, Route
from subsites.assistance.service import AssistanceService, Detail
from subsites.assistance.shapes import (
    CaseDetail,
    CaseIn,
    CaseOut,
    CasePage,
    CaseQuery,
    CloseIn,
    MineList,
    PlanIn,
    StepIn,
    VisitIn,
)
from subsites.record.routes import CLERKS, READERS, RoomRoutes, listed, revealed
from subsites.record.shapes import NoteIn

__all__ = ["routes"]

_HELPERS = CLERKS | {Role.MEMBER}


class _Handlers:
    def __init__(self, service: AssistanceService) -> None:
        self._service = service

    async def mine(self, call: Call) -> MineList:
        """Whom the caller helps."""
        return MineList(items=[_detail(one) for one in await self._service.mine(call.user)])

    async def one(self, call: Call) -> CaseDetail:
        """One of them."""
        return _detail(await self._service.find(call.path["id"], call.user))

    async def open(self, call: Call) -> CaseOut:
        """A new one."""
        body: CaseIn = call.body
        return CaseOut.model_validate(await self._service.open(call.user, body.model_dump(), call.idempotency_key))

    async def plan(self, call: Call) -> CaseOut:
        """Planned."""
        body: PlanIn = call.body
        return CaseOut.model_validate(await self._service.plan(call.path["id"], call.user, body.model_dump()))

    async def visit(self, call: Call) -> CaseOut:
        """Somebody was there."""
        body: VisitIn = call.body
        row = await self._service.visit(call.path["id"], call.user, body.model_dump(), call.idempotency_key)
        return CaseOut.model_validate(row)


def _detail(found: Detail) -> CaseDetail:
    row, steps, visits, log = found
    return CaseDetail.model_validate(row | {"steps": list(steps), "visited": list(visits), "log": list(log)})


def routes(service: AssistanceService) -> list[Route]:
    """The cases' routes; those with a fixed name before those with an id in its place."""
    handlers, tag, base = _Handlers(service), "assistance", "/assistance"
    room, helped = RoomRoutes(base, CaseOut), RoomRoutes(base, CaseOut, _HELPERS)
    return [
        listed(base, service.page, CaseQuery, CasePage, "Help cases, the newest first"),
        Route(method="POST", path=base, handler=handlers.open, tag=tag, body=CaseIn, answer=CaseOut, status=201,
              summary="Open a case for a household or a person", roles=CLERKS, problems=(404, 409), idempotent=True),
        Route(method="GET", path=f"{base}/mine", handler=handlers.mine, tag=tag, answer=MineList,
              summary="Whom the caller, a member, helps", roles=_HELPERS),
        Route(method="GET", path=f"{base}/{{id}}", handler=handlers.one, tag=tag, answer=CaseDetail, roles=READERS,
              summary="One: its steps, its visits and what was done", problems=(404,)),
        room.command("plan", handlers.plan, "Who helps, with what, and when the next visit is", PlanIn),
        helped.step("step", service.done, "A step is done", StepIn),
        helped.command("visit", handlers.visit, "Somebody was there", VisitIn, idempotent=True),
        room.step("close", service.close, "It has ended, and how", CloseIn),
        room.step("reopen", service.reopen, "It goes on", NoteIn),
        revealed(base, service.reveal),
    ]  # fmt: skip
