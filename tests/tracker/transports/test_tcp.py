"""Collecting bytes from many TCP connections, over real sockets."""

from __future__ import annotations

import asyncio
import resource
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from tracker.transports.tcp import AT_ONCE, CHUNK, TcpCollector


@dataclass
class Conversation:
    address: str
    heard: bytearray = field(default_factory=bytearray)
    closed: bool = False


class Conversations:
    """Remembers every conversation opened."""

    def __init__(self) -> None:
        self.all: list[Conversation] = []
        self.one_opened = asyncio.Event()

    def opened(self, address: str) -> Conversation:
        self.one_opened.set()
        self.all.append(Conversation(address))
        return self.all[-1]

    def closed(self, conversation: Conversation) -> None:
        conversation.closed = True


@dataclass
class Bench:
    collector: TcpCollector[Conversation]
    conversations: Conversations
    woken: asyncio.Event
    port: int
    now: list[float]

    async def collect_until(self, done: Callable[[], bool]) -> None:
        """Collect at each wake-up until `done`."""
        async with asyncio.timeout(10):
            while not done():
                await self.woken.wait()
                self.woken.clear()
                self.collect()

    def collect(self) -> int:
        chunks = self.collector.collect()
        for conversation, chunk in chunks:
            assert len(chunk) <= CHUNK
            conversation.heard += chunk
        return len(chunks)


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    woken, conversations, now = asyncio.Event(), Conversations(), [0.0]
    collector = TcpCollector(
        conversations, wake=woken.set, clock=lambda: now[0], max_connections=3, idle_timeout_s=60.0
    )
    _, port = await collector.listen("127.0.0.1", 0)
    yield Bench(collector, conversations, woken, port, now)
    collector.close()


async def connect(bench: Bench) -> asyncio.StreamWriter:
    bench.conversations.one_opened.clear()
    _, writer = await asyncio.open_connection("127.0.0.1", bench.port)
    async with asyncio.timeout(10):
        await bench.conversations.one_opened.wait()
    return writer


async def end(*writers: asyncio.StreamWriter) -> None:
    for writer in writers:
        writer.close()
        await writer.wait_closed()


async def test_each_connection_hears_its_own_bytes_in_order(bench: Bench) -> None:
    one, two = await connect(bench), await connect(bench)
    for number in range(50):
        one.write(b"a%d," % number)
        two.write(b"b%d," % number)
    await asyncio.gather(one.drain(), two.drain())
    expected = [b"".join(b"%s%d," % (name, number) for number in range(50)) for name in (b"a", b"b")]
    await bench.collect_until(lambda: [bytes(one.heard) for one in bench.conversations.all] == expected)
    await end(one, two)


async def test_a_closed_connection_is_told_after_its_last_bytes(bench: Bench) -> None:
    writer = await connect(bench)
    writer.write(b"last words")
    await writer.drain()
    await end(writer)
    await bench.collect_until(lambda: bench.conversations.all[0].closed)
    assert bytes(bench.conversations.all[0].heard) == b"last words"
    assert len(bench.collector) == 0


async def test_one_connection_too_many_is_closed_and_counted(bench: Bench) -> None:
    writers = [await connect(bench) for _ in range(3)]
    reader, writer = await asyncio.open_connection("127.0.0.1", bench.port)
    async with asyncio.timeout(10):
        assert await reader.read() == b""
    assert bench.collector.refused_connections == 1
    assert len(bench.collector) == 3
    await end(writer, *writers)


async def test_a_connection_that_says_nothing_is_closed(bench: Bench) -> None:
    quiet, talking = await connect(bench), await connect(bench)
    bench.now[0] = 50.0
    talking.write(b"x")
    await talking.drain()
    await bench.collect_until(lambda: len(bench.conversations.all[1].heard) == 1)
    bench.now[0] = 70.0
    bench.collect()
    assert [one.closed for one in bench.conversations.all] == [True, False]
    await end(quiet, talking)


async def test_what_is_not_collected_slows_the_sender_down(bench: Bench) -> None:
    writer = await connect(bench)
    sent = 64 << 20
    writer.write(bytes(sent))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(writer.drain(), 0.2)
    await bench.collect_until(lambda: len(bench.conversations.all[0].heard) == sent)
    await writer.drain()
    await end(writer)


async def test_a_crowd_is_heard_in_turns_and_whole() -> None:
    conversations, woken = Conversations(), asyncio.Event()
    collector = TcpCollector(conversations, wake=woken.set, clock=lambda: 0.0, max_connections=100, idle_timeout_s=60.0)
    crowded = Bench(collector, conversations, woken, (await collector.listen("127.0.0.1", 0))[1], [0.0])
    crowd = [await connect(crowded) for _ in range(2 * AT_ONCE // CHUNK)]
    for writer in crowd:
        writer.write(b"x" * CHUNK)
        await writer.drain()
    rounds = 0
    while sum(len(one.heard) for one in conversations.all) < len(crowd) * CHUNK and rounds < 1_000:
        before = sum(len(one.heard) for one in conversations.all)
        crowded.collect()
        assert sum(len(one.heard) for one in conversations.all) - before <= AT_ONCE
        rounds += 1
    assert [len(one.heard) for one in conversations.all] == [CHUNK] * len(crowd)
    collector.close()
    for writer in crowd:
        writer.close()


@contextmanager
def no_descriptors_left() -> Iterator[None]:
    """This process can open nothing more; what it has stays."""
    usual = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest = socket.socket()
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest.fileno(), usual[1]))
    lowest.close()
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, usual)


async def test_out_of_descriptors_it_rests_instead_of_trying_all_the_time_and_then_goes_on(bench: Bench) -> None:
    caller = socket.socket()
    try:
        with no_descriptors_left():
            caller.connect(("127.0.0.1", bench.port))
            for _ in range(50):
                await asyncio.sleep(0)
            assert bench.collector.refused_connections == 1
        async with asyncio.timeout(10):
            await bench.conversations.one_opened.wait()
    finally:
        caller.close()
