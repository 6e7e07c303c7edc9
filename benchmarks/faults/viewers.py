"""Viewers of the live map: they subscribe to everything and count what reaches them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import numpy as np
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from dispatch.push.frames import FRAME_ROW, HEADER

__all__ = ["Viewer", "watching"]

_AGAIN_S = 0.2
_DEVICES = 100_000
"""Keys of devices are below this."""


class Viewer:
    """frames: of positions; gaps_s: between each and the one before, since `begin`; connected: how often it was.

    backwards: positions of a device further back than one seen before; under this load they all go east.
    """

    def __init__(self, url: str, token: str) -> None:
        self._url, self._token = url, token
        self.frames = self.connected = self.backwards = 0
        self.gaps_s: list[float] = []
        self._last: float | None = None
        self._east = np.full(_DEVICES, np.iinfo(np.int32).min)

    @property
    def longest_gap_s(self) -> float:
        """Since `begin`."""
        return max(self.gaps_s, default=0.0)

    def begin(self) -> None:
        """Measure gaps from now on."""
        self.gaps_s, self._last = [], asyncio.get_running_loop().time()

    async def next_frame(self, timeout_s: float = 60.0) -> float:
        """Wait for one; the seconds that took."""
        began, seen = asyncio.get_running_loop().time(), self.frames
        async with asyncio.timeout(timeout_s):
            while self.frames == seen:
                await asyncio.sleep(0.02)
        return asyncio.get_running_loop().time() - began

    async def run(self) -> None:
        """Connect, again whenever it breaks, until cancelled."""
        headers = {"Authorization": f"Bearer {self._token}"}
        while True:
            with suppress(OSError, WebSocketException, TimeoutError):
                async with connect(f"{self._url}/live", additional_headers=headers, proxy=None, max_size=None) as feed:
                    self.connected += 1
                    await feed.send(json.dumps({"type": "subscribe"}))
                    async for message in feed:
                        if isinstance(message, bytes):
                            self._took(message)
            await asyncio.sleep(_AGAIN_S)

    def _took(self, frame: bytes) -> None:
        now = asyncio.get_running_loop().time()
        if self._last is not None:
            self.gaps_s.append(now - self._last)
        self.frames, self._last = self.frames + 1, now
        rows = np.frombuffer(frame, FRAME_ROW, offset=HEADER.size)
        devices, east = rows["device"], rows["longitude"]
        self.backwards += int(np.count_nonzero(east < self._east[devices]))
        self._east[devices] = np.maximum(east, self._east[devices])


@asynccontextmanager
async def watching(url: str, token: str) -> AsyncIterator[Viewer]:
    """One that runs while the context is open."""
    viewer = Viewer(url, token)
    task = asyncio.create_task(viewer.run(), name="viewer")
    try:
        await viewer.next_frame()
        yield viewer
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
