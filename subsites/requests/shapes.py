"""The bodies of /requests and /public/requests, in and out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, model_validator

from registry.api.fields import Id, Line
from registry.api.paging import PageQuery
from subsites.requests.model import Kind, State

__all__ = [
    "CodeIn", "FiledOut", "FollowedOut", "ForwardIn", "FullOut", "MessageIn", "MessageOut", "NoteIn", "PublicList",
    "PublicMessage", "PurposeIn", "RateIn", "RequestDetail", "RequestIn", "RequestOut", "RequestPage", "RequestQuery",
    "SendOnIn", "TextIn", "VersionIn", "WriteIn",
]  # fmt: skip

_TEXT = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*\S[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
Text = Annotated[str, Field(min_length=1, max_length=2_000, pattern=_TEXT)]
Code = Annotated[str, Field(min_length=12, max_length=32, description="ABCD-EFGH-JKMN, as typed")]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
_Telephone = Annotated[str, Field(min_length=3, max_length=32, pattern=r"^[0-9+() .\-]*$")]
_MOST_LINKS = 3


class RequestIn(BaseModel, extra="forbid"):
    """What a citizen files. Where: an organisation, or a place; who: only if he wants to be called."""

    kind: Kind
    subject: Annotated[Line, Field(max_length=120)]
    body: Text
    organisation: Id | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    address: Line | None = None
    name: Annotated[Line, Field(max_length=80)] | None = None
    telephone: _Telephone | None = None
    language: Literal["en", "zh"] = "zh"

    @model_validator(mode="after")
    def _whole(self) -> RequestIn:
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("say both latitude and longitude, or neither")
        if self.body.lower().count("http") > _MOST_LINKS:
            raise ValueError(f"no more than {_MOST_LINKS} links")
        return self


class FiledOut(BaseModel):
    """code: shown now and never again; who has it may follow the request."""

    id: str
    code: str
    state: State
    organisation_name: str


class CodeIn(BaseModel, extra="forbid"):
    """The code of a request."""

    code: Code


class WriteIn(CodeIn):
    """A message of the citizen."""

    body: Text


class RateIn(CodeIn):
    """score: 1 (bad) to 5 (very good)."""

    score: int = Field(ge=1, le=5)
    comment: Text | None = None


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


class RequestOut(BaseModel):
    """A request as staff see it. name, telephone: masked. unread: the citizen said something since."""

    id: str
    version: int
    organisation: str
    organisation_name: str
    state: State
    kind: Kind
    subject: str
    body: str
    latitude: float | None
    longitude: float | None
    address: str | None
    source: str
    language: str
    name: str | None
    telephone: str | None
    taken_by: str | None
    answer: str | None
    unread: bool
    incident: str | None
    incident_state: str | None
    score: int | None
    score_comment: str | None
    created_at: datetime
    ended_at: datetime | None
    followed_up_at: datetime | None


class MessageOut(PublicMessage):
    """author: who of ours wrote it."""

    author: str


class EntryOut(BaseModel):
    """An entry on record."""

    version: int
    at: datetime
    action: str
    actor: str
    note: str | None
    before: dict[str, Any]
    after: dict[str, Any]


class RequestDetail(RequestOut):
    """With what was said and done."""

    messages: list[MessageOut]
    log: list[EntryOut]


class RequestPage(BaseModel):
    """Requests, the newest first."""

    items: list[RequestOut]
    next: str | None


class RequestQuery(PageQuery):
    """Which ones."""

    state: State | None = None
    kind: Kind | None = None
    organisation: str | None = Field(None, max_length=128, description="id; its whole subtree")
    open: bool = Field(False, description="only those not ended")
    q: str | None = Field(None, min_length=1, max_length=100, description="part of its text, or its id")


class VersionIn(BaseModel, extra="forbid"):
    """version: the one you saw; 409 where it changed since. Left out: whatever it is now."""

    version: int | None = Field(None, ge=1, le=2**31 - 1)


class TextIn(VersionIn):
    """What the citizen is to read."""

    text: Text


class MessageIn(BaseModel, extra="forbid"):
    """A message to the citizen."""

    text: Text


class NoteIn(VersionIn):
    """For the record; the citizen does not read it."""

    note: Text


class SendOnIn(NoteIn):
    """organisation: id of who is responsible from now on."""

    organisation: Id


class ForwardIn(VersionIn):
    """kind: code of the catalogue; latitude, longitude: where the request has none, or a better one is known."""

    kind: Id
    latitude: Latitude | None = None
    longitude: Longitude | None = None


class PurposeIn(BaseModel, extra="forbid"):
    """Why somebody must be reached."""

    purpose: Line


class FullOut(BaseModel):
    """Name and telephone in full."""

    name: str | None
    telephone: str | None
