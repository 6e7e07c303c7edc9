"""/devices: the terminals, and those that wait for adoption."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from registry.api.fields import UNSET, Id, Patch, Seconds
from registry.api.paging import PageQuery, after_key, page_of
from registry.api.problems import Forbidden
from registry.api.route import ADMINISTRATORS, Call, Route
from registry.devices.service import DeviceService, NewDevice
from registry.organisations.model import ROOT_KEY

__all__ = ["routes"]

Dialect = Literal["", "osmand"]


class DeviceOut(BaseModel):
    """A device. member, member_name: of who carries it; stale_after_s, silent_after_s: null = the server's."""

    key: int
    device: str
    member: str | None
    member_name: str | None
    organisation: str
    require_token: bool
    has_token: bool
    dialect: str
    stale_after_s: float | None
    silent_after_s: float | None
    retired: bool


class DevicePage(BaseModel):
    """Devices in the order of their keys."""

    items: list[DeviceOut]
    next: str | None


class DeviceQuery(PageQuery):
    """A page of devices."""

    text: str | None = Field(None, max_length=100, description="part of the id, or of the name of who carries it")
    member: str | None = Field(None, max_length=128, description="id of who carries them")
    retired: bool | None = None


class UnknownOut(BaseModel):
    """A device that knocked and is not registered."""

    device: str
    protocol: str
    address: str
    first_seen: datetime
    last_seen: datetime
    attempts: int


class UnknownList(BaseModel):
    """Strangers, the latest first."""

    items: list[UnknownOut]


class AdoptIn(BaseModel, extra="forbid"):
    """What a new device is to be. token: left out, one is made. organisation: the member's, else the caller's."""

    member: Id | None = None
    organisation: Id | None = None
    token: str | None = Field(None, min_length=8, max_length=128, pattern=r"^[\x21-\x7e]*$")
    require_token: bool = False
    dialect: Dialect = ""
    stale_after_s: Seconds | None = None
    silent_after_s: Seconds | None = None


class DeviceIn(AdoptIn):
    """A device to add, a stranger's included."""

    device: str = Field(min_length=1, max_length=128, pattern=r"^[^\x00-\x1f\x7f,*$]*$")


class DevicePatch(Patch):
    """What to change. member null: nobody carries it; it stays in its organisation."""

    member: Id | None = UNSET
    organisation: Id = UNSET
    require_token: bool = UNSET
    dialect: Dialect = UNSET
    stale_after_s: Seconds | None = UNSET
    silent_after_s: Seconds | None = UNSET
    retired: bool = UNSET


class Token(BaseModel):
    """The device's token, told only now."""

    device: str
    token: str


class _Handlers:
    def __init__(self, service: DeviceService) -> None:
        self._service = service

    async def list(self, call: Call) -> DevicePage:
        """A page of the caller's devices."""
        query: DeviceQuery = call.query
        rows = await self._service.devices(
            caller=call.user.organisation, after=after_key(query.cursor), limit=query.limit, text=query.text,
            member=query.member, retired=query.retired,
        )  # fmt: skip
        return page_of(DevicePage, rows, query.limit, lambda row: DeviceOut(**asdict(row)))

    async def one(self, call: Call) -> DeviceOut:
        """One of them."""
        return DeviceOut(**asdict(await self._service.device(call.path["id"], caller=call.user.organisation)))

    async def unknown(self, call: Call) -> UnknownList:
        """Strangers."""
        _of_the_city(call)
        return UnknownList(items=[UnknownOut(**asdict(row)) for row in await self._service.unknown(1_000)])

    async def add(self, call: Call) -> Token:
        """Add a device."""
        body: DeviceIn = call.body
        token = await self._service.add(NewDevice(**body.model_dump()), caller=call.user.organisation)
        return Token(device=body.device, token=token)

    async def adopt(self, call: Call) -> Token:
        """Add a device that knocked."""
        _of_the_city(call)
        body: AdoptIn = call.body
        new = NewDevice(device=call.path["id"], **body.model_dump())
        return Token(device=new.device, token=await self._service.add(new, caller=call.user.organisation, knocked=True))

    async def change(self, call: Call) -> DeviceOut:
        """Tie it to a member, retire it, change how it is read."""
        body: DevicePatch = call.body
        row = await self._service.change(call.path["id"], body.changes(), caller=call.user.organisation)
        return DeviceOut(**asdict(row))

    async def rotate(self, call: Call) -> Token:
        """Another token."""
        device = call.path["id"]
        return Token(device=device, token=await self._service.rotate_token(device, caller=call.user.organisation))


def _of_the_city(call: Call) -> None:
    """Strangers belong to nobody yet: only the root's administrators deal with them. Raises Forbidden."""
    if call.user.organisation != ROOT_KEY:
        raise Forbidden("unknown devices are shown to administrators of the whole city")


def routes(service: DeviceService) -> list[Route]:
    """The devices' routes."""
    handlers, tag = _Handlers(service), "devices"
    return [
        Route(method="GET", path="/devices", handler=handlers.list, tag=tag, summary="Devices",
              query=DeviceQuery, answer=DevicePage),
        Route(method="GET", path="/devices/unknown", handler=handlers.unknown, tag=tag, roles=ADMINISTRATORS,
              summary="Devices that knocked and wait for adoption", answer=UnknownList),
        Route(method="POST", path="/devices", handler=handlers.add, tag=tag, roles=ADMINISTRATORS,
              summary="Add a device", body=DeviceIn, answer=Token, status=201, problems=(404, 409)),
        Route(method="GET", path="/devices/{id}", handler=handlers.one, tag=tag, summary="One device",
              answer=DeviceOut, problems=(404,)),
        Route(method="PATCH", path="/devices/{id}", handler=handlers.change, tag=tag, roles=ADMINISTRATORS,
              summary="Tie a device to a member, retire it, change how it is read", body=DevicePatch,
              answer=DeviceOut, problems=(404,)),
        Route(method="POST", path="/devices/{id}/adopt", handler=handlers.adopt, tag=tag, roles=ADMINISTRATORS,
              summary="Add a device that knocked", body=AdoptIn, answer=Token, status=201, problems=(404, 409)),
        Route(method="POST", path="/devices/{id}/token", handler=handlers.rotate, tag=tag, roles=ADMINISTRATORS,
              summary="Give a device another token; the old one is refused", answer=Token, problems=(404,)),
    ]  # fmt: skip
