"""Connections that ask nothing, over real sockets; the clock is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass

import pytest
from aiohttp import web

from gridwarden.web.silence import HEAD_S, SilentConnections

ASK = b"GET / HTTP/1.1\r\nHost: here\r\n\r\n"


@dataclass
class House:
    silent: SilentConnections
    runner: web.AppRunner
    port: int

    def look(self, now_s: float) -> int:
        assert self.runner.server is not None
        return self.silent.close_old(self.runner.server.connections, now_s)

    async def connected(self, said: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection that said this and is known to the server; its answer's head was read where there is one."""
        known = self.count()
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(said)
        await until(lambda: self.count() != known)
        if said.endswith(b"\r\n\r\n"):
            await answered(reader)
        return reader, writer

    def count(self) -> int:
        """Connections that the server has."""
        assert self.runner.server is not None
        return len(self.runner.server.connections)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async def hello(_: web.Request) -> web.Response:
        return web.Response(text="hello")

    app, silent = web.Application(), SilentConnections()
    app.router.add_get("/", hello)
    silent.of(app)
    runner = web.AppRunner(app, handle_signals=False)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield House(silent, runner, runner.addresses[0][1])
    await runner.cleanup()


async def until(true: Callable[[], bool]) -> None:
    for _ in range(100_000):
        if true():
            return
        await asyncio.sleep(0)
    pytest.fail("it never came about")


async def answered(reader: asyncio.StreamReader) -> None:
    async with asyncio.timeout(10):
        await reader.readuntil(b"hello")


async def ended(*writers: asyncio.StreamWriter) -> None:
    for writer in writers:
        writer.close()
        await writer.wait_closed()


@pytest.mark.parametrize("said", [b"", ASK[:20]])
async def test_one_that_asks_nothing_or_half_a_question_is_closed(house: House, said: bytes) -> None:
    reader, writer = await house.connected(said)
    assert house.look(0.0) == 0
    assert house.look(HEAD_S - 1) == 0
    assert house.look(HEAD_S) == 1
    with suppress(ConnectionResetError):  # what was not read is answered so
        async with asyncio.timeout(10):
            assert await reader.read() == b""
    writer.close()


async def test_one_that_asked_may_ask_again_later(house: House) -> None:
    reader, writer = await house.connected(ASK)
    house.look(0.0)
    assert house.look(10 * HEAD_S) == 0
    writer.write(ASK)
    await answered(reader)
    await ended(writer)


async def test_one_that_is_gone_is_forgotten(house: House) -> None:
    _, writer = await house.connected(b"")
    house.look(0.0)
    await ended(writer)
    await until(lambda: house.count() == 0)
    assert house.look(10 * HEAD_S) == 0
    assert not house.silent._since
