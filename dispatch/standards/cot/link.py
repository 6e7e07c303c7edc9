"""The way to a TAK server: one TCP connection that is written to, or datagrams of one event each.

Nothing is queued for a slow reader. On TCP the sender waits for room, a bounded time; datagrams for which the socket
has no room are dropped and counted. What the other side says is thrown away.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Protocol

from dispatch.standards.cot.model import Target

__all__ = ["Link", "open_link"]

_CONNECT_TIMEOUT_S = 10.0
_CLOSE_TIMEOUT_S = 2.0
_DATAGRAMS_AT_ONCE, _BREATH_S = 64, 0.005


class Link(Protocol):
    """An open way. dropped: events that did not go."""

    dropped: int

    async def send(self, events: Sequence[bytes]) -> None:
        """Raises OSError, TimeoutError included, when the way is no more."""

    async def rest(self, seconds: float) -> None:
        """Wait that long. Raises OSError when the other side hung up meanwhile."""


@asynccontextmanager
async def open_link(target: Target, *, send_timeout_s: float) -> AsyncIterator[Link]:
    """Raises OSError, TimeoutError included, where there is no way."""
    async with _tcp(target, send_timeout_s) if target.transport == "tcp" else _udp(target) as link:
        yield link


class _Tcp:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, send_timeout_s: float) -> None:
        self._reader, self._writer, self._send_timeout_s = reader, writer, send_timeout_s
        self.dropped = 0

    async def send(self, events: Sequence[bytes]) -> None:
        self._writer.write(b"".join(events))
        async with asyncio.timeout(self._send_timeout_s):
            await self._writer.drain()

    async def rest(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                while await self._reader.read(1 << 16):
                    pass
        except TimeoutError:
            return
        raise ConnectionResetError("the other side hung up")


@asynccontextmanager
async def _tcp(target: Target, send_timeout_s: float) -> AsyncIterator[Link]:
    async with asyncio.timeout(_CONNECT_TIMEOUT_S):
        reader, writer = await asyncio.open_connection(target.host, target.port)
    try:
        yield _Tcp(reader, writer, send_timeout_s)
    finally:
        writer.transport.abort()  # what the reader had no room for is old by now
        with suppress(OSError):
            async with asyncio.timeout(_CLOSE_TIMEOUT_S):
                await writer.wait_closed()


class _Udp(asyncio.DatagramProtocol):
    def __init__(self) -> None:
        self.transport: asyncio.DatagramTransport | None = None
        self._is_full = False
        self.dropped = 0

    def pause_writing(self) -> None:
        self._is_full = True

    def resume_writing(self) -> None:
        self._is_full = False

    async def send(self, events: Sequence[bytes]) -> None:
        assert self.transport is not None
        for number, event in enumerate(events, 1):
            if self._is_full:
                self.dropped += 1
            else:
                self.transport.sendto(event)
            if number % _DATAGRAMS_AT_ONCE == 0:
                await asyncio.sleep(_BREATH_S)  # receivers' buffers are small

    async def rest(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@asynccontextmanager
async def _udp(target: Target) -> AsyncIterator[Link]:
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(_CONNECT_TIMEOUT_S):
        transport, link = await loop.create_datagram_endpoint(_Udp, remote_addr=(target.host, target.port))
    link.transport = transport
    try:
        yield link
    finally:
        transport.close()
