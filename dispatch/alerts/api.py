"""/alerts: what somebody must look at now; /sos: a member's own cry for help."""

from __future__ import annotations

from dispatch.alerts.service import AlertService
from dispatch.alerts.shapes import (
    AlertDetail,
    AlertLog,
    AlertNoteIn,
    AlertOut,
    AlertPage,
    AlertQuery,
    AssignAlertIn,
    DrillIn,
    MakeIncidentIn,
    SosIn,
)
from dispatch.alerts.store import Told
from dispatch.incidents.actor import actor_of
from dispatch.incidents.api import DISPATCHERS, incident_out, place_of
from dispatch.incidents.shapes import IncidentOut
from registry.api.paging import after_key, page_of
from registry.api.problems import BadRequest
from registry.api.route import Call, Role, Route

__all__ = ["routes"]

_HANDLERS = DISPATCHERS | {Role.SUPERVISOR}
"""Who may see to an alert."""
_MEMBERS = frozenset({Role.MEMBER})


def _out(told: Told) -> AlertOut:
    return AlertOut.model_validate(told)


class _Handlers:
    def __init__(self, service: AlertService) -> None:
        self._service = service

    async def page(self, call: Call) -> AlertPage:
        """Those the caller may see."""
        query: AlertQuery = call.query
        rows = await self._service.page(
            actor_of(call.user), before=after_key(query.cursor), limit=query.limit,
            filters=query.filters(),
        )  # fmt: skip
        return page_of(AlertPage, rows, query.limit)

    async def one(self, call: Call) -> AlertDetail:
        """One of them, with its log."""
        told, log = await self._service.find(call.path["id"], actor_of(call.user))
        return AlertDetail.model_validate(told | {"log": log})

    async def log(self, call: Call) -> AlertLog:
        """Its log."""
        _, log = await self._service.find(call.path["id"], actor_of(call.user))
        return AlertLog.model_validate({"items": log})

    async def acknowledge(self, call: Call) -> AlertOut:
        """Seen."""
        body: AlertNoteIn = call.body
        return _out(await self._service.acknowledge(call.path["id"], actor_of(call.user), body.note))

    async def assign(self, call: Call) -> AlertOut:
        """Somebody sees to it."""
        body: AssignAlertIn = call.body
        return _out(await self._service.assign(call.path["id"], actor_of(call.user), body.note, body.members))

    async def clear(self, call: Call) -> AlertOut:
        """Over."""
        body: AlertNoteIn = call.body
        return _out(await self._service.clear(call.path["id"], actor_of(call.user), body.note))

    async def incident(self, call: Call) -> IncidentOut:
        """Make an incident of it."""
        body: MakeIncidentIn = call.body
        if (body.latitude is None) != (body.longitude is None):
            raise BadRequest("say both latitude and longitude, or neither")
        report = body.model_dump()
        return incident_out(await self._service.make_incident(call.path["id"], actor_of(call.user), report))

    async def drill(self, call: Call) -> AlertOut:
        """Exercise."""
        body: DrillIn = call.body
        return _out(await self._service.drill(body.member, actor_of(call.user)))

    async def call_for_help(self, call: Call) -> AlertOut:
        """A member's SOS."""
        body: SosIn = call.body
        place = place_of(body.latitude, body.longitude)
        return _out(await self._service.call_for_help(actor_of(call.user), place, idempotency_key=call.idempotency_key))

    async def own(self, call: Call) -> AlertOut:
        """The member's own open one."""
        return _out(await self._service.own(actor_of(call.user)))

    async def cancel(self, call: Call) -> AlertOut:
        """Taken back."""
        body: AlertNoteIn = call.body
        return _out(await self._service.cancel(actor_of(call.user), body.note))


def routes(service: AlertService) -> list[Route]:
    """The alerts' routes."""
    handlers, tag = _Handlers(service), "alerts"
    return [
        Route(method="GET", path="/alerts", handler=handlers.page, tag=tag, summary="Alerts, the newest first",
              query=AlertQuery, answer=AlertPage),
        Route(method="POST", path="/alerts/drill", handler=handlers.drill, tag=tag,
              summary="Exercise a member's SOS; it is marked as a drill everywhere", body=DrillIn, answer=AlertOut,
              status=201, roles=DISPATCHERS, problems=(404, 409)),
        Route(method="GET", path="/alerts/{id}", handler=handlers.one, tag=tag, summary="One alert, with its log",
              answer=AlertDetail, problems=(404,)),
        Route(method="GET", path="/alerts/{id}/log", handler=handlers.log, tag=tag, summary="Who did what about it",
              answer=AlertLog, problems=(404,)),
        Route(method="POST", path="/alerts/{id}/acknowledge", handler=handlers.acknowledge, tag=tag,
              summary="Somebody has seen it", body=AlertNoteIn, answer=AlertOut, roles=_HANDLERS,
              problems=(404, 409)),
        Route(method="POST", path="/alerts/{id}/assign", handler=handlers.assign, tag=tag,
              summary="Somebody sees to it", body=AssignAlertIn, answer=AlertOut, roles=_HANDLERS,
              problems=(404, 409)),
        Route(method="POST", path="/alerts/{id}/clear", handler=handlers.clear, tag=tag, summary="It is over",
              body=AlertNoteIn, answer=AlertOut, roles=_HANDLERS, problems=(404, 409)),
        Route(method="POST", path="/alerts/{id}/incident", handler=handlers.incident, tag=tag,
              summary="Report an incident out of it", body=MakeIncidentIn, answer=IncidentOut, status=201,
              roles=DISPATCHERS, problems=(404, 409)),
        Route(method="GET", path="/sos", handler=handlers.own, tag=tag, summary="The member's own open SOS",
              answer=AlertOut, roles=_MEMBERS, problems=(404,)),
        Route(method="POST", path="/sos", handler=handlers.call_for_help, tag=tag,
              summary="A member's cry for help; again while one is open: the same one", body=SosIn, answer=AlertOut,
              status=201, roles=_MEMBERS, problems=(409,), idempotent=True),
        Route(method="POST", path="/sos/cancel", handler=handlers.cancel, tag=tag,
              summary="The member takes it back; it stays on record", body=AlertNoteIn, answer=AlertOut,
              roles=_MEMBERS, problems=(404, 409)),
    ]  # fmt: skip
