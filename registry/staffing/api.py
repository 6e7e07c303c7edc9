"""/organisations/{id}/staffing: wanted against present for each post."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from registry.api.route import ADMINISTRATORS, Call, Route
from registry.organisations.model import Level
from registry.posts.model import CODE
from registry.staffing.model import Staffing
from registry.staffing.service import StaffingService

__all__ = ["routes"]


class FilledOut(BaseModel):
    """A post. present: members who hold it; on_duty: of these, now; shortfall: how many are missing."""

    post: str
    name_en: str
    name_zh: str
    wanted: int
    present: int
    on_duty: int
    shortfall: int


class ShortOut(BaseModel):
    """An organisation that misses somebody. preset: that it is staffed by; posts: those with too few."""

    organisation: str
    name: str
    level: Level
    preset: str
    shortfall: int
    posts: list[FilledOut]


class StaffingOut(BaseModel):
    """Of an organisation and all below it. A surplus in one of them fills no post of another.

    chosen: presets chosen at this organisation; preset: that counts for itself, null where none does.
    short: the organisations that miss most, 200 at most; short_total: how many there are.
    """

    organisation: str
    level: Level
    chosen: list[str]
    preset: str | None
    posts: list[FilledOut]
    short: list[ShortOut]
    short_total: int


class StaffingIn(BaseModel, extra="forbid"):
    """presets: codes, one a level; empty: what is chosen above counts."""

    presets: list[Annotated[str, Field(pattern=CODE)]] = Field(max_length=len(Level))


class _Handlers:
    def __init__(self, service: StaffingService) -> None:
        self._service = service

    async def of(self, call: Call) -> StaffingOut:
        """Of one of the caller's."""
        return _out(await self._service.of(call.path["id"], caller=call.user.organisation))

    async def choose(self, call: Call) -> StaffingOut:
        """Staff it by presets."""
        body: StaffingIn = call.body
        return _out(await self._service.choose(call.path["id"], body.presets, caller=call.user.organisation))


def _out(staffing: Staffing) -> StaffingOut:
    return StaffingOut.model_validate(staffing, from_attributes=True)


def routes(service: StaffingService) -> list[Route]:
    """The staffing's routes."""
    handlers, tag, path = _Handlers(service), "posts", "/organisations/{id}/staffing"
    return [
        Route(method="GET", path=path, handler=handlers.of, tag=tag,
              summary="Wanted against present for each post, here and below", answer=StaffingOut, problems=(404,)),
        Route(method="PATCH", path=path, handler=handlers.choose, tag=tag,
              summary="Choose the presets that it and what is below are staffed by", body=StaffingIn,
              answer=StaffingOut, roles=ADMINISTRATORS, problems=(404,)),
    ]  # fmt: skip
