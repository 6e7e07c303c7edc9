"""/assistance: help for households, from the need to the result."""

from __future__ import annotations

from registry.api.paging import after_key
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
from subsites.record.routes import CLERKS, READERS, commands
from subsites.record.shapes import FullOut, NoteIn, PurposeIn, next_of

__all__ = ["routes"]

_HELPERS = CLERKS | {Role.MEMBER}


class _Handlers:
    def __init__(self, service: AssistanceService) -> None:
        self._service = service

    async def page(self, call: Call) -> CasePage:
        """Those the caller may see."""
        query: CaseQuery = call.query
        rows = await self._service.page(
            call.user, before=after_key(query.cursor), limit=query.limit, filters=query.filters(),
            overdue=query.overdue,
        )  # fmt: skip
        return CasePage.model_validate({"items": rows, "next": next_of(rows, query.limit)})

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

    async def step(self, call: Call) -> CaseOut:
        """A step is done."""
        body: StepIn = call.body
        return CaseOut.model_validate(
            await self._service.done(call.path["id"], call.user, body.version, body.number)
        )  # fmt: skip

    async def visit(self, call: Call) -> CaseOut:
        """Somebody was there."""
        body: VisitIn = call.body
        row = await self._service.visit(call.path["id"], call.user, body.model_dump(), call.idempotency_key)
        return CaseOut.model_validate(row)

    async def close(self, call: Call) -> CaseOut:
        """Ended."""
        body: CloseIn = call.body
        row = await self._service.close(call.path["id"], call.user, body.version, body.result, body.outcome)
        return CaseOut.model_validate(row)

    async def reopen(self, call: Call) -> CaseOut:
        """Goes on."""
        body: NoteIn = call.body
        return CaseOut.model_validate(await self._service.reopen(call.path["id"], call.user, body.version, body.note))

    async def reveal(self, call: Call) -> FullOut:
        """In full."""
        body: PurposeIn = call.body
        return FullOut.model_validate(await self._service.reveal(call.path["id"], call, body.purpose))


def _detail(found: Detail) -> CaseDetail:
    row, steps, visits, log = found
    return CaseDetail.model_validate(row | {"steps": list(steps), "visited": list(visits), "log": list(log)})


def routes(service: AssistanceService) -> list[Route]:
    """The cases' routes; those with a fixed name before those with an id in its place."""
    handlers, tag, base, command = _Handlers(service), "assistance", "/assistance", commands("assistance", CaseOut)
    helped = commands("assistance", CaseOut, roles=_HELPERS)
    return [
        Route(method="GET", path=base, handler=handlers.page, tag=tag, query=CaseQuery, answer=CasePage,
              summary="Help cases, the newest first", roles=READERS),
        Route(method="POST", path=base, handler=handlers.open, tag=tag, body=CaseIn, answer=CaseOut, status=201,
              summary="Open a case for a household or a person", roles=CLERKS, problems=(404, 409), idempotent=True),
        Route(method="GET", path=f"{base}/mine", handler=handlers.mine, tag=tag, answer=MineList,
              summary="Whom the caller, a member, helps", roles=_HELPERS),
        Route(method="GET", path=f"{base}/{{id}}", handler=handlers.one, tag=tag, answer=CaseDetail, roles=READERS,
              summary="One: its steps, its visits and what was done", problems=(404,)),
        command("plan", handlers.plan, "Who helps, with what, and when the next visit is", PlanIn),
        helped("step", handlers.step, "A step is done", StepIn),
        helped("visit", handlers.visit, "Somebody was there", VisitIn, idempotent=True),
        command("close", handlers.close, "It has ended, and how", CloseIn),
        command("reopen", handlers.reopen, "It goes on", NoteIn),
        Route(method="POST", path=f"{base}/{{id}}/reveal", handler=handlers.reveal, tag=tag, body=PurposeIn,
              answer=FullOut, summary="Name and telephone in full; the look is on record", roles=CLERKS,
              problems=(404,)),
    ]  # fmt: skip
