"""The bodies of /calls, in and out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator

from registry.api.fields import Id, Line
from subsites.hotline.model import State
from subsites.record.shapes import ContactIn, EntryOut, Latitude, Longitude, RoomQuery, Telephone, Text, VersionIn
from subsites.requests.model import Kind

__all__ = [
    "AnswerIn", "CallBackIn", "CallDetail", "CallIn", "CallOut", "CallPage", "CallQuery", "EarlierList", "IncidentIn",
    "LookupIn", "RequestedOut",
]  # fmt: skip


class CallIn(ContactIn):
    """What a caller says. organisation: id of who is responsible; left out: whose territory holds the place."""

    kind: Kind
    subject: Annotated[Line, Field(max_length=120)]
    body: Text
    organisation: Id | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    address: Line | None = None
    call_back: bool = False

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("say both latitude and longitude, or neither")
        if self.call_back and self.telephone is None:
            raise ValueError("say the telephone that is to be called back")
        return self


class LookupIn(BaseModel, extra="forbid"):
    """Whose number it is that calls."""

    telephone: Telephone


class Earlier(BaseModel):
    """A call or a request of the same number."""

    what: Literal["call", "request"]
    id: str
    subject: str
    state: str
    created_at: datetime


class EarlierList(BaseModel):
    """What came from a number, the newest first."""

    items: list[Earlier]


class CallOut(BaseModel):
    """A call as staff see it. name, telephone: masked. call_back: somebody is to call, and did not yet."""

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
    operator: str
    name: str | None
    telephone: str | None
    answer: str | None
    request: str | None
    incident: str | None
    incident_state: str | None
    call_back: bool
    called_back_at: datetime | None
    score: int | None
    score_comment: str | None
    created_at: datetime
    ended_at: datetime | None


class CallDetail(CallOut):
    """With what came from the same number before, and the record."""

    earlier: list[Earlier]
    log: list[EntryOut]


class CallPage(BaseModel):
    """Calls, the newest first."""

    items: list[CallOut]
    next: str | None


class CallQuery(RoomQuery):
    """Which ones."""

    state: State | None = None
    kind: Kind | None = None
    call_back: bool = Field(False, description="only those that somebody is to call back")


class AnswerIn(VersionIn):
    """What the caller was told."""

    text: Text


class IncidentIn(VersionIn):
    """kind: code of the catalogue; latitude, longitude: where the call has none, or a better one is known."""

    kind: Id
    latitude: Latitude | None = None
    longitude: Longitude | None = None


class RequestedOut(CallOut):
    """code: of the request that it became; told to the caller, shown now and never again."""

    code: str


class CallBackIn(VersionIn):
    """Somebody called back. score: 1 (bad) to 5 (very good), where the caller said."""

    note: Text
    score: int | None = Field(None, ge=1, le=5)
