"""Viewers of the live map: they subscribe to everything and count what reaches them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

__all__ = ["Viewer", "watching"]

_AGAIN_S = 0.2


class Viewer:
    """frames: of positions; longest_gap_s: between two of them since `begin`; connected: how often it was."""

    def __init__(self, url: str, token: str) -> None:
        self._url, self._token = url, token
        self.frames = self.connected = 0
        self.longest_gap_s = 0.0
        self._last: float | None = None

    def begin(self) -> None:
        """Measure gaps from now on."""
        self.longest_gap_s, self._last = 0.0, asyncio.get_running_loop().time()

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
                            self._took()
            await asyncio.sleep(_AGAIN_S)

    def _took(self) -> None:
        now = asyncio.get_running_loop().time()
        if self._last is not None:
            self.longest_gap_s = max(self.longest_gap_s, now - self._last)
        self.frames, self._last = self.frames + 1, now


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
