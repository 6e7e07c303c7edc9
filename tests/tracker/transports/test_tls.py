"""A device over TLS before the collector, over real sockets."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.certificates import a_certificate
from tests.tracker.transports.test_tcp import Conversations
from tracker.transports.tcp import TcpCollector
from tracker.transports.tls import TlsFront

IDLE_S = 60.0


class Gate:
    """A collector behind TLS, a clock that a test moves, and who trusts its certificate."""

    def __init__(self, folder: Path, *, most: int = 10) -> None:
        certificate = a_certificate(folder)
        self.woken, self.now, self.conversations = asyncio.Event(), 0.0, Conversations()
        self.collector = TcpCollector(
            self.conversations, wake=self.woken.set, clock=lambda: self.now, max_connections=most,
            idle_timeout_s=IDLE_S,
        )  # fmt: skip
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate.chain, certificate.key)
        self.front = TlsFront(self.collector, context)
        self.trust = certificate.trust
        self.port = 0

    async def device(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """One that connected."""
        return await asyncio.open_connection("127.0.0.1", self.port, ssl=self.trust, server_hostname="localhost")

    async def heard(self, count: int) -> bytes:
        """What the first device said, once it is that long."""
        said = b""
        async with asyncio.timeout(10):
            while len(said) < count:
                await self.woken.wait()
                self.woken.clear()
                said += b"".join(chunk for _, chunk in self.collector.collect())
        return said


@asynccontextmanager
async def a_gate(folder: Path, *, most: int = 10) -> AsyncIterator[Gate]:
    gate = Gate(folder, most=most)
    _, gate.port = await gate.front.listen("127.0.0.1", 0)
    try:
        yield gate
    finally:
        await gate.front.close()
        gate.collector.close()


async def ended(reader: asyncio.StreamReader) -> None:
    """The server closed it."""
    async with asyncio.timeout(10):
        assert await reader.read() == b""


async def test_what_a_device_says_over_tls_is_collected_with_its_address(tmp_path: Path) -> None:
    async with a_gate(tmp_path) as gate:
        _, writer = await gate.device()
        writer.write(b"$GNRMC" * 50_000)
        assert await gate.heard(300_000) == b"$GNRMC" * 50_000
        host, port = writer.get_extra_info("sockname")
        assert gate.conversations.all[0].address == f"{host}:{port}"
        writer.close()
        await writer.wait_closed()


async def test_a_device_that_says_nothing_is_closed_over_tls_too(tmp_path: Path) -> None:
    async with a_gate(tmp_path) as gate:
        reader, writer = await gate.device()
        async with asyncio.timeout(10):
            await gate.conversations.one_opened.wait()
        gate.now = IDLE_S + 1
        gate.collector.collect()
        await ended(reader)
        assert len(gate.collector) == 0
        writer.close()


async def test_one_device_too_many_is_closed(tmp_path: Path) -> None:
    async with a_gate(tmp_path, most=1) as gate:
        _, first = await gate.device()
        async with asyncio.timeout(10):
            await gate.conversations.one_opened.wait()
        reader, second = await gate.device()
        await ended(reader)
        assert gate.collector.refused_connections == 1
        first.close()
        second.close()
