"""The bodies of /queue, /public/halls and /public/tickets, in and out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from registry.api.fields import UNSET, Id, Line, Patch
from subsites.queues.model import State
from subsites.record.shapes import RoomQuery, VersionIn

__all__ = [
    "HallList", "HallOut", "ServiceIn", "ServiceOut", "ServicePage", "ServicePatch", "TakeIn", "TakenOut", "TicketHeld",
    "TicketOut", "TicketPage", "TicketQuery", "TransferIn", "WindowIn", "WindowOut", "WindowPage", "WindowPatch",
]  # fmt: skip

_Name = Annotated[Line, Field(max_length=60)]
_Expected = Annotated[int, Field(ge=10, le=14_400, description="seconds")]
_Services = Annotated[list[Id], Field(min_length=1, max_length=26)]


class ServiceIn(BaseModel, extra="forbid"):
    """What people come for. organisation: the hall; letter: before its numbers; expected_s: that one takes."""

    organisation: Id
    letter: Annotated[str, Field(pattern="^[A-Z]$")]
    name_en: _Name
    name_zh: _Name
    expected_s: _Expected = 600


class ServicePatch(Patch):
    """taking: whether tickets are given out. version: the one you saw."""

    version: int = Field(ge=1, le=2**31 - 1)
    name_en: _Name = UNSET
    name_zh: _Name = UNSET
    expected_s: _Expected = UNSET
    taking: bool = UNSET


class _Service(BaseModel):
    id: str
    letter: str
    name_en: str
    name_zh: str
    taking: bool


class ServiceOut(_Service):
    """A service as staff set it up."""

    version: int
    organisation: str
    organisation_name: str
    expected_s: int
    created_at: datetime


class ServicePage(BaseModel):
    """Services, the newest first."""

    items: list[ServiceOut]
    next: str | None


class WindowIn(BaseModel, extra="forbid"):
    """place: id of a service window of the registry; services: ids, of the hall (organisation)."""

    organisation: Id
    place: Id
    services: _Services


class WindowPatch(BaseModel, extra="forbid"):
    """What is served there from now on. version: the one you saw."""

    version: int = Field(ge=1, le=2**31 - 1)
    services: _Services


class _Window(BaseModel):
    """label: of the ticket that is called or served there."""

    id: str
    name: str
    state: Literal["open", "closed"]
    services: list[str]
    label: str | None
    ticket_state: State | None
    calls: int | None


class WindowOut(_Window):
    """A window as its clerk sees it. ticket: id of who is there."""

    version: int
    organisation: str
    organisation_name: str
    place: str
    operator: str | None
    ticket: str | None
    ticket_version: int | None
    called_at: datetime | None
    serving_at: datetime | None


class WindowPage(BaseModel):
    """Windows, the newest first."""

    items: list[WindowOut]
    next: str | None


class TakeIn(BaseModel, extra="forbid"):
    """service: id of what is wanted."""

    service: Id


class _Ticket(BaseModel):
    id: str
    label: str
    state: State
    organisation: str
    organisation_name: str
    service: str
    name_en: str
    name_zh: str
    window_name: str | None
    created_at: datetime


class TakenOut(_Ticket):
    """code: shown now and never again; who has it may look where the ticket is, give it back, and say how it was."""

    code: str


class TicketHeld(_Ticket):
    """What its holder is told. ahead: who is called before; wait_s: estimated seconds, None: no window is open."""

    calls: int
    called_at: datetime | None
    ended_at: datetime | None
    ahead: int | None
    wait_s: float | None
    score: int | None


class TicketOut(_Ticket):
    """A ticket as staff see it."""

    version: int
    source: Literal["phone", "desk"]
    window: str | None
    calls: int
    called_at: datetime | None
    serving_at: datetime | None
    ended_at: datetime | None


class TicketPage(BaseModel):
    """Tickets, the newest first."""

    items: list[TicketOut]
    next: str | None


class TicketQuery(RoomQuery):
    """Which ones. today: of this local day only."""

    q: None = Field(None, exclude=True)
    state: State | None = None
    service: str | None = Field(None, max_length=128, description="id")
    today: bool = True


class TransferIn(VersionIn):
    """service: id of where it waits from now on."""

    service: Id


class HallLine(BaseModel):
    """An organisation with queues."""

    id: str
    name: str


class HallList(BaseModel):
    """Halls, by name."""

    items: list[HallLine]


class HallServiceOut(_Service):
    """wait_s: estimated seconds for who comes now, None: no window is open for it. windows: open ones."""

    waiting: int
    windows: int
    wait_s: float | None


class CallOut(BaseModel):
    """Who was called, and where to."""

    label: str
    state: State
    calls: int
    window_name: str | None
    called_at: datetime


class HallOut(HallLine):
    """A hall now. calls: the newest first."""

    services: list[HallServiceOut]
    windows: list[_Window]
    calls: list[CallOut]
