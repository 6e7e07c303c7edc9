"""TLS before the TCP collector: one listener that decrypts, and hands each device's bytes on through a socket pair.

The collector stays one epoll set of plain sockets and keeps its bounds: it drops the inner socket of a device that says
nothing, or that is one too many, and with it the outer connection ends. A handshake has HANDSHAKE_S.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from typing import Any

from tracker.transports.tcp import CHUNK, TcpCollector

__all__ = ["HANDSHAKE_S", "TlsFront"]

HANDSHAKE_S = 10.0


class TlsFront:
    """A listener of a collector's. `close` ends it and its connections."""

    def __init__(self, collector: TcpCollector[Any], context: ssl.SSLContext) -> None:
        self._collector, self._context = collector, context
        self._server: asyncio.Server | None = None
        self._carrying = set[asyncio.Task[None]]()

    async def listen(self, host: str, port: int) -> tuple[str, int]:
        """Start; the real address."""
        self._server = await asyncio.start_server(
            self._carry, host, port, ssl=self._context, ssl_handshake_timeout=HANDSHAKE_S, limit=CHUNK
        )
        self._collector.watch()
        bound: tuple[str, int] = self._server.sockets[0].getsockname()[:2]
        return bound

    async def close(self) -> None:
        """Stop accepting and end what is open."""
        if self._server is not None:
            self._server.close()
        for task in self._carrying:
            task.cancel()
        await asyncio.gather(*self._carrying, return_exceptions=True)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One device: what it says goes in, until either side ends."""
        task = asyncio.current_task()
        assert task is not None
        self._carrying.add(task)
        outer, inner = socket.socketpair()
        outer.setblocking(False)
        try:
            peer = writer.get_extra_info("peername")
            if self._collector.adopt(inner, f"{peer[0]}:{peer[1]}"):
                await _until_either_ends(reader, outer)
        finally:
            self._carrying.discard(task)
            outer.close()
            writer.close()
            with contextlib.suppress(OSError):  # ssl's errors are some, too
                await writer.wait_closed()


async def _until_either_ends(reader: asyncio.StreamReader, outer: socket.socket) -> None:
    loop = asyncio.get_running_loop()

    async def carry() -> None:
        with contextlib.suppress(OSError):
            while chunk := await reader.read(CHUNK):
                await loop.sock_sendall(outer, chunk)

    ends = [loop.create_task(carry()), loop.create_task(_ended(loop, outer))]
    try:
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in ends:
            one.cancel()
        await asyncio.gather(*ends, return_exceptions=True)


async def _ended(loop: asyncio.AbstractEventLoop, outer: socket.socket) -> None:
    """Until the collector has closed its end: it never writes."""
    with contextlib.suppress(OSError):
        await loop.sock_recv(outer, 1)
