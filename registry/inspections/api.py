"""/registry/inspection-plans and /registry/inspections."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, Field

from registry.api.fields import Id, Line
from registry.api.paging import PageQuery, after_key, page_of
from registry.api.route import Call, Role, Route
from registry.elements.shapes.common import Latitude, Longitude
from registry.elements.shapes.places import PlaceKind, Risk
from registry.forms.model import READERS
from registry.inspections.follow_up import Report, follow_up
from registry.inspections.model import (
    InspectionOut,
    InspectionState,
    PlanBefore,
    PlanFields,
    PlanOut,
    PlanRules,
    Result,
    Tally,
)
from registry.inspections.service import Inspected, InspectionService

__all__ = ["routes"]

_PLANNERS = frozenset({Role.ADMINISTRATOR, Role.COMMANDER})
_INSPECTORS = frozenset({Role.ADMINISTRATOR, Role.COMMANDER, Role.OFFICER, Role.MEMBER})
_STAFF = READERS - {Role.MEMBER}


class RulesIn(PlanRules, extra="forbid", frozen=True):
    """What a plan says: which places, how often, by which form."""

    name: Line
    kind: PlaceKind | None = None
    risk: Risk | None = None
    form: Id
    every_days: int = Field(ge=1, le=3660)
    remind_days: int = Field(7, ge=0, le=90)
    first_due_at: AwareDatetime


class PlanIn(RulesIn, PlanFields, extra="forbid", frozen=True):
    """A plan of the places below an organisation."""

    organisation: Id


class PlanChange(RulesIn, extra="forbid", frozen=True):
    """All that a plan says from now on. version: the one that was seen."""

    version: int = Field(ge=1, le=1_000_000)


class PlanHistory(BaseModel):
    """What a plan said before each change, the newest first."""

    items: list[PlanBefore]


class FollowUpIn(BaseModel, extra="forbid"):
    """An incident out of what was found. description: left out, the place and the plan."""

    kind: Id
    description: Annotated[str, Field(min_length=1, max_length=4_000)] | None = None


class PlanEnd(BaseModel, extra="forbid"):
    """version: the one that was seen."""

    version: int = Field(ge=1, le=1_000_000)


class PlanList(BaseModel):
    """Plans in the order they were made."""

    items: list[PlanOut]


class InspectionQuery(PageQuery):
    """Which inspections. overdue: true: only those whose time is over."""

    organisation: str | None = Field(None, max_length=128, description="id; its whole subtree")
    plan: str | None = Field(None, max_length=128, description="id")
    place: str | None = Field(None, max_length=128, description="id")
    incident: str | None = Field(None, max_length=128, description="id: what it came out of")
    state: InspectionState | None = None
    overdue: bool = False


class InspectionPage(BaseModel):
    """Inspections in the order in which they are due."""

    items: list[InspectionOut]
    next: str | None


class SummaryQuery(BaseModel, extra="forbid"):
    """Below which organisation; left out, the caller's own."""

    organisation: str | None = Field(None, max_length=128, description="id")


class Summary(BaseModel):
    """Those with the most overdue first."""

    items: list[Tally]


class InspectedIn(BaseModel, extra="forbid"):
    """What was found. answers: to the plan's form. done_at: left out, now."""

    result: Result
    answers: dict[str, Any]
    form_version: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    done_at: AwareDatetime | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None


