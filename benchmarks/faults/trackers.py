"""Trackers that speak NMEA over TCP: nobody acknowledges a sentence, so one may be lost on the way, never doubled."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress

import numpy as np

from benchmarks.faults.account import Account
from simulators.encoders.nmea import identification
from simulators.load.lines import rmc_lines

__all__ = ["Trackers"]

_PERIOD_S = 0.1
_MOST_A_SEND = 200
_STEP_MS = 10


class Trackers:
    """rate: sentences a second of all together. at: host and port; changed while they run, they follow."""

    def __init__(self, at: tuple[str, int], tokens: Mapping[str, str], *, rate: float) -> None:
        self.at, self._tokens, self._each = at, dict(tokens), rate / len(tokens)
        self._start_ms = time.time_ns() // 1_000_000 - 86_400_000
        self.sent, self._stopping, self.broken = 0, False, 0

    @property
    def devices(self) -> list[str]:
        """Ids."""
        return list(self._tokens)

    async def run(self) -> None:
        """Send until `stop`."""
        async with asyncio.TaskGroup() as group:
            for row, (device, token) in enumerate(self._tokens.items()):
                group.create_task(self._send(row, device, token))

    def stop(self) -> None:
        """End after what is under way."""
        self._stopping = True

    def account(self, stored: Mapping[str, list[int]]) -> Account:
        """Sent and stored; nothing was acknowledged."""
        doubled = sum(len(times) - len(set(times)) for times in stored.values())
        return Account(sent=self.sent, stored=sum(map(len, stored.values())), doubled=doubled)

    async def _send(self, row: int, device: str, token: str) -> None:
        began, made = time.monotonic(), 0
        while not self._stopping:
            writer: asyncio.StreamWriter | None = None
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(10):
                    _, writer = await asyncio.open_connection(*self.at)
                writer.write(identification(device, token))
                while not self._stopping:
                    due = min(int((time.monotonic() - began) * self._each) - made, _MOST_A_SEND)
                    if due > 0:
                        writer.write(self._lines(row, made, due))
                        made += due
                        self.sent += due
                        async with asyncio.timeout(10):
                            await writer.drain()
                    await asyncio.sleep(_PERIOD_S)
            if writer is not None:
                writer.close()
                with suppress(OSError, TimeoutError):
                    async with asyncio.timeout(5):
                        await writer.wait_closed()
            if not self._stopping:
                self.broken += 1
                await asyncio.sleep(0.1)

    def _lines(self, row: int, first: int, count: int) -> bytes:
        numbers = np.arange(first, first + count)
        latitude, longitude = np.full(count, 51.2 + row * 1e-3), np.full(count, 71.4)
        moments = self._start_ms + numbers * _STEP_MS
        return rmc_lines(moments, latitude, longitude + numbers * 1e-7, np.zeros(count)).tobytes()
