"""/incidents/{id}/dispatch, feedback and verify, and /assignments: who is sent, and how it goes."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field

from dispatch.assignments.model import AssignmentState, Offer, Sent
from dispatch.assignments.service import AssignmentService
from dispatch.incidents.actor import actor_of
from dispatch.incidents.api import DISPATCHERS, incident_out, place_of
from dispatch.incidents.model import Action
from dispatch.incidents.shapes import AssignmentOut, IncidentOut, Latitude, Longitude, Text, VersionIn
from registry.api.fields import Id
from registry.api.paging import PageQuery, after_key, page_of
from registry.api.problems import BadRequest
from registry.api.route import EVERYBODY, Call, Handler, Role, Route

__all__ = ["AssignmentFilter", "routes"]

_HANDLERS = EVERYBODY - {Role.OBSERVER}
_MOST_SENT = 50


class SendIn(BaseModel, extra="forbid"):
    """A member to send, with what the recommendation said."""

    member: Id
    metres: float | None = Field(None, ge=0, le=1e8, allow_inf_nan=False)
    eta_s: float | None = Field(None, ge=0, le=1e8, allow_inf_nan=False)


class DispatchIn(VersionIn):
    """Who is sent. members: ids, or objects with what the recommendation said; departments: ids.

    policy: how the next candidate is found when one declines or does not answer; null: a dispatcher decides.
    """

    members: list[Id | SendIn] = Field(default_factory=list, max_length=_MOST_SENT)
    departments: list[Id] = Field(default_factory=list, max_length=_MOST_SENT)
    exclusive: bool = Field(True, description="the member takes no other assignment meanwhile")
    answer_within_s: float = Field(60.0, ge=0.1, le=86_400, allow_inf_nan=False)
    policy: str | None = Field("travel_time", pattern="^(own_grid|nearest|travel_time)$")


class FeedbackIn(VersionIn):
    """What was done; latitude, longitude: where the handler stands."""

    note: Text
    latitude: Latitude | None = None
    longitude: Longitude | None = None


class VerifyIn(FeedbackIn):
    """Whether it is in order now."""

    passed: bool


class StepIn(BaseModel, extra="forbid"):
    """latitude, longitude: where the member stands."""

    reason: Text | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None


class AssignmentRow(AssignmentOut):
    """An assignment with the incident (id) it is on."""

    incident: str


class AssignmentPage(BaseModel):
    """Assignments, the newest first."""

    items: list[AssignmentRow]
    next: str | None


def _states(text: str) -> str:
    unknown = set(text.split(",")) - {str(state) for state in AssignmentState}
    if unknown:
        raise ValueError(f"no state of an assignment: {', '.join(sorted(unknown))}")
    return text


class AssignmentFilter(BaseModel, extra="forbid"):
    """Which assignments; a member gets only his own."""

    state: Annotated[str, AfterValidator(_states)] | None = Field(None, max_length=200, description="words, by comma")
    member: str | None = Field(None, max_length=128)
    incident: str | None = Field(None, max_length=128)

    def filters(self) -> dict[str, Any]:
        """As the store takes them."""
        states = None if self.state is None else self.state.split(",")
        return {"states": states, "member": self.member, "incident": self.incident}


class AssignmentQuery(AssignmentFilter, PageQuery):
    """A page of them."""


class _Handlers:
    def __init__(self, service: AssignmentService) -> None:
        self._service = service

    async def dispatch(self, call: Call) -> IncidentOut:
        """Send somebody."""
        body: DispatchIn = call.body
        offer = Offer(
            members=[_sent(one) for one in body.members], departments=body.departments, exclusive=body.exclusive,
            answer_within=timedelta(seconds=body.answer_within_s), policy=body.policy,
        )  # fmt: skip
        return incident_out(await self._service.dispatch(call.path["id"], actor_of(call.user), body.version, offer))

    async def feedback(self, call: Call) -> IncidentOut:
        """Done."""
        body: FeedbackIn = call.body
        told = await self._service.feedback(
            call.path["id"], actor_of(call.user), body.version, body.note,
            place=place_of(body.latitude, body.longitude), idempotency_key=call.idempotency_key,
        )  # fmt: skip
        return incident_out(told)

    async def verify(self, call: Call) -> IncidentOut:
        """In order, or not."""
        body: VerifyIn = call.body
        told = await self._service.verify(
            call.path["id"], actor_of(call.user), body.version, body.passed, body.note,
            place=place_of(body.latitude, body.longitude), idempotency_key=call.idempotency_key,
        )  # fmt: skip
        return incident_out(told)

    def step(self, action: Action) -> Handler:
        """A step of an assignment."""

        async def step(call: Call) -> IncidentOut:
            body: StepIn = call.body
            if action is Action.DECLINE and body.reason is None:
                raise BadRequest("say the reason")
            told = await self._service.step(
                call.path["id"], actor_of(call.user), action, reason=body.reason,
                place=place_of(body.latitude, body.longitude), idempotency_key=call.idempotency_key,
            )  # fmt: skip
            return incident_out(told)

        return step

    async def page(self, call: Call) -> AssignmentPage:
        """Those the caller may see."""
        query: AssignmentQuery = call.query
        rows = await self._service.page(
            actor_of(call.user),
            before=after_key(query.cursor),
            limit=query.limit,
            filters=query.filters(),
        )
        return page_of(AssignmentPage, rows, query.limit)


def _sent(one: str | SendIn) -> Sent:
    return Sent(member=one) if isinstance(one, str) else Sent(**one.model_dump())


def routes(service: AssignmentService) -> list[Route]:
    """The assignments' routes."""
    handlers, tag = _Handlers(service), "assignments"
    incident = "/incidents/{id}"
    steps = [
        ("acknowledge", Action.ACKNOWLEDGE, "The member says yes", _HANDLERS),
        ("decline", Action.DECLINE, "The member says no, with the reason", _HANDLERS),
        ("en-route", Action.EN_ROUTE, "The member is on the way", _HANDLERS),
        ("arrive", Action.ARRIVE, "The member is on scene", _HANDLERS),
        ("clear", Action.CLEAR, "The member is not needed any more", DISPATCHERS),
    ]
    return [
        Route(method="POST", path=f"{incident}/dispatch", handler=handlers.dispatch, tag=tag,
              summary="Send members and departments, all or none", body=DispatchIn, answer=IncidentOut,
              roles=DISPATCHERS, problems=(404, 409)),
        Route(method="POST", path=f"{incident}/feedback", handler=handlers.feedback, tag=tag,
              summary="The handler is done", body=FeedbackIn, answer=IncidentOut, roles=_HANDLERS, problems=(404, 409),
              idempotent=True),
        Route(method="POST", path=f"{incident}/verify", handler=handlers.verify, tag=tag,
              summary="Somebody else looked at it on the spot", body=VerifyIn, answer=IncidentOut, roles=_HANDLERS,
              problems=(404, 409), idempotent=True),
        Route(method="GET", path="/assignments", handler=handlers.page, tag=tag,
              summary="Assignments, the newest first", query=AssignmentQuery, answer=AssignmentPage, roles=EVERYBODY),
        *[
            Route(method="POST", path=f"/assignments/{{id}}/{name}", handler=handlers.step(action), tag=tag,
                  summary=summary, body=StepIn, answer=IncidentOut, roles=roles, problems=(404, 409),
                  idempotent=True)
            for name, action, summary, roles in steps
        ],
    ]  # fmt: skip
