"""The bus over Redis: a tick's rows as one blob a shard, by sharded publish and subscribe.

    blob    16 bytes, the sender; then LIVE_ROW rows (tracker/model/live_row.py)

Channels are gridwarden:live:{0} to {3}; the braces make each a slot of its own in a Redis Cluster. A device's shard is
its key modulo their number. A sender hears its own blobs too and passes them over.

Redis may go away. What is published meanwhile is dropped and counted; ingest never waits for it. When it is back,
`on_gap` is called, so that the process fills up from the store what it did not hear.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
from collections import deque
from collections.abc import Awaitable, Callable

import numpy as np
from redis.asyncio import Redis
from redis.exceptions import RedisError

from tracker.bus.bus import Heard
from tracker.model.live_row import LIVE_ROW, LiveRows

__all__ = ["RedisBus"]

_log = logging.getLogger(__name__)

_SHARDS = 4
_SENDER_BYTES = 16
_MOST_WAITING = 200
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.1, 2.0
_TIMEOUT_S = 5.0


def _channel(shard: int) -> str:
    return f"gridwarden:live:{{{shard}}}"


class RedisBus:
    """`url` as redis-py takes it. on_gap: awaited after each (re)connection. Bounded: _MOST_WAITING blobs to send."""

    def __init__(self, url: str, *, on_gap: Callable[[], Awaitable[None]]) -> None:
        self._url, self._on_gap = url, on_gap
        self._sender = os.urandom(_SENDER_BYTES)
        self._waiting: deque[tuple[int, bytes]] = deque()
        self._work = asyncio.Event()
        self._heard: list[Heard] = []
        self.connected = asyncio.Event()
        self.dropped = 0

    def publish(self, rows: LiveRows) -> None:
        """Queue one blob a shard; the oldest waiting is dropped when there are too many."""
        shards = rows["device"] % _SHARDS
        for shard in np.unique(shards).tolist():
            if len(self._waiting) >= _MOST_WAITING:
                self._waiting.popleft()
                self.dropped += 1
            self._waiting.append((shard, self._sender + rows[shards == shard].tobytes()))
        self._work.set()

    def subscribe(self, heard: Heard) -> None:
        """Hear other processes' rows."""
        self._heard.append(heard)

    async def run(self) -> None:
        """Publish and listen until cancelled, each with its own reconnection."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._again_and_again(self._send), name="bus: publish")
            group.create_task(self._again_and_again(self._listen), name="bus: listen")

    async def _again_and_again(self, carry: Callable[[Redis], Awaitable[None]]) -> None:
        pause = _FIRST_PAUSE_S
        while True:
            client = Redis.from_url(self._url, socket_connect_timeout=_TIMEOUT_S, socket_timeout=_TIMEOUT_S)
            try:
                async with client:
                    await client.ping()
                    pause = _FIRST_PAUSE_S
                    await carry(client)
            except (RedisError, OSError, TimeoutError) as error:
                _log.warning("Redis is away: trying again", extra={"error": str(error)})
            self._drop_waiting()
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - jitter
            pause = min(2 * pause, _LONGEST_PAUSE_S)

    async def _send(self, client: Redis) -> None:
        while True:
            await self._work.wait()
            self._work.clear()
            waiting, self._waiting = self._waiting, deque()
            pipeline = client.pipeline(transaction=False)
            for shard, blob in waiting:
                pipeline.execute_command("SPUBLISH", _channel(shard), blob)
            try:
                await pipeline.execute()
            except (RedisError, OSError):
                self.dropped += len(waiting)
                raise

    async def _listen(self, client: Redis) -> None:
        pubsub = client.pubsub(ignore_subscribe_messages=True)
        try:
            await pubsub.ssubscribe(*map(_channel, range(_SHARDS)))
            await pubsub.get_message(timeout=_TIMEOUT_S)
            await self._on_gap()
            self.connected.set()
            while True:
                message = await pubsub.get_message(timeout=_TIMEOUT_S)
                if message is not None and message["type"] == "smessage":
                    self._take(message["data"])
                elif message is None:
                    await client.ping()
        finally:
            self.connected.clear()
            await pubsub.aclose()  # type: ignore[no-untyped-call]  # redis-py leaves it untyped

    def _take(self, blob: bytes) -> None:
        """Pass on another's rows; what is not a blob of ours is passed over."""
        if blob[:_SENDER_BYTES] == self._sender or (len(blob) - _SENDER_BYTES) % LIVE_ROW.itemsize:
            return
        rows: LiveRows = np.frombuffer(blob, LIVE_ROW, offset=_SENDER_BYTES)
        for heard in self._heard:
            heard(rows)

    def _drop_waiting(self) -> None:
        self.dropped += len(self._waiting)
        self._waiting.clear()
