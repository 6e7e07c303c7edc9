"""/diary: what members write about their visits."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, Field, model_validator

from insight.diary.service import DiaryService
from insight.scope import JUDGES, Words
from registry.api.fields import Id, Line
from registry.api.paging import PageQuery, after_key, page_of
from registry.api.route import EVERYBODY, Call, Role, Route

__all__ = ["routes"]

Ids = Annotated[list[Id], Field(max_length=20)]


class EntryIn(BaseModel, extra="forbid"):
    """A visit. people, households, places: registry ids of who and what was visited; met: who else, in words."""

    text: Words
    visited_at: AwareDatetime
    latitude: float | None = Field(None, ge=-90, le=90, allow_inf_nan=False)
    longitude: float | None = Field(None, ge=-180, le=180, allow_inf_nan=False)
    place: Line | None = None
    met: Line | None = None
    people: Ids = Field(default_factory=list)
    households: Ids = Field(default_factory=list)
    places: Ids = Field(default_factory=list)

    @model_validator(mode="after")
    def _both(self) -> EntryIn:
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("latitude and longitude belong together: give both or neither")
        return self


class VisitedOut(BaseModel):
    """Who or what was visited. element: people, households or places."""

    element: str
    id: str
    name: str


class EntryOut(BaseModel):
    """An entry. drawn_at: chance chose it to be rated; rating: 1 to 5, null: not rated. incident: made out of it.

    photographs: how many there are.
    """

    id: str
    organisation: str
    organisation_name: str
    member: str | None
    author: str
    text: str
    visited_at: datetime
    latitude: float | None
    longitude: float | None
    place: str | None
    met: str | None
    photographs: int
    incident: str | None
    written_at: datetime
    drawn_at: datetime | None
    rating: int | None
    word: str | None
    rated_by: str | None
    rated_at: datetime | None
    visited: list[VisitedOut]


class EntryPage(BaseModel):
    """The newest first."""

    items: list[EntryOut]
    next: str | None


class EntryQuery(PageQuery):
    """Which. rated: of those drawn, those rated or those not."""

    member: str | None = Field(None, max_length=128)
    organisation: str | None = Field(None, max_length=128, description="id; its whole subtree")
    since: AwareDatetime | None = Field(None, description="visited since")
    until: AwareDatetime | None = Field(None, description="visited before")
    rated: bool | None = None


class RatingIn(BaseModel, extra="forbid"):
    """rating: 1 (poor) to 5 (excellent); word: why."""

    rating: int = Field(ge=1, le=5)
    word: Words


class FollowUpIn(BaseModel, extra="forbid"):
    """An incident out of the entry. description: left out, the entry's text."""

    kind: Id
    description: Words | None = None


class DrawnOut(BaseModel):
    """How many entries were drawn now."""

    drawn: int


class _Handlers:
    def __init__(self, service: DiaryService) -> None:
        self._service = service

    async def write(self, call: Call) -> EntryOut:
        """Write one."""
        body: EntryIn = call.body
        visited = {"people": body.people, "households": body.households, "places": body.places}
        entry = body.model_dump(exclude=set(visited))
        return EntryOut.model_validate(await self._service.write(call.user, entry, visited, call.idempotency_key))

    async def page(self, call: Call) -> EntryPage:
        """A page."""
        query: EntryQuery = call.query
        rows = await self._service.page(
            call.user, before=after_key(query.cursor), limit=query.limit,
            filters=query.model_dump(exclude={"cursor", "limit"}),
        )  # fmt: skip
        return page_of(EntryPage, rows, query.limit)

    async def one(self, call: Call) -> EntryOut:
        """One."""
        return EntryOut.model_validate(await self._service.find(call.user, call.path["id"]))

    async def draw(self, call: Call) -> DrawnOut:
        """Draw."""
        return DrawnOut(drawn=await self._service.draw(call.user))

    async def rate(self, call: Call) -> EntryOut:
        """Rate one."""
        body: RatingIn = call.body
        return EntryOut.model_validate(
            await self._service.rate(call.user, call.path["id"], body.rating, body.word)
        )  # fmt: skip

    async def follow_up(self, call: Call) -> EntryOut:
        """An incident out of one."""
        body: FollowUpIn = call.body
        return EntryOut.model_validate(
            await self._service.follow_up(call.user, call.path["id"], body.kind, body.description)
        )


def routes(service: DiaryService) -> list[Route]:
    """The diary's routes."""
    h, tag = _Handlers(service), "diary"
    writers = EVERYBODY - {Role.OBSERVER}
    return [
        Route(method="GET", path="/diary", handler=h.page, tag=tag, query=EntryQuery, answer=EntryPage,
              roles=EVERYBODY, summary="The work diary, the newest first"),
        Route(method="POST", path="/diary", handler=h.write, tag=tag, body=EntryIn, answer=EntryOut, status=201,
              roles=writers, idempotent=True, summary="Write an entry about a visit"),
        Route(method="GET", path="/diary/{id}", handler=h.one, tag=tag, answer=EntryOut, roles=EVERYBODY,
              problems=(404,), summary="One entry"),
        Route(method="POST", path="/diary/{id}/incident", handler=h.follow_up, tag=tag, body=FollowUpIn,
              answer=EntryOut, roles=writers, problems=(404, 409), summary="Report an incident out of an entry, once"),
        Route(method="POST", path="/diary/{id}/rating", handler=h.rate, tag=tag, body=RatingIn, answer=EntryOut,
              roles=JUDGES, problems=(404, 409), summary="Rate an entry that was drawn"),
        Route(method="POST", path="/diary/samples", handler=h.draw, tag=tag, answer=DrawnOut, roles=JUDGES,
              summary="Draw by chance the entries to rate in the running period"),
    ]  # fmt: skip
