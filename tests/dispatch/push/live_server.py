"""The endpoint on a real socket over a live table, and a viewer that reads it as the page does."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import orjson
from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed

from dispatch.outbox.model import Entry
from dispatch.push.endpoint import ASK_AGAIN_S, LiveEndpoint
from dispatch.push.hub import PushHub
from registry.api.route import Caller, Role
from tests.dispatch.push.frame_reader import Frame, read_frame
from tests.tracker.live.builders import NOON, SECOND, a_device, a_row, a_table, rows_of

__all__ = ["CARLA", "TIMEOUT_S", "LiveServer", "Watcher", "live_server"]

TIMEOUT_S = 20.0
TICK_S = 1.0
CARLA = Caller(user=1, name="carla", role=Role.DISPATCHER, organisation=1, organisation_id="city")


class LiveServer:
    """Members 1 and 2 of the city and 3 of the south (organisation 2). The tests make it tick.

    sessions: token -> caller. subtrees: organisation asked for -> keys; what is not there may not be seen.
    """

    def __init__(self, ask_again_s: float, most_viewers: int, most_groups: int) -> None:
        self.table = a_table(a_device(1, member=1), a_device(2, member=2), a_device(3, member=3, organisation=2))
        self.table.apply(rows_of(*map(a_row, (1, 2, 3))))
        self.now = NOON + 2 * SECOND
        self.sessions: dict[str, Caller] = {"good": CARLA}
        self.subtrees: dict[str | None, frozenset[int]] = {None: frozenset({1, 2}), "south": frozenset({2})}
        self.broken = False
        self.outbox: list[Entry] = []
        self.looked_up = asyncio.Event()
        self.looked_up.set()
        self.asked = asyncio.Event()
        self.hub = PushHub(self.table, now=lambda: self.now, tick_s=TICK_S, most_groups=most_groups)
        self.endpoint = LiveEndpoint(
            self.hub, self._authorise, self._visible, self._missed, ask_again_s=ask_again_s, most_viewers=most_viewers
        )
        self.port = 0
        self._fixes = 0

    async def _authorise(self, token: str) -> Caller | None:
        self.asked.set()
        if self.broken:
            raise OSError("the database is away")
        return self.sessions.get(token)

    async def _missed(self, organisations: frozenset[int], member: int | None, after: int) -> list[Entry] | None:
        if after == 0:
            return None
        await self.looked_up.wait()
        mine = [one for one in self.outbox if one.organisations & organisations or member in one.members]
        return [one for one in mine if one.key > after]

    async def _visible(self, caller: Caller, organisation: str | None) -> frozenset[int]:
        assert caller.role is not Role.MEMBER
        if self.broken:
            raise OSError("the database is away")
        return self.subtrees.get(organisation, frozenset())

    def move(self, *devices: int, **changes: Any) -> None:
        """A newer fix of each, and a tick."""
        self._fixes += 1
        self.table.apply(rows_of(*(a_row(key, fix_time=NOON + self._fixes, **changes) for key in devices)))
        self.hub.tick()

    async def viewers(self, count: int) -> None:
        """Wait until so many are subscribed."""
        await self.until(lambda: self.hub.viewers == count)

    async def until(self, fact: Callable[[], bool]) -> None:
        """Let the sockets work until it is so."""
        async with asyncio.timeout(TIMEOUT_S):
            while not fact():  # noqa: ASYNC110 - nothing tells: the loop has only to go round
                await asyncio.sleep(0)

    @asynccontextmanager
    async def connected(self, **options: Any) -> AsyncIterator[Watcher]:
        """A viewer's connection."""
        options.setdefault("additional_headers", {"Authorization": "Bearer good"})
        async with connect(f"ws://127.0.0.1:{self.port}/live", compression=None, max_size=None, **options) as socket:
            yield Watcher(self, socket)

    @asynccontextmanager
    async def watching(self, **subscription: Any) -> AsyncIterator[Watcher]:
        """A viewer that has its snapshot."""
        async with self.connected() as watcher:
            await watcher.subscribe(**subscription)
            yield watcher


class Watcher:
    """A viewer that keeps what it was told as the page does. epoch, sequence: where it stands."""

    def __init__(self, server: LiveServer, socket: ClientConnection) -> None:
        self.server, self.socket = server, socket
        self.epoch, self.sequence = "", -1
        self.names: dict[int, str] = {}
        self.latitudes: dict[int, float] = {}
        self.crossings: list[dict[str, Any]] = []

    async def welcomed(self) -> None:
        """Take the first message."""
        said = await self.take()
        assert said["type"] == "welcome"
        self.epoch = said["epoch"]

    async def subscribe(self, **subscription: Any) -> None:
        """Ask, and take what comes up to the first frame."""
        if not self.epoch:
            await self.welcomed()
        before = self.server.hub.viewers
        await self.ask(**subscription)
        await self.server.viewers(before + 1)
        self.server.hub.tick()
        if subscription.get("resume") is None:
            assert (await self.take())["type"] == "snapshot"
            await self.frame()

    async def ask(self, **subscription: Any) -> None:
        """Send a subscription."""
        await self.socket.send(orjson.dumps({"type": "subscribe", **subscription}).decode())

    async def message(self) -> str | bytes:
        """The next one."""
        async with asyncio.timeout(TIMEOUT_S):
            return await self.socket.recv()

    async def next(self) -> dict[str, Any] | Frame:
        """Take the next message as the page does."""
        message = await self.message()
        if isinstance(message, bytes):
            return self._draw(read_frame(message))
        said: dict[str, Any] = orjson.loads(message)
        return self._hear(said)

    async def take(self) -> dict[str, Any]:
        """Take the next message, a text."""
        said = await self.next()
        assert isinstance(said, dict), "a frame, where a text was expected"
        return said

    async def frame(self) -> Frame:
        """Take the next message, a frame."""
        frame = await self.next()
        assert isinstance(frame, Frame), f"a text, where a frame was expected: {frame}"
        return frame

    def _hear(self, said: dict[str, Any]) -> dict[str, Any]:
        match said["type"]:
            case "snapshot":
                self.names = {one["key"]: one["name"] for one in said["members"]}
                self.latitudes, self.sequence = {}, said["sequence"]
            case "members":
                self.names |= {one["key"]: one["name"] for one in said["added"]}
                for key in said["removed"]:
                    self.names.pop(key, None)
                    self.latitudes.pop(key, None)
            case "crossing":
                self.crossings.append(said)
        return said

    def _draw(self, frame: Frame) -> Frame:
        assert set(frame.rows) <= set(self.names), "somebody is drawn who was not introduced"
        self.latitudes |= {key: row.latitude for key, row in frame.rows.items()}
        self.sequence = frame.sequence
        return frame

    async def closed(self) -> int:
        """Wait for the end, whatever is said before; the close code."""
        async with asyncio.timeout(TIMEOUT_S):
            with contextlib.suppress(ConnectionClosed):
                while True:
                    await self.socket.recv()
        assert self.socket.close_code is not None
        return self.socket.close_code


@asynccontextmanager
async def live_server(
    *, ask_again_s: float = ASK_AGAIN_S, most_viewers: int = 100, most_groups: int = 100
) -> AsyncIterator[LiveServer]:
    """A running one."""
    server = LiveServer(ask_again_s, most_viewers, most_groups)
    async with serve(
        server.endpoint.serve, "127.0.0.1", 0, compression=None, max_size=1 << 20, close_timeout=2
    ) as listener:
        server.port = next(iter(listener.sockets)).getsockname()[1]
        yield server
