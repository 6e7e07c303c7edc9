"""A gate in front of a database server: shut, it refuses and cuts every connection."""

from __future__ import annotations

import asyncio
import contextlib
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from gridwarden.database.cluster import free_port

__all__ = ["Gate"]


class Gate:
    """Passes bytes both ways while it is open. `async with Gate(host, port) as gate: gate.url_of(url)`."""

    def __init__(self, host: str, port: int) -> None:
        self._target = host, port
        self._server: asyncio.Server | None = None
        self._port = free_port()
        self._tasks: set[asyncio.Task[None]] = set()
        self._last_words = b""

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.shut()

    def url_of(self, url: str) -> str:
        """The same database through this gate."""
        at = urlsplit(url)
        return at._replace(netloc=f"{at.username}:{at.password}@127.0.0.1:{self._port}").geturl()

    def cut_after(self, words: bytes) -> None:
        """Pass the next packet with these words on to the server, and cut before its answer comes back."""
        self._last_words = words

    async def open(self) -> None:
        """Listen, always on the same port."""
        if self._server is None:
            self._server = await asyncio.start_server(self._connected, "127.0.0.1", self._port)

    async def shut(self) -> None:
        """Refuse new connections and cut the present ones."""
        if self._server is not None:
            self._server.close()
            await self._cut()
            await self._server.wait_closed()
            self._server = None

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            far_reader, far_writer = await asyncio.open_connection(*self._target)
            try:
                await self._pass(reader, writer, far_reader, far_writer)
            finally:
                far_writer.close()
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _pass(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        far_reader: asyncio.StreamReader,
        far_writer: asyncio.StreamWriter,
    ) -> None:
        there = asyncio.create_task(self._there(reader, far_writer, far_reader))
        back = asyncio.create_task(_copy(far_reader, writer))
        try:
            await asyncio.wait([there, back], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (there, back):
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError, OSError):
                    await task

    async def _there(
        self, reader: asyncio.StreamReader, far_writer: asyncio.StreamWriter, far_reader: asyncio.StreamReader
    ) -> None:
        while data := await reader.read(65_536):
            far_writer.write(data)
            await far_writer.drain()
            if self._last_words and self._last_words in data:
                self._last_words = b""
                return

    async def _cut(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        while self._tasks:
            await asyncio.wait(self._tasks)


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65_536):
        writer.write(data)
        await writer.drain()
