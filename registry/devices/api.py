"""GET and POST /devices, GET /devices/unknown: the terminals, and those that wait for adoption."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from pydantic import BaseModel, Field

from registry.api.paging import PageQuery, after_key, cursor_of
from registry.api.problems import Forbidden
from registry.api.route import Call, Role, Route
from registry.devices.service import DeviceService, NewDevice

__all__ = ["routes"]

_ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
_ROOT_KEY = 1


class DeviceOut(BaseModel):
    """A device. member: id of who carries it."""

    key: int
    device: str
    member: str | None
    organisation: str
    require_token: bool
    has_token: bool
    dialect: str
    retired: bool


class DevicePage(BaseModel):
    """Devices in the order of their keys."""

    items: list[DeviceOut]
    next: str | None


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


class DeviceIn(BaseModel, extra="forbid"):
    """A device to add, a stranger's included. token: left out, one is made."""

    device: str = Field(min_length=1, max_length=128)
    member: str | None = None
    organisation: str | None = None
    token: str | None = None
    require_token: bool = False
    dialect: str = ""


class Token(BaseModel):
    """The device's token, told only now."""

    device: str
    token: str


class _Handlers:
    def __init__(self, service: DeviceService) -> None:
        self._service = service

    async def list(self, call: Call) -> DevicePage:
        """A page of the caller's devices."""
        query: PageQuery = call.query
        rows = await self._service.devices(
            caller=call.user.organisation, after=after_key(query.cursor), limit=query.limit
        )
        more = cursor_of(rows[-1].key) if len(rows) == query.limit else None
        return DevicePage(items=[DeviceOut(**asdict(row)) for row in rows], next=more)

    async def unknown(self, call: Call) -> UnknownList:
        """Strangers belong to nobody yet: only the root's administrators see them."""
        if call.user.organisation != _ROOT_KEY:
            raise Forbidden("unknown devices are shown to administrators of the whole city")
        return UnknownList(items=[UnknownOut(**asdict(row)) for row in await self._service.unknown(1_000)])

    async def add(self, call: Call) -> Token:
        """Add or adopt a device."""
        body: DeviceIn = call.body
        token = await self._service.add(NewDevice(**body.model_dump()), caller=call.user.organisation)
        return Token(device=body.device, token=token)


def routes(service: DeviceService) -> list[Route]:
    """The devices' routes."""
    handlers = _Handlers(service)
    return [
        Route(method="GET", path="/devices", handler=handlers.list, tag="devices", summary="Devices",
              query=PageQuery, answer=DevicePage),
        Route(method="GET", path="/devices/unknown", handler=handlers.unknown, tag="devices",
              summary="Devices that knocked and wait for adoption", answer=UnknownList, roles=_ADMINISTRATORS),
        Route(method="POST", path="/devices", handler=handlers.add, tag="devices", summary="Add or adopt a device",
              body=DeviceIn, answer=Token, status=201, roles=_ADMINISTRATORS, problems=(404, 409)),
    ]  # fmt: skip
