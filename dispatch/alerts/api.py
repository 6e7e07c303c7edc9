"""/alerts and /sos: what a command centre must look at now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from psycopg_pool import AsyncConnectionPool
from pydantic import AfterValidator, BaseModel, Field

from dispatch.alerts.model import Alert, AlertAction, AlertKind, AlertState
from dispatch.alerts.service import AlertService
from dispatch.alerts.store import AlertStore
from dispatch.incidents.actor import actor_of
from dispatch.incidents.api import DISPATCHERS, incident_out, place_of
from dispatch.incidents.shapes import IncidentOut, Latitude, Longitude, Text
from registry.api.fields import Id
from registry.api.paging import PageQuery, after_key, cursor_of
from registry.api.problems import BadRequest, NotFound
from registry.api.route import Call, Handler, Role, Route

__all__ = ["Near", "routes"]

Near = Callable[[float, float, int], Sequence[Mapping[str, Any]]]
"""Who could help at (latitude, longitude), but the member with that key."""


class NearestOut(BaseModel):
    """A member who could help. metres: straight line when it was raised."""

    member: str
    name: str | None
    metres: float


class AlertOut(BaseModel):
    """An alert. organisation, member, incident: ids; nearest: who could help when it was raised."""

    id: str
    kind: AlertKind
    subject: str
    state: AlertState
    organisation: str
    member: str | None
    name: str | None
    latitude: float | None
    longitude: float | None
    text: str
    drill: bool
    nearest: list[NearestOut]
    incident: str | None
    raised_at: datetime
    acknowledged_at: datetime | None
    assigned_at: datetime | None
    cleared_at: datetime | None


class AlertPage(BaseModel):
    """Alerts, the newest first."""

    items: list[AlertOut]
    next: str | None


class AlertEntry(BaseModel):
    """Who did what about it."""

    at: datetime
    action: str
    actor: str
    note: str | None


class AlertLog(BaseModel):
    """The trail, the oldest first."""

    items: list[AlertEntry]


def _states(text: str) -> str:
    unknown = set(text.split(",")) - {str(state) for state in AlertState}
    if unknown:
        raise ValueError(f"no state of an alert: {', '.join(sorted(unknown))}")
    return text


class AlertQuery(PageQuery):
    """Which alerts."""

    state: Annotated[str, AfterValidator(_states)] | None = Field(None, max_length=100, description="words, by comma")
    kind: AlertKind | None = None


class ActIn(BaseModel, extra="forbid"):
    """What is done about it."""

    note: Text | None = None


class DrillIn(BaseModel, extra="forbid"):
    """An exercise with this member."""

    member: Id


class SosIn(BaseModel, extra="forbid"):
    """latitude, longitude: where the member is, left out: where the handheld was last."""

    latitude: Latitude | None = None
    longitude: Longitude | None = None


class _Handlers:
    def __init__(self, service: AlertService, pool: AsyncConnectionPool, near: Near, last: LastKnown) -> None:
        self._service, self._pool, self._near, self._last = service, pool, near, last

    async def page(self, call: Call) -> AlertPage:
        """Those the caller may see."""
        query: AlertQuery = call.query
        rows = await self._service.page(
            actor_of(call.user), before=after_key(query.cursor), limit=query.limit, kind=query.kind,
            states=None if query.state is None else query.state.split(","),
        )  # fmt: skip
        more = cursor_of(rows[-1].key) if len(rows) == query.limit else None
        return AlertPage(items=[_out(row) for row in rows], next=more)

    async def one(self, call: Call) -> AlertOut:
        """One of them."""
        return _out(await self._service.find(call.path["id"], actor_of(call.user)))

    async def log(self, call: Call) -> AlertLog:
        """Its trail."""
        entries = await self._service.log(call.path["id"], actor_of(call.user))
        return AlertLog(items=[AlertEntry.model_validate(entry) for entry in entries])

    def act(self, action: AlertAction) -> Handler:
        """One of the actions."""

        async def act(call: Call) -> AlertOut:
            body: ActIn = call.body
            return _out(await self._service.act(call.path["id"], actor_of(call.user), action, body.note))

        return act

    async def to_incident(self, call: Call) -> IncidentOut:
        """An incident out of it."""
        return incident_out(await self._service.to_incident(call.path["id"], actor_of(call.user)))

    async def drill(self, call: Call) -> AlertOut:
        """An exercise."""
        body: DrillIn = call.body
        actor = actor_of(call.user)
        async with self._pool.connection() as connection:
            member = await AlertStore(connection).member_key(body.member, actor.organisation)
        if member is None:
            raise NotFound(f"there is no member {body.member!r} that you may see")
        return await self._raise(call, member, self._last(member), drill=True)

    async def sos(self, call: Call) -> AlertOut:
        """The caller is in danger."""
        body: SosIn = call.body
        if call.user.member is None:
            raise BadRequest("no member is tied to this user")
        place = place_of(body.latitude, body.longitude) or self._last(call.user.member)
        return await self._raise(call, call.user.member, place, drill=False)

    async def cancel(self, call: Call) -> AlertOut:
        """The danger is over."""
        body: ActIn = call.body
        if call.user.member is None:
            raise BadRequest("no member is tied to this user")
        async with self._pool.connection() as connection:
            found = await AlertStore(connection).place_of_member(call.user.member)
        assert found is not None
        return _out(await self._service.cancel(found[1], actor_of(call.user), body.note or "cancelled by the member"))

    async def _raise(self, call: Call, member: int, place: tuple[float, float] | None, *, drill: bool) -> AlertOut:
        nearest = [] if place is None else self._near(*place, member)
        told = await self._service.raise_for_member(
            member, actor_of(call.user), place=place, drill=drill, nearest=nearest
        )
        return _out(told)


LastKnown = Callable[[int], tuple[float, float] | None]
"""Where a member (key) was last."""


def _out(alert: Alert) -> AlertOut:
    return AlertOut.model_validate(asdict(alert))


def routes(service: AlertService, pool: AsyncConnectionPool, near: Near, last: LastKnown) -> list[Route]:
    """The alerts' routes."""
    handlers, tag = _Handlers(service, pool, near, last), "alerts"
    one = "/alerts/{id}"
    acts = [
        (AlertAction.ACKNOWLEDGE, "Somebody has seen it"),
        (AlertAction.ASSIGN, "Somebody was sent"),
        (AlertAction.CLEAR, "It is over"),
    ]
    members = frozenset({Role.MEMBER})
    return [
        Route(method="GET", path="/alerts", handler=handlers.page, tag=tag, summary="Alerts, the newest first",
              query=AlertQuery, answer=AlertPage),
        Route(method="POST", path="/alerts/drill", handler=handlers.drill, tag=tag, body=DrillIn, answer=AlertOut,
              summary="An exercise: a member's SOS, marked as a drill everywhere", roles=DISPATCHERS, status=201,
              problems=(404,)),
        Route(method="GET", path=one, handler=handlers.one, tag=tag, summary="One alert", answer=AlertOut,
              problems=(404,)),
        Route(method="GET", path=f"{one}/log", handler=handlers.log, tag=tag, summary="Who did what about it",
              answer=AlertLog, problems=(404,)),
        *[
            Route(method="POST", path=f"{one}/{action}", handler=handlers.act(action), tag=tag, summary=summary,
                  body=ActIn, answer=AlertOut, roles=DISPATCHERS | {Role.SUPERVISOR}, problems=(404, 409))
            for action, summary in acts
        ],
        Route(method="POST", path=f"{one}/incident", handler=handlers.to_incident, tag=tag,
              summary="Raise an incident out of it, once", answer=IncidentOut, status=201, roles=DISPATCHERS,
              problems=(400, 404, 409)),
        Route(method="POST", path="/sos", handler=handlers.sos, tag=tag, summary="A member asks for help",
              body=SosIn, answer=AlertOut, status=201, roles=members, problems=(404,)),
        Route(method="POST", path="/sos/cancel", handler=handlers.cancel, tag=tag,
              summary="A member's own danger is over", body=ActIn, answer=AlertOut, roles=members, problems=(404, 409)),
    ]  # fmt: skip
