"""/shifts and /roster: who is on duty when."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from pydantic import AwareDatetime, BaseModel, Field

from dispatch.incidents.actor import actor_of
from dispatch.incidents.api import DISPATCHERS
from dispatch.incidents.shapes import Text
from dispatch.shifts.service import ShiftService
from dispatch.shifts.store import HandOver, Shift
from registry.api.fields import UNSET, Id, Line, Patch
from registry.api.paging import PageQuery, after_key, page_of
from registry.api.route import Call, Role, Route

__all__ = ["routes"]

_PLANNERS = DISPATCHERS | {Role.SUPERVISOR}
_MOST = 1_000


class ShiftIn(BaseModel, extra="forbid"):
    """A shift to add. members: ids."""

    organisation: Id
    name: Line
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    members: list[Id] = Field(default_factory=list, max_length=_MOST)


class ShiftPatch(Patch):
    """What to change; members: the whole list."""

    name: Line = UNSET
    starts_at: AwareDatetime = UNSET
    ends_at: AwareDatetime = UNSET
    members: list[Id] = Field(UNSET, max_length=_MOST)


class ShiftOut(BaseModel):
    """A shift. members: ids."""

    id: str
    organisation: str
    name: str
    starts_at: datetime
    ends_at: datetime
    members: list[str]


class HandOverOut(BaseModel):
    """One member's open work went to another; incidents: ids."""

    member: str
    taker: str
    by_name: str
    at: datetime
    note: str
    incidents: list[str]


class ShiftDetail(ShiftOut):
    """A shift, and what was handed over in it."""

    hand_overs: list[HandOverOut]


class ShiftPage(BaseModel):
    """Shifts in the order of their keys."""

    items: list[ShiftOut]
    next: str | None


class ShiftQuery(PageQuery):
    """Which shifts."""

    member: str | None = Field(None, max_length=128)
    since: AwareDatetime | None = Field(None, description="that end since")
    until: AwareDatetime | None = Field(None, description="that begin before")


class RosterQuery(BaseModel, extra="forbid"):
    """Who is on duty. at: left out, now."""

    at: AwareDatetime | None = None
    organisation: str | None = Field(None, max_length=128)


class OnDutyOut(BaseModel):
    """A member on a shift. on_duty: as the registry says now."""

    member: str
    name: str
    organisation: str
    shift: str
    shift_name: str
    ends_at: datetime
    on_duty: bool


class RosterOut(BaseModel):
    """Who is on a shift."""

    items: list[OnDutyOut]


class HandOverIn(BaseModel, extra="forbid"):
    """member: whose open assignments go to `taker`."""

    member: Id
    taker: Id
    note: Text


class _Handlers:
    def __init__(self, service: ShiftService) -> None:
        self._service = service

    async def add(self, call: Call) -> ShiftOut:
        """Add one."""
        body: ShiftIn = call.body
        return _out(await self._service.add(actor_of(call.user), **body.model_dump()))

    async def change(self, call: Call) -> ShiftOut:
        """Change one."""
        body: ShiftPatch = call.body
        return _out(await self._service.change(call.path["id"], actor_of(call.user), body.changes()))

    async def remove(self, call: Call) -> None:
        """Remove one."""
        await self._service.remove(call.path["id"], actor_of(call.user))

    async def one(self, call: Call) -> ShiftDetail:
        """One of them."""
        shift, hand_overs = await self._service.find(call.path["id"], actor_of(call.user))
        return ShiftDetail(**_out(shift).model_dump(), hand_overs=[_hand_over(one) for one in hand_overs])

    async def page(self, call: Call) -> ShiftPage:
        """Those the caller may see."""
        query: ShiftQuery = call.query
        rows = await self._service.page(
            actor_of(call.user), after=after_key(query.cursor), limit=query.limit, member=query.member,
            since=query.since, until=query.until,
        )  # fmt: skip
        return page_of(ShiftPage, rows, query.limit, _out)

    async def roster(self, call: Call) -> RosterOut:
        """Who is on duty."""
        query: RosterQuery = call.query
        found = await self._service.roster(actor_of(call.user), query.at, query.organisation)
        return RosterOut(items=[OnDutyOut.model_validate(asdict(one)) for one in found])

    async def hand_over(self, call: Call) -> HandOverOut:
        """One member's work to another."""
        body: HandOverIn = call.body
        made = await self._service.hand_over(
            call.path["id"], actor_of(call.user), member=body.member, taker=body.taker, note=body.note
        )
        return _hand_over(made)


def _out(shift: Shift) -> ShiftOut:
    return ShiftOut.model_validate(asdict(shift))


def _hand_over(made: HandOver) -> HandOverOut:
    return HandOverOut.model_validate(asdict(made))


def routes(service: ShiftService) -> list[Route]:
    """The shifts' routes."""
    handlers, tag = _Handlers(service), "shifts"
    one = "/shifts/{id}"
    return [
        Route(method="GET", path="/shifts", handler=handlers.page, tag=tag, summary="Shifts", query=ShiftQuery,
              answer=ShiftPage),
        Route(method="POST", path="/shifts", handler=handlers.add, tag=tag, summary="Add a shift", body=ShiftIn,
              answer=ShiftOut, status=201, roles=_PLANNERS, problems=(404,)),
        Route(method="GET", path=one, handler=handlers.one, tag=tag, summary="One shift, and its hand-overs",
              answer=ShiftDetail, problems=(404,)),
        Route(method="PATCH", path=one, handler=handlers.change, tag=tag, summary="Change a shift or who is on it",
              body=ShiftPatch, answer=ShiftOut, roles=_PLANNERS, problems=(404,)),
        Route(method="DELETE", path=one, handler=handlers.remove, tag=tag, summary="Remove a shift", status=204,
              roles=_PLANNERS, problems=(404,)),
        Route(method="POST", path=f"{one}/hand-over", handler=handlers.hand_over, tag=tag,
              summary="One member's open assignments go to another, all or none", body=HandOverIn, answer=HandOverOut,
              roles=_PLANNERS, problems=(404, 409)),
        Route(method="GET", path="/roster", handler=handlers.roster, tag=tag, summary="Who is on a shift at an instant",
              query=RosterQuery, answer=RosterOut),
    ]  # fmt: skip
