"""/incidents: the closed loop, as far as it needs no assignment."""

from __future__ import annotations

from dispatch.incidents.actor import actor_of
from dispatch.incidents.model import Action
from dispatch.incidents.service import IncidentService
from dispatch.incidents.shapes import (
    AcceptIn,
    CloseIn,
    DeferIn,
    EntryOut,
    IncidentIn,
    IncidentList,
    IncidentOut,
    IncidentPage,
    IncidentQuery,
    LogOut,
    MergeIn,
    NoteIn,
    ReasonIn,
    VersionIn,
)
from dispatch.incidents.store import Told
from registry.api.paging import after_key, page_of
from registry.api.problems import BadRequest
from registry.api.route import EVERYBODY, Call, Handler, Role, Route

__all__ = ["APPROVERS", "DISPATCHERS", "incident_out", "place_of", "routes"]

DISPATCHERS = frozenset({Role.ADMINISTRATOR, Role.COMMANDER, Role.DISPATCHER})
"""Who runs incidents."""
APPROVERS = frozenset({Role.ADMINISTRATOR, Role.COMMANDER, Role.SUPERVISOR})
"""Who may stop a clock, never on his own request."""
_REPORTERS = EVERYBODY - {Role.OBSERVER}


def incident_out(told: Told) -> IncidentOut:
    """As the API shows it."""
    return IncidentOut.model_validate(told)


def place_of(latitude: float | None, longitude: float | None) -> tuple[float, float] | None:
    """Where the actor stands, both or neither. Raises BadRequest."""
    if latitude is None and longitude is None:
        return None
    if latitude is None or longitude is None:
        raise BadRequest("say both latitude and longitude, or neither")
    return latitude, longitude


class _Handlers:
    def __init__(self, service: IncidentService) -> None:
        self._service = service

    async def report(self, call: Call) -> IncidentOut:
        """Report one."""
        body: IncidentIn = call.body
        fields = body.model_dump()
        if call.user.role is Role.MEMBER:
            fields["source"] = "member"
        told = await self._service.report(fields, actor_of(call.user), idempotency_key=call.idempotency_key)
        return incident_out(told)

    async def page(self, call: Call) -> IncidentPage:
        """Those the caller may see."""
        query: IncidentQuery = call.query
        rows = await self._service.page(
            actor_of(call.user), before=after_key(query.cursor), limit=query.limit, filters=query.filters()
        )
        return page_of(IncidentPage, rows, query.limit)

    async def one(self, call: Call) -> IncidentOut:
        """One of them."""
        return incident_out(await self._service.find(call.path["id"], actor_of(call.user)))

    async def log(self, call: Call) -> LogOut:
        """Its audit trail."""
        entries = await self._service.log(call.path["id"], actor_of(call.user))
        return LogOut(items=[EntryOut.model_validate(entry) for entry in entries])

    async def duplicates(self, call: Call) -> IncidentList:
        """What may be the same."""
        found = await self._service.duplicates(call.path["id"], actor_of(call.user))
        return IncidentList(items=[incident_out(one) for one in found])

    async def accept(self, call: Call) -> IncidentOut:
        """Take it up."""
        body: AcceptIn = call.body
        told = await self._service.accept(
            call.path["id"], actor_of(call.user), body.version, kind=body.kind, priority=body.priority
        )
        return incident_out(told)

    async def reject(self, call: Call) -> IncidentOut:
        """Turn it down."""
        body: ReasonIn = call.body
        return incident_out(await self._service.reject(call.path["id"], actor_of(call.user), body.version, body.reason))

    async def merge(self, call: Call) -> IncidentOut:
        """Into another."""
        body: MergeIn = call.body
        return incident_out(await self._service.merge(call.path["id"], actor_of(call.user), body.version, body.into))

    async def escalate(self, call: Call) -> IncidentOut:
        """To the next higher level."""
        body: ReasonIn = call.body
        return incident_out(
            await self._service.escalate(call.path["id"], actor_of(call.user), body.version, body.reason)
        )

    async def close(self, call: Call) -> IncidentOut:
        """Done with."""
        body: CloseIn = call.body
        return incident_out(
            await self._service.close(call.path["id"], actor_of(call.user), body.version, body.disposition)
        )

    async def reopen(self, call: Call) -> IncidentOut:
        """Not done with."""
        body: ReasonIn = call.body
        return incident_out(await self._service.reopen(call.path["id"], actor_of(call.user), body.version, body.reason))

    async def suspend(self, call: Call) -> IncidentOut:
        """Ask for a suspension."""
        body: ReasonIn = call.body
        return incident_out(
            await self._service.ask(call.path["id"], actor_of(call.user), body.version, Action.SUSPEND, body.reason)
        )

    async def defer(self, call: Call) -> IncidentOut:
        """Ask for a later limit."""
        body: DeferIn = call.body
        return incident_out(
            await self._service.ask(
                call.path["id"], actor_of(call.user), body.version, Action.DEFER, body.reason, body.until
            )
        )

    def answer(self, *, approves: bool) -> Handler:
        """Approve or refuse."""

        async def answer(call: Call) -> IncidentOut:
            body: ReasonIn = call.body
            told = await self._service.answer(call.path["id"], actor_of(call.user), body.version, approves, body.reason)
            return incident_out(told)

        return answer

    async def resume(self, call: Call) -> IncidentOut:
        """Go on."""
        body: VersionIn = call.body
        return incident_out(await self._service.resume(call.path["id"], actor_of(call.user), body.version))

    async def note(self, call: Call) -> IncidentOut:
        """Add a note."""
        body: NoteIn = call.body
        place = place_of(body.latitude, body.longitude)
        told = await self._service.note(
            call.path["id"], actor_of(call.user), body.text, place, idempotency_key=call.idempotency_key
        )
        return incident_out(told)


