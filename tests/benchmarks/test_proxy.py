"""The network of the fault bench: what it does to connections."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from benchmarks.faults.proxy import Mood, between, hang_up, listening


@asynccontextmanager
async def echo() -> AsyncIterator[tuple[str, int]]:
    """A server that gives back what it gets."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(1_000):
                writer.write(data)
            writer.write_eof()
            await reader.read()
        finally:
            await hang_up(writer)

    async with listening(answer) as at:
        yield at


async def said_back(at: tuple[str, int], text: bytes) -> bytes:
    reader, writer = await asyncio.open_connection(*at)
    try:
        writer.write(text)
        writer.write_eof()
        async with asyncio.timeout(10):
            return await reader.read()
    finally:
        await hang_up(writer)


@pytest.mark.parametrize("mood", [Mood(), Mood(chunk=1), Mood(delay_s=0.05), Mood(hold_s=0.05)])
async def test_what_is_said_arrives_whole_however_slow_the_network_is(mood: Mood) -> None:
    async with echo() as target, between(target, mood=mood) as proxy:
        assert await said_back(proxy.at, b"a line\r\n" * 50) == b"a line\r\n" * 50


async def test_a_delay_is_of_both_ways() -> None:
    async with echo() as target, between(target, mood=Mood(delay_s=0.1)) as proxy:
        began = asyncio.get_running_loop().time()
        await said_back(proxy.at, b"x")
        assert asyncio.get_running_loop().time() - began >= 0.2


async def test_a_connection_is_cut_though_both_ends_would_go_on() -> None:
    async with echo() as target, between(target, mood=Mood(cut_s=0.1)) as proxy:
        reader, writer = await asyncio.open_connection(*proxy.at)
        writer.write(b"x")
        assert await reader.readexactly(1) == b"x"
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            await reader.readexactly(1)
        await hang_up(writer)
        assert proxy.cuts == 1


async def test_a_server_that_is_away_is_passed_over() -> None:
    async with echo() as target, between(("127.0.0.1", 1), target) as proxy:
        assert [await said_back(proxy.at, b"x") for _ in range(3)] == [b"x"] * 3
