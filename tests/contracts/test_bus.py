"""What every bus keeps: the in-process one, and the one over a real Redis-compatible server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from tests.redis_server import RedisServer, redis_server
from tests.tracker.live.builders import NOON, a_row, rows_of
from tracker.bus.bus import Bus, Exchange, LocalBus
from tracker.bus.redis_bus import RedisBus
from tracker.model.crossing import Crossing, CrossingKind
from tracker.model.live_row import LiveRows

TIMEOUT_S = 20.0


class Ear:
    """What a process heard."""

    def __init__(self, bus: Bus) -> None:
        self.rows: list[bytes] = []
        self.devices: list[int] = []
        self._news = asyncio.Event()
        self.crossings: list[Crossing] = []
        bus.subscribe(self._hear, self._cross)

    def _hear(self, rows: LiveRows) -> None:
        self.rows += [row.tobytes() for row in rows]
        self.devices += rows["device"].tolist()
        self._news.set()

    def _cross(self, crossing: Crossing) -> None:
        assert crossing.device in self.devices, "heard of a crossing before the position"
        self.crossings.append(crossing)
        self._news.set()

    async def until(self, count: int) -> None:
        """Wait for that many rows and crossings."""
        async with asyncio.timeout(TIMEOUT_S):
            while len(self.rows) + len(self.crossings) < count:
                self._news.clear()
                await self._news.wait()


@pytest.fixture(scope="module")
def server() -> Iterator[RedisServer]:
    with redis_server() as running:
        yield running


@pytest.fixture(params=["local", "redis"])
async def buses(request: pytest.FixtureRequest) -> AsyncIterator[list[Bus]]:
    """Three processes' buses, running."""
    if request.param == "local":
        exchange = Exchange()
        yield [LocalBus(exchange) for _ in range(3)]
        return
    url = request.getfixturevalue("server").url
    async with running([RedisBus(url, on_gap=nothing) for _ in range(3)]) as carried:
        yield list(carried)


async def nothing() -> None:
    """Nothing was missed."""


@asynccontextmanager
async def running(buses: list[RedisBus]) -> AsyncIterator[list[RedisBus]]:
    tasks = [asyncio.create_task(bus.run()) for bus in buses]
    try:
        async with asyncio.timeout(TIMEOUT_S):
            for bus in buses:
                await bus.connected.wait()
        yield buses
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_every_other_process_hears_a_row_as_it_was_told(buses: list[Bus]) -> None:
    here, *others = buses
    ears = [Ear(bus) for bus in others]
    sent = rows_of(a_row(1, speed=1.5, moving=1), a_row(2, emergency=1), a_row(7))
    here.publish(sent)
    for ear in ears:
        await ear.until(3)
        assert sorted(ear.rows) == sorted(row.tobytes() for row in sent)


async def test_a_process_does_not_hear_itself(buses: list[Bus]) -> None:
    here, there, _ = buses
    own, other = Ear(here), Ear(there)
    here.publish(rows_of(a_row(1)))
    await other.until(1)
    there.publish(rows_of(a_row(2)))
    await own.until(1)
    assert own.devices == [2]


async def test_all_who_listen_in_a_process_hear(buses: list[Bus]) -> None:
    here, there, _ = buses
    ears = [Ear(there), Ear(there)]
    here.publish(rows_of(a_row(1)))
    for ear in ears:
        await ear.until(1)


async def test_a_devices_rows_come_in_the_order_told(buses: list[Bus]) -> None:
    here, there, _ = buses
    ear = Ear(there)
    sent = [rows_of(a_row(5, fix_time=NOON + at), a_row(6, fix_time=NOON + at)) for at in range(100)]
    for rows in sent:
        here.publish(rows)
    await ear.until(200)
    for device in (5, 6):
        told = [rows[rows["device"] == device].tobytes() for rows in sent]
        assert [row for row, key in zip(ear.rows, ear.devices, strict=True) if key == device] == told


async def test_crossings_come_with_the_rows_and_after_them(buses: list[Bus]) -> None:
    here, there, _ = buses
    own, other = Ear(here), Ear(there)
    crossing = Crossing(geofence=4, device=1, kind=CrossingKind.EXIT, fix_time=NOON, latitude=51.1, longitude=71.4)
    here.publish(rows_of(a_row(1), a_row(2)), [crossing])
    await other.until(3)
    assert other.crossings == [crossing]
    assert own.crossings == []


async def test_no_rows_are_no_message(buses: list[Bus]) -> None:
    here, there, _ = buses
    ear = Ear(there)
    here.publish(rows_of())
    here.publish(rows_of(a_row(1)))
    await ear.until(1)
    assert ear.devices == [1]
    assert here.dropped == 0