def routes(service: IncidentService) -> list[Route]:
    """The incidents' routes."""
    handlers = _Handlers(service)
    one = "/incidents/{id}"
    return [
        Route(method="POST", path="/incidents", handler=handlers.report, tag="incidents", summary="Report an incident",
              body=IncidentIn, answer=IncidentOut, status=201, roles=_REPORTERS, problems=(404, 409), idempotent=True),
        Route(method="GET", path="/incidents", handler=handlers.page, tag="incidents",
              summary="Incidents, the newest first", query=IncidentQuery, answer=IncidentPage, roles=EVERYBODY),
        Route(method="GET", path=one, handler=handlers.one, tag="incidents", summary="One incident",
              answer=IncidentOut, roles=EVERYBODY, problems=(404,)),
        Route(method="GET", path=f"{one}/log", handler=handlers.log, tag="incidents",
              summary="Its audit trail, the oldest first", answer=LogOut, roles=EVERYBODY, problems=(404,)),
        Route(method="GET", path=f"{one}/duplicates", handler=handlers.duplicates, tag="incidents",
              summary="Open ones of the same kind, near and recent", answer=IncidentList, problems=(404,)),
        _command("accept", handlers.accept, "Take it up", AcceptIn, DISPATCHERS),
        _command("reject", handlers.reject, "Turn it down, with the reason", ReasonIn, DISPATCHERS),
        _command("merge", handlers.merge, "It is the same as another", MergeIn, DISPATCHERS),
        _command("escalate", handlers.escalate, "The next higher level takes it up", ReasonIn,
                 DISPATCHERS | {Role.SUPERVISOR, Role.OFFICER}),
        _command("close", handlers.close, "It is verified and done with", CloseIn, DISPATCHERS),
        _command("reopen", handlers.reopen, "It was not done with", ReasonIn, DISPATCHERS | {Role.SUPERVISOR}),
        _command("suspend", handlers.suspend, "Ask that its clock stops; somebody else approves", ReasonIn, _REPORTERS),
        _command("defer", handlers.defer, "Ask for a later limit; somebody else approves", DeferIn, _REPORTERS),
        _command("approve", handlers.answer(approves=True), "Grant what was asked for", ReasonIn, APPROVERS),
        _command("refuse", handlers.answer(approves=False), "Refuse what was asked for", ReasonIn, APPROVERS),
        _command("resume", handlers.resume, "A suspended one goes on", VersionIn, DISPATCHERS),
        _command("note", handlers.note, "Add a note", NoteIn, _REPORTERS, idempotent=True),
    ]  # fmt: skip


def _command(
    name: str, handler: Handler, summary: str, body: type[VersionIn] | type[NoteIn], roles: frozenset[Role], *,
    idempotent: bool = False,
) -> Route:  # fmt: skip
    return Route(
        method="POST", path=f"/incidents/{{id}}/{name}", handler=handler, tag="incidents", summary=summary, body=body,
        answer=IncidentOut, roles=roles, problems=(404, 409), idempotent=idempotent,
    )  # fmt: skip
