"""A TAK server's ear on real sockets: it cuts the stream into events and parses each with the standard library."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from xml.etree import ElementTree

__all__ = ["Ear", "tcp_ear", "udp_ear"]


@dataclass
class Ear:
    """port: where it listens. connections: how many came; hang_up: end the one that is open."""

    port: int = 0
    connections: int = 0
    heard: asyncio.Queue[ElementTree.Element] = field(default_factory=asyncio.Queue)
    writers: list[asyncio.StreamWriter] = field(default_factory=list)

    async def event(self, uid: str) -> ElementTree.Element:
        """The next one of that thing."""
        async with asyncio.timeout(30):
            while (event := await self.heard.get()).get("uid") != uid:
                pass
        return event

    def hang_up(self) -> None:
        for writer in self.writers:
            writer.close()
        self.writers.clear()

    async def listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.writers.append(writer)
        writer.write(b"<event what='servers say of others'/>")
        held = b""
        while chunk := await reader.read(4_096):
            *events, held = (held + chunk).split(b"</event>")
            for event in events:
                self.heard.put_nowait(ElementTree.fromstring(event + b"</event>"))


@asynccontextmanager
async def tcp_ear(port: int = 0) -> AsyncIterator[Ear]:
    ear = Ear()
    server = await asyncio.start_server(ear.listen, "127.0.0.1", port)
    ear.port = server.sockets[0].getsockname()[1]
    try:
        yield ear
    finally:
        ear.hang_up()
        server.close()
        await server.wait_closed()


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, ear: Ear) -> None:
        self._ear = ear

    def datagram_received(self, data: bytes, addr: object) -> None:
        self._ear.heard.put_nowait(ElementTree.fromstring(data))


@asynccontextmanager
async def udp_ear() -> AsyncIterator[Ear]:
    ear = Ear()
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(lambda: _Datagrams(ear), local_addr=("127.0.0.1", 0))
    ear.port = transport.get_extra_info("sockname")[1]
    try:
        yield ear
    finally:
        transport.close()
