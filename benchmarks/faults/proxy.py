"""A network between clients and servers that does what networks do: it cuts, delays, holds back, and dribbles."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

__all__ = ["Mood", "Proxy", "between", "hang_up", "listening"]

_CHUNK = 65_536
_WAITING = 256
"""Chunks under way in each direction of a connection, at most."""

Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[None, None, None]]


@dataclass(frozen=True, slots=True)
class Mood:
    """How the network is.

    cut_s: a connection breaks after a random time up to this (None: it does not); delay_s: of every byte, each way;
    hold_s: a connection is opened after a random time up to this, so that a later one overtakes it;
    chunk: bytes that arrive together at most.
    """

    cut_s: float | None = None
    delay_s: float = 0.0
    hold_s: float = 0.0
    chunk: int = _CHUNK


class Proxy:
    """One address before one server or several: a connection goes to the next of them that takes it."""

    def __init__(self, targets: Sequence[tuple[str, int]], mood: Mood) -> None:
        self._targets, self._mood = targets, mood
        self._dice, self._turn = random.Random(1), 0
        self.cuts = 0
        self.at = ("127.0.0.1", 0)

    async def pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until an end of it closes or it is cut."""
        ends = [writer]
        try:
            await asyncio.sleep(self._dice.uniform(0, self._mood.hold_s))
            there, onward = await self._connect()
            ends.append(onward)
            async with asyncio.timeout(self._life_s()):
                await self._both_ways((reader, onward), (there, writer))
        except TimeoutError:
            self.cuts += 1
        except OSError:
            pass  # an end broke by itself
        finally:
            await hang_up(*ends)

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Raises OSError when no server takes it."""
        for _ in self._targets:
            self._turn += 1
            with suppress(OSError):
                return await asyncio.open_connection(*self._targets[self._turn % len(self._targets)])
        raise ConnectionRefusedError("no server is there")

    def _life_s(self) -> float | None:
        return None if self._mood.cut_s is None else self._dice.uniform(0.05, self._mood.cut_s)

    async def _both_ways(self, *ways: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
        tasks = [asyncio.create_task(self._one_way(*way)) for way in ways]
        try:
            await asyncio.wait(tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _one_way(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        under_way = asyncio.Queue[tuple[float, bytes]](_WAITING)
        reading = asyncio.create_task(self._read(reader, under_way))
        try:
            while True:
                due, data = await under_way.get()
                await asyncio.sleep(due - asyncio.get_running_loop().time())
                if not data:
                    break
                await self._write(writer, data)
            writer.write_eof()
        finally:
            reading.cancel()

    async def _read(self, reader: asyncio.StreamReader, under_way: asyncio.Queue[tuple[float, bytes]]) -> None:
        """b"" is the end, also of a connection that broke."""
        data = b"-"
        while data:
            try:
                data = await reader.read(_CHUNK)
            except OSError:
                data = b""
            await under_way.put((asyncio.get_running_loop().time() + self._mood.delay_s, data))

    async def _write(self, writer: asyncio.StreamWriter, data: bytes) -> None:
        for start in range(0, len(data), self._mood.chunk):
            writer.write(data[start : start + self._mood.chunk])
            await writer.drain()


async def hang_up(*writers: asyncio.StreamWriter) -> None:
    """Break the connections, and wait until they are."""
    for writer in writers:
        writer.transport.abort()
    for writer in writers:
        with suppress(OSError):
            await writer.wait_closed()


@asynccontextmanager
async def listening(answer: Answer) -> AsyncIterator[tuple[str, int]]:
    """An address at which each connection is answered so; when the context ends, none of them is left."""
    running = set[asyncio.Task[None]]()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(answer(reader, writer))
        running.add(task)
        task.add_done_callback(running.discard)

    listener = await asyncio.start_server(accept, "127.0.0.1", 0)
    try:
        yield listener.sockets[0].getsockname()
    finally:
        listener.close()
        for task in tuple(running):
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


@asynccontextmanager
async def between(*targets: tuple[str, int], mood: Mood | None = None) -> AsyncIterator[Proxy]:
    """One that listens while the context is open."""
    proxy = Proxy(targets, mood or Mood())
    async with listening(proxy.pass_on) as proxy.at:
        yield proxy
