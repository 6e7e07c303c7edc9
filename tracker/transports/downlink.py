"""What flows towards devices on the websocket `/device`: the port that the dispatch side fills."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from websockets.asyncio.server import ServerConnection

from registry.devices.model import Device

__all__ = ["Downlink"]


class Downlink(Protocol):
    """Messages for handhelds, and what their members say about them."""

    def attached(self, device: Device, connection: ServerConnection) -> AbstractAsyncContextManager[None]:
        """While it is open, the device is sent what concerns its member, what is pending first."""

    async def heard(self, device: Device, message: dict[str, object]) -> dict[str, object]:
        """The answer to a message that is not about fixes: an `ack`, or a `problem` with its `detail`."""
