"""Handhelds of the world's members on real sockets, told by a real follower."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve

from dispatch.intercom.service import IntercomService
from dispatch.notices.service import NoticeService
from dispatch.push.handhelds import Handhelds
from registry.devices.model import Device
from tests.dispatch.outbox.following import TIMEOUT_S, following
from tests.dispatch.world import World
from tests.tracker.intake.registry_of import a_device

__all__ = ["Carried", "HandheldServer", "handheld_server"]


class Carried:
    """A handheld. It is heard by what the transport would hand over."""

    def __init__(self, server: HandheldServer, device: Device, socket: ClientConnection) -> None:
        self._server, self._device, self.socket = server, device, socket

    async def take(self) -> dict[str, Any]:
        """The next message."""
        async with asyncio.timeout(TIMEOUT_S):
            message: dict[str, Any] = json.loads(await self.socket.recv())
        return message

    async def hears(self, kind: str, **fields: Any) -> dict[str, Any]:
        """The next message of that type with these fields; what is told twice is passed over."""
        while True:
            message = await self.take()
            if message["type"] == kind and all(message.get(name) == value for name, value in fields.items()):
                return message

    async def pending(self) -> list[dict[str, Any]]:
        """What was pending; the message that ends it stands last."""
        messages = [await self.take()]
        while messages[-1]["type"] != "pending":
            messages.append(await self.take())
        return messages

    async def says(self, **message: Any) -> dict[str, Any]:
        """The answer."""
        return await self._server.handhelds.heard(self._device, message)

    async def closed(self) -> int | None:
        """Wait for the end; the close code."""
        async with asyncio.timeout(TIMEOUT_S):
            await self.socket.wait_closed()
        return self.socket.close_code


class HandheldServer:
    """devices: by the member's id; `now` has what the registry says by now."""

    def __init__(self, world: World, clips: Path) -> None:
        self.world = world
        self.notices = NoticeService(world.pool, lambda: world.now)
        self.now: dict[int, Device] = {}
        self.intercom = IntercomService(world.pool, clips, lambda _: None, lambda: world.now)
        self.handhelds = Handhelds(world.assignments, self.notices, self.intercom, self.now.get)
        self.port = 0

    def device(self, member: str) -> Device:
        """The device that the member carries."""
        key = self.world[member].member
        assert key is not None
        return a_device(key, f"phone-{member}", member=key, member_id=member, member_name=member.title())

    def changes(self, device: Device, **changes: Any) -> None:
        """The registry learns something of it."""
        self.now[device.key] = replace(device, **changes)
        self.handhelds.changed([self.now[device.key]])

    @asynccontextmanager
    async def carried(self, member: str) -> AsyncIterator[Carried]:
        """The member's handheld, connected."""
        device = self.device(member)
        async with connect(f"ws://127.0.0.1:{self.port}/{member}", compression=None) as socket:
            yield Carried(self, device, socket)

    async def serve(self, connection: ServerConnection) -> None:
        """As the transport does."""
        assert connection.request is not None
        async with self.handhelds.attached(self.device(connection.request.path[1:]), connection):
            await connection.wait_closed()


@asynccontextmanager
async def handheld_server(world: World, url: str, clips: Path = Path("unused")) -> AsyncIterator[HandheldServer]:
    """A running one."""
    server = HandheldServer(world, clips)
    async with (
        following(url) as it,
        serve(server.serve, "127.0.0.1", 0, compression=None, close_timeout=2) as listener,
    ):
        it.follower.on_happening(server.handhelds.happened)
        server.port = next(iter(listener.sockets)).getsockname()[1]
        yield server
