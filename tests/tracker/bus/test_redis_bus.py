"""What only the bus over Redis has to keep: a Redis that goes away, blobs that get lost, a cluster."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from redis.asyncio import Redis

from tests.contracts.test_bus import TIMEOUT_S, Ear, nothing, running
from tests.redis_server import redis_cluster, redis_server
from tests.tracker.live.builders import a_row, rows_of
from tracker.bus.blobs import SENDER_BYTES, SHARDS, blobs_of
from tracker.bus.redis_bus import RedisBus
from tracker.bus.redis_nodes import channel_of, client_of, nodes_of
from tracker.model.live_row import LiveRows


class Gaps:
    """Counts the calls of on_gap; the first `failures` of them fail."""

    def __init__(self, failures: int = 0) -> None:
        self.calls = 0
        self._failures = failures
        self._news = asyncio.Event()

    async def fill(self) -> None:
        self.calls += 1
        self._news.set()
        if self.calls <= self._failures:
            raise OSError("the store is away")

    async def until(self, calls: int) -> None:
        async with asyncio.timeout(TIMEOUT_S):
            while self.calls < calls:
                self._news.clear()
                await self._news.wait()


async def publish(client: Redis, shard: int, data: bytes) -> None:
    """As another program would."""
    await client.execute_command("SPUBLISH", channel_of(shard), data)  # type: ignore[no-untyped-call]  # redis-py's


async def test_it_heals_when_redis_went_away_and_tells_of_the_gap() -> None:
    gaps = [Gaps(), Gaps()]
    with redis_server() as server:
        here, there = (RedisBus(server.url, on_gap=one.fill) for one in gaps)
        ear = Ear(there)
        async with running([here, there]):
            for one in gaps:
                await one.until(1)
            server.kill()
            for _ in range(1_000):
                here.publish(rows_of(a_row(1)))  # returns at once, keeps the newest
            assert here.dropped >= 800
            server.start()
            for one in gaps:
                await one.until(2)
            here.publish(rows_of(a_row(2)))
            async with asyncio.timeout(TIMEOUT_S):
                while 2 not in ear.devices:
                    await ear.until(len(ear.rows) + 1)


async def test_it_starts_without_redis_and_connects_when_it_comes() -> None:
    with redis_server() as server:
        server.kill()
        bus = RedisBus(server.url, on_gap=nothing)
        task = asyncio.create_task(bus.run())
        bus.publish(rows_of(a_row(1)))
        await asyncio.sleep(0)
        server.start()
        async with asyncio.timeout(TIMEOUT_S):
            await bus.connected.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_filling_that_fails_is_done_again() -> None:
    gaps = Gaps(failures=1)
    with redis_server() as server:
        async with running([RedisBus(server.url, on_gap=gaps.fill)]):
            await gaps.until(2)


async def test_a_blob_that_got_lost_is_a_gap_and_strangers_messages_are_none() -> None:
    gaps = Gaps()
    numbers = [0] * SHARDS
    with redis_server() as server:
        bus = RedisBus(server.url, on_gap=gaps.fill)
        ear = Ear(bus)
        async with running([bus]), client_of(server.url) as stranger:
            await gaps.until(1)
            for device, lost in ((4, False), (8, True), (12, False)):
                [(shard, blob)] = blobs_of(rows_of(a_row(device)), (), b"s" * SENDER_BYTES, numbers)
                await publish(stranger, shard, b"what is this?" if lost else blob)
            await ear.until(2)
            assert ear.devices == [4, 12]
            await gaps.until(2)


async def test_a_listener_that_fails_does_not_end_the_bus(caplog: pytest.LogCaptureFixture) -> None:
    def fail(rows: LiveRows) -> None:
        if rows["device"][0] == 1:
            raise ValueError("not today")

    with redis_server() as server:
        here, there = RedisBus(server.url, on_gap=nothing), RedisBus(server.url, on_gap=nothing)
        there.subscribe(fail)
        ear = Ear(there)
        async with running([here, there]):
            here.publish(rows_of(a_row(1)))
            here.publish(rows_of(a_row(5)))
            await ear.until(1)
    assert ear.devices == [5]
    assert "could not be taken" in caplog.text


async def test_a_redis_cluster_carries_it_unchanged(tmp_path: Path) -> None:
    with redis_cluster(tmp_path) as servers:
        nodes = await nodes_of(servers[1].url, SHARDS)
        assert len(nodes) > 1
        assert sorted(shard for node in nodes for shard in node.shards) == list(range(SHARDS))
        here, there = RedisBus(servers[0].url, on_gap=nothing), RedisBus(servers[2].url, on_gap=nothing)
        ear = Ear(there)
        async with running([here, there]):
            here.publish(rows_of(*map(a_row, range(20))))
            await ear.until(20)
    assert sorted(ear.devices) == list(range(20))
    assert here.dropped == 0
