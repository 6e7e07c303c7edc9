"""NMEA handhelds: a TCP connection or UDP datagrams. The protocol knows no acknowledgement: written is done with."""

from __future__ import annotations

import asyncio

from simulators.clients.errors import LinkLost
from simulators.clients.outbox import Outbox
from simulators.clients.sender import Conversation
from simulators.encoders.nmea import identification, rmc

__all__ = ["nmea_tcp", "nmea_udp"]

CONNECT_TIMEOUT_S = 10.0
_MOST_AT_ONCE = 100


class _Line(asyncio.Protocol):
    """Tells the outbox when the connection is lost, and the writer when there is room."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self.has_room = asyncio.Event()
        self.has_room.set()
        self.is_lost = asyncio.Event()

    def connection_lost(self, exc: Exception | None) -> None:
        """Asyncio: the connection is closed."""
        self._outbox.interrupt(LinkLost(str(exc or "closed by the server")))
        self.is_lost.set()
        self.has_room.set()

    def pause_writing(self) -> None:
        """Asyncio: the peer is slow."""
        self.has_room.clear()

    def resume_writing(self) -> None:
        """Asyncio: the peer has caught up."""
        self.has_room.set()


def nmea_tcp(host: str, port: int, device: str, token: str | None) -> Conversation:
    """Identification first, then an RMC sentence a fix."""

    async def converse(outbox: Outbox) -> None:
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(CONNECT_TIMEOUT_S):
            transport, line = await loop.create_connection(lambda: _Line(outbox), host, port)
        try:
            transport.write(identification(device, token))
            while True:
                entries = await outbox.take(_MOST_AT_ONCE)
                transport.write(b"".join(rmc(entry.sample) for entry in entries))
                await line.has_room.wait()
                if line.is_lost.is_set():
                    raise LinkLost("closed while writing")
                outbox.settle(len(entries), is_acknowledged=False)
        finally:
            transport.close()
            await line.is_lost.wait()

    return converse


class _Datagrams(asyncio.DatagramProtocol):
    """Tells the outbox when nobody listens."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self.is_lost = asyncio.Event()

    def error_received(self, exc: Exception) -> None:
        """Asyncio: the kernel heard that the port is closed."""
        self._outbox.interrupt(LinkLost(str(exc)))

    def connection_lost(self, exc: Exception | None) -> None:
        """Asyncio: closed by us."""
        self.is_lost.set()


def nmea_udp(host: str, port: int, device: str, token: str | None) -> Conversation:
    """Identification and one RMC sentence in each datagram, so that each stands for itself."""
    who = identification(device, token)

    async def converse(outbox: Outbox) -> None:
        loop = asyncio.get_running_loop()
        transport, line = await loop.create_datagram_endpoint(lambda: _Datagrams(outbox), remote_addr=(host, port))
        try:
            while True:
                (entry,) = await outbox.take(1)
                transport.sendto(who + rmc(entry.sample))
                outbox.settle(1, is_acknowledged=False)
        finally:
            transport.close()
            await line.is_lost.wait()

    return converse
