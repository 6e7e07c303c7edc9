"""The bus over Redis: what a tick brought as one blob a shard, by sharded publish and subscribe.

Redis may go away. What is published meanwhile waits in a short queue a shard, whose oldest blobs are dropped and
counted; ingest never waits. Connections are made anew with growing pauses. `on_gap` is called after each new
subscription and whenever a blob is missing from a sender's numbers, so that the process fills up from the store what
it did not hear; when that fails it is called again.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

from redis.asyncio.client import PubSub
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError

from tracker.bus.blobs import SENDER_BYTES, SHARDS, Numbers, blobs_of, read_blob
from tracker.bus.bus import Crossed, Ears, Heard
from tracker.bus.redis_nodes import TIMEOUT_S, RedisNode, channel_of, client_of, nodes_of
from tracker.model.crossing import Crossing
from tracker.model.live_row import LiveRows

__all__ = ["RedisBus"]

_log = logging.getLogger(__name__)

_MOST_WAITING = 200
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.1, 2.0
_REFILL_PAUSE_S = 1.0


class RedisBus:
    """`url` as redis-py takes it; of a Redis Cluster, any of its nodes. on_gap: awaited, one call at a time."""

    def __init__(self, url: str, *, on_gap: Callable[[], Awaitable[None]]) -> None:
        self._url, self._on_gap = url, on_gap
        self._sender = os.urandom(SENDER_BYTES)
        self._sent, self._numbers = [0] * SHARDS, Numbers()
        self._waiting: list[deque[bytes]] = [deque() for _ in range(SHARDS)]
        self._work: dict[int, asyncio.Event] = {}  # by shard, of the sender to its node
        self._gap = asyncio.Event()
        self._ears = Ears()
        self._listening: set[int] = set()
        self.connected = asyncio.Event()
        self.dropped = 0

    def publish(self, rows: LiveRows, crossings: Sequence[Crossing] = ()) -> None:
        """Queue one blob a shard; the oldest waiting is dropped when there are too many."""
        for shard, blob in blobs_of(rows, crossings, self._sender, self._sent):
            waiting = self._waiting[shard]
            if len(waiting) >= _MOST_WAITING:
                waiting.popleft()
                self.dropped += 1
            waiting.append(blob)
            if shard in self._work:
                self._work[shard].set()

    def subscribe(self, heard: Heard, crossed: Crossed | None = None) -> None:
        """Hear other processes."""
        self._ears.add(heard, crossed)

    async def run(self) -> None:
        """Carry and fill gaps until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._carry_again_and_again(), name="bus: carry")
            group.create_task(self._fill_gaps(), name="bus: fill gaps")

    async def _carry_again_and_again(self) -> None:
        pause = _FIRST_PAUSE_S
        while True:
            try:
                await self._carry()
            except* (RedisError, OSError, TimeoutError) as errors:
                _log.warning("Redis is away: trying again", extra={"error": str(errors.exceptions[0])})
            if self.connected.is_set():
                pause = _FIRST_PAUSE_S
                self.connected.clear()
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - jitter
            pause = min(2 * pause, _LONGEST_PAUSE_S)

    async def _carry(self) -> None:
        """Publish to and listen to every node; ends with the first error of any of them."""
        self._listening.clear()
        async with asyncio.TaskGroup() as group:
            for node in await nodes_of(self._url, SHARDS):
                group.create_task(self._send(node), name="bus: publish")
                group.create_task(self._listen(node), name="bus: listen")

    async def _send(self, node: RedisNode) -> None:
        work = asyncio.Event()
        work.set()  # what waited while there was no connection
        self._work.update(dict.fromkeys(node.shards, work))
        async with client_of(node.url) as client:
            while True:
                await work.wait()
                work.clear()
                pipeline, blobs = client.pipeline(transaction=False), 0
                for shard in node.shards:
                    while self._waiting[shard]:
                        pipeline.execute_command("SPUBLISH", channel_of(shard), self._waiting[shard].popleft())
                        blobs += 1
                try:
                    await pipeline.execute()
                except (RedisError, OSError, TimeoutError):
                    self.dropped += blobs
                    raise

    async def _listen(self, node: RedisNode) -> None:
        async with client_of(node.url) as client, client.pubsub() as pubsub:
            for shard in node.shards:  # one at a time: they may have different slots
                await pubsub.ssubscribe(channel_of(shard))
            for _ in node.shards:
                await _next_message(pubsub)
            self._listening.update(node.shards)
            if len(self._listening) == SHARDS:
                self._gap.set()
                self.connected.set()
            while True:
                kind, data = await _next_message(pubsub)
                if kind == "smessage":
                    self._take(data)
                elif kind == "sunsubscribe":
                    raise RedisConnectionError("another node carries this channel now")

    def _take(self, data: bytes) -> None:
        """Pass on another's rows; what is not a blob of ours is passed over."""
        blob = read_blob(data)
        if blob is None or blob.sender == self._sender:
            return
        if not self._numbers.follows(blob):
            self._gap.set()
        try:
            self._ears.hear(blob.rows, blob.crossings)
        except Exception:  # noqa: BLE001 - supervisor of one blob: the next ones are heard
            _log.exception("a blob from the bus could not be taken", extra={"rows": len(blob.rows)})

    async def _fill_gaps(self) -> None:
        while True:
            await self._gap.wait()
            self._gap.clear()
            try:
                await self._on_gap()
            except Exception as error:  # noqa: BLE001 - supervisor of one filling: tried again
                _log.warning("what was not heard waits", extra={"error": str(error).strip()})
                self._gap.set()
            await asyncio.sleep(_REFILL_PAUSE_S * random.uniform(0.5, 1.5))  # noqa: S311 - jitter


async def _next_message(pubsub: PubSub) -> tuple[str, bytes]:
    """(kind, data); a quiet connection is pinged. Raises TimeoutError when it does not answer even that."""
    for _ in range(2):
        message = await pubsub.get_message(timeout=TIMEOUT_S)
        if message is not None:
            return message["type"], message["data"]
        await pubsub.ping()
    raise TimeoutError("Redis does not answer")