class _Handlers:
    def __init__(self, service: InspectionService, report: Report) -> None:
        self._service, self._follow_up = service, partial(follow_up, service, report)

    async def plans(self, call: Call) -> PlanList:
        """Of the caller's organisations."""
        return PlanList.model_validate({"items": [one.model_dump() for one in await self._service.plans(call.user)]})

    async def add_plan(self, call: Call) -> PlanOut:
        """A new one."""
        fields = call.body.model_dump()
        return _plan(await self._service.add_plan(fields, call.user, idempotency_key=call.idempotency_key))

    async def end_plan(self, call: Call) -> PlanOut:
        """No more by it."""
        return _plan(await self._service.end_plan(call.path["id"], call.body.version, call.user))

    async def change_plan(self, call: Call) -> PlanOut:
        """It says otherwise."""
        body: PlanChange = call.body
        rules = body.model_dump(exclude={"version"})
        return _plan(await self._service.change_plan(call.path["id"], body.version, rules, call.user))

    async def plan_before(self, call: Call) -> PlanHistory:
        """What it said."""
        return PlanHistory(items=await self._service.plan_before(call.path["id"], call.user))

    async def follow_up(self, call: Call) -> InspectionOut:
        """An incident out of one."""
        body: FollowUpIn = call.body
        return _out(await self._follow_up(call.path["id"], body.kind, body.description, call.user))

    async def page(self, call: Call) -> InspectionPage:
        """What is due, was done, or is overdue."""
        query: InspectionQuery = call.query
        asked = query.model_dump(exclude={"cursor", "limit"})
        found = await self._service.page(call.user, asked, after=after_key(query.cursor), limit=query.limit)
        return page_of(InspectionPage, found, query.limit, _out)

    async def summary(self, call: Call) -> Summary:
        """Of each organisation below one."""
        organisation = call.query.organisation or call.user.organisation_id
        return Summary(items=await self._service.tallies(call.user, organisation))

    async def one(self, call: Call) -> InspectionOut:
        """One of them."""
        return _out(await self._service.find(call.path["id"], call.user))

    async def do(self, call: Call) -> InspectionOut:
        """It was done."""
        inspected = Inspected(**call.body.model_dump())
        key = call.idempotency_key
        return _out(await self._service.do(call.path["id"], inspected, call.user, idempotency_key=key))


def _plan(plan: PlanOut) -> PlanOut:
    return PlanOut.model_validate(plan.model_dump())


def _out(one: InspectionOut) -> InspectionOut:
    return InspectionOut.model_validate(one.model_dump())


def routes(service: InspectionService, report: Report) -> list[Route]:
    """The routes of plans and inspections; the summary before what has an id in its place."""
    handlers, tag = _Handlers(service, report), "inspections"
    plans, path = "/registry/inspection-plans", "/registry/inspections"
    return [
        Route(method="GET", path=plans, handler=handlers.plans, tag=tag, summary="Which places are inspected how often",
              answer=PlanList, roles=_STAFF),
        Route(method="POST", path=plans, handler=handlers.add_plan, tag=tag, summary="Plan inspections", body=PlanIn,
              answer=PlanOut, status=201, roles=_PLANNERS, problems=(404, 409), idempotent=True),
        Route(method="POST", path=f"{plans}/{{id}}/end", handler=handlers.end_plan, tag=tag,
              summary="End a plan; what is open of it is cancelled", body=PlanEnd, answer=PlanOut, roles=_PLANNERS,
              problems=(404, 409)),
        Route(method="PUT", path=f"{plans}/{{id}}", handler=handlers.change_plan, tag=tag,
              summary="Change a plan; what is open of it is due accordingly", body=PlanChange, answer=PlanOut,
              roles=_PLANNERS, problems=(404, 409)),
        Route(method="GET", path=f"{plans}/{{id}}/history", handler=handlers.plan_before, tag=tag,
              summary="What a plan said before each change", answer=PlanHistory, roles=_STAFF, problems=(404,)),
        Route(method="GET", path=path, handler=handlers.page, tag=tag, summary="What is due, overdue or was done",
              query=InspectionQuery, answer=InspectionPage, roles=READERS),
        Route(method="GET", path=f"{path}/summary", handler=handlers.summary, tag=tag,
              summary="Due and overdue of each organisation below one", query=SummaryQuery, answer=Summary,
              roles=_STAFF),
        Route(method="GET", path=f"{path}/{{id}}", handler=handlers.one, tag=tag, summary="One inspection",
              answer=InspectionOut, roles=READERS, problems=(404,)),
        Route(method="POST", path=f"{path}/{{id}}/done", handler=handlers.do, tag=tag,
              summary="An inspection was done: its form, filled in at the place", body=InspectedIn,
              answer=InspectionOut, roles=_INSPECTORS, problems=(404, 409), idempotent=True),
        Route(method="POST", path=f"{path}/{{id}}/incident", handler=handlers.follow_up, tag=tag,
              summary="Report an incident out of the faults that an inspection found, once", body=FollowUpIn,
              answer=InspectionOut, roles=_INSPECTORS | {Role.DISPATCHER}, problems=(404, 409)),
    ]  # fmt: skip
