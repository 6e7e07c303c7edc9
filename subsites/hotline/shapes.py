"""The bodies of /calls, in and out."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Self

from pydantic import BaseModel, Field, model_validator

from subsites.hotline.model import State
from subsites.record.shapes import EntryOut, RoomQuery, Telephone
from subsites.requests.model import Kind
from subsites.requests.shapes import FollowUpIn, SaidIn, SaidOut

__all__ = [
    "CallBackIn", "CallDetail", "CallIn", "CallOut", "CallPage", "CallQuery", "EarlierList", "LookupIn", "RequestedOut",
]  # fmt: skip


class CallIn(SaidIn):
    """What a caller says. organisation: id of who is responsible; left out: whose territory holds the place."""

    call_back: bool = False

    @model_validator(mode="after")
    def _answerable(self) -> Self:
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


class CallOut(SaidOut):
    """A call. call_back: somebody is to call, and did not yet."""

    state: State
    operator: str
    request: str | None
    call_back: bool
    called_back_at: datetime | None


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


class RequestedOut(CallOut):
    """code: of the request that it became; told to the caller, shown now and never again."""

    code: str


class CallBackIn(FollowUpIn):
    """Somebody called back. score: where the caller said."""
