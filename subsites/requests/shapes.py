"""The bodies of /requests and /public/requests, in and out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator

from registry.api.fields import Id, Line
from subsites.record.shapes import (
    CodeIn,
    ContactIn,
    EntryOut,
    Latitude,
    Longitude,
    NoteIn,
    RoomQuery,
    Text,
    VersionIn,
    few_links,
)
from subsites.requests.model import Kind, State

__all__ = [
    "FiledOut", "FollowUpIn", "FollowedOut", "ForwardIn", "MessageIn", "MessageOut", "PublicList", "PublicMessage",
    "RequestDetail", "RequestIn", "RequestOut", "RequestPage", "RequestQuery", "SaidIn", "SaidOut",
    "SendOnIn", "WriteIn",
]  # fmt: skip


class SaidIn(ContactIn):
    """What a citizen says. Where: an organisation, or a place; who: only if he wants to be called."""

    kind: Kind
    subject: Annotated[Line, Field(max_length=120)]
    body: Text
    organisation: Id | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    address: Line | None = None

    @model_validator(mode="after")
    def _placed(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("say both latitude and longitude, or neither")
        return self


class RequestIn(SaidIn):
    """What a citizen files."""

    language: Literal["en", "zh"] = "zh"

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        return few_links(self, self.body)


class FiledOut(BaseModel):
    """code: shown now and never again; who has it may follow the request."""

    id: str
    code: str
    state: State
    organisation_name: str


class WriteIn(CodeIn):
    """A message of the citizen."""

    body: Text


class PublicMessage(BaseModel):
    """by_citizen: whether the citizen wrote it; nobody of ours is named."""

    at: datetime
    by_citizen: bool
    body: str


class FollowedOut(BaseModel):
    """What the holder of a code is told. incident_state: of the incident that it became."""

    id: str
    state: State
    kind: Kind
    subject: str
    body: str
    organisation_name: str
    created_at: datetime
    ended_at: datetime | None
    answer: str | None
    incident_state: str | None
    score: int | None
    messages: list[PublicMessage]


class PublicOrganisation(BaseModel):
    """One that a request may go to. parent: id."""

    id: str
    name: str
    level: str
    parent: str | None


class PublicList(BaseModel):
    """Districts, streets and communities, by name."""

    items: list[PublicOrganisation]


class SaidOut(BaseModel):
    """What a citizen said, as staff see it, and what became of it. name, telephone: masked."""

    id: str
    version: int
    organisation: str
    organisation_name: str
    kind: Kind
    subject: str
    body: str
    latitude: float | None
    longitude: float | None
    address: str | None
    name: str | None
    telephone: str | None
    answer: str | None
    incident: str | None
    incident_state: str | None
    score: int | None
    score_comment: str | None
    created_at: datetime
    ended_at: datetime | None


class RequestOut(SaidOut):
    """A request. unread: the citizen said something since."""

    state: State
    source: str
    language: str
    taken_by: str | None
    unread: bool
    followed_up_at: datetime | None


class MessageOut(PublicMessage):
    """author: who of ours wrote it."""

    author: str


class RequestDetail(RequestOut):
    """With what was said and done."""

    messages: list[MessageOut]
    log: list[EntryOut]


class RequestPage(BaseModel):
    """Requests, the newest first."""

    items: list[RequestOut]
    next: str | None


class RequestQuery(RoomQuery):
    """Which ones."""

    state: State | None = None
    kind: Kind | None = None
    to_follow_up: bool = Field(False, description="only those that ended, and nobody asked since how it went")


class MessageIn(BaseModel, extra="forbid"):
    """A message to the citizen."""

    text: Text


class FollowUpIn(NoteIn):
    """score: 1 (bad) to 5 (very good), where the citizen said and had not rated it."""

    score: int | None = Field(None, ge=1, le=5)


class SendOnIn(NoteIn):
    """organisation: id of who is responsible from now on."""

    organisation: Id


class ForwardIn(VersionIn):
    """kind: code of the catalogue; latitude, longitude: where none was said, or a better one is known."""

    kind: Id
    latitude: Latitude | None = None
    longitude: Longitude | None = None
