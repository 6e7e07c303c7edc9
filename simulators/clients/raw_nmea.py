"""An NMEA connection for bytes that are sentences already."""

from __future__ import annotations

import asyncio
import random
from types import TracebackType
from typing import Self

from simulators.clients.counts import Counts
from simulators.clients.nmea import CONNECT_TIMEOUT_S
from simulators.clients.protocols import Handheld
from simulators.clients.sender import Patience
from simulators.encoders.nmea import identification

__all__ = ["RawNmea"]


class RawNmea:
    """Identifies itself on each connection; what could not be written goes again on the next one."""

    def __init__(self, host: str, port: int, who: Handheld, counts: Counts, patience: Patience) -> None:
        self._host, self._port, self._who = host, port, who
        self._counts, self._patience = counts, patience
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._close()

    async def send(self, data: bytes, stop: asyncio.Event) -> bool:
        """Write; after trouble wait and try again. False when `stop` was set before it could."""
        delay = self._patience.first
        while not stop.is_set():
            try:
                await self._write(data)
            except (OSError, TimeoutError):
                self._counts.errors += 1
                await self._close()
                await asyncio.sleep(delay * random.uniform(0.5, 1.0))
                delay = min(2 * delay, self._patience.longest)
            else:
                self._counts.sent += 1
                return True
        return False

    async def _write(self, data: bytes) -> None:
        if self._streams is None:
            async with asyncio.timeout(CONNECT_TIMEOUT_S):
                self._streams = await asyncio.open_connection(self._host, self._port)
            self._streams[1].write(identification(self._who.device, self._who.token))
        reader, writer = self._streams
        if reader.at_eof() or writer.is_closing():
            raise ConnectionResetError("closed by the server")
        writer.write(data)
        await writer.drain()

    async def _close(self) -> None:
        streams, self._streams = self._streams, None
        if streams is not None:
            streams[1].close()
            try:
                await streams[1].wait_closed()
            except OSError:
                return  # it was lost already
