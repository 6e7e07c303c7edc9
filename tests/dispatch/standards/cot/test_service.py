"""Members and incidents told to a TAK server on real sockets, which comes, goes and does not read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from dispatch.standards.cot.model import Target
from dispatch.standards.cot.service import CotService
from tests.dispatch.recommend.test_service import Crowd
from tests.dispatch.standards.cot.tak import tcp_ear, udp_ear
from tests.dispatch.world import World
from tests.tracker.live.builders import SECOND, a_device, a_row, rows_of


@pytest.fixture
def crowd(world: World) -> Crowd:
    return Crowd(world)


@asynccontextmanager
async def telling(
    crowd: Crowd, transport: str, port: int, *, send_timeout_s: float = 10.0
) -> AsyncIterator[CotService]:
    target = Target("tcp" if transport == "tcp" else "udp", "127.0.0.1", port)
    service = CotService(
        target, crowd.world.pool, crowd.live, lambda: crowd.world.now, again_s=0.01, send_timeout_s=send_timeout_s
    )
    task = asyncio.create_task(service.run())
    try:
        yield service
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def failures(service: CotService, count: int) -> None:
    """So many connections failed."""
    async with asyncio.timeout(60):
        while True:
            if service.outcomes["failed"] >= count:
                return
            await asyncio.sleep(0.01)


def put(crowd: Crowd, key: int, latitude: float = 26.005, *, age_s: float = 1.0, **device: Any) -> str:
    """Member m<key> was seen there; the uid under which he is told."""
    crowd.live.describe([a_device(key, **{"member": key} | device)])
    fix_time = int((crowd.world.now.timestamp() - age_s) * SECOND)
    crowd.live.take(rows_of(a_row(key, fix_time=fix_time, latitude=latitude, longitude=119.305)))
    crowd.live.look()
    return f"gridwarden.member.m{key}"


@pytest.mark.parametrize("transport", ["tcp", "udp"])
async def test_members_and_open_incidents_are_told(crowd: Crowd, transport: str) -> None:
    uid = put(crowd, 1)
    told = await crowd.world.report()
    async with tcp_ear() if transport == "tcp" else udp_ear() as ear, telling(crowd, transport, ear.port) as service:
        assert (await ear.event(uid)).find("point[@lat='26.0050000'][@lon='119.3050000']") is not None
        assert (await ear.event(f"gridwarden.incident.{told['id']}")).get("version") == "2.0"
        put(crowd, 1, 26.006, age_s=0)
        assert (await ear.event(uid)).find("point[@lat='26.0060000']") is not None
        assert service.outcomes["sent"] == 3
        assert service.outcomes["failed"] == service.outcomes["dropped"] == 0


async def test_a_member_goes_stale_when_we_would_show_him_as_stale(crowd: Crowd) -> None:
    usual, own = put(crowd, 1, age_s=1), put(crowd, 2, age_s=1, stale_after_s=300.0)
    async with tcp_ear() as ear, telling(crowd, "tcp", ear.port):
        for uid, seconds in ((usual, 60), (own, 300)):
            at = crowd.world.now + timedelta(seconds=seconds - 1)
            assert (await ear.event(uid)).get("stale") == f"{at:%Y-%m-%dT%H:%M:%S}.000Z"


async def test_who_is_off_duty_or_not_heard_and_what_is_over_are_not_told(crowd: Crowd) -> None:
    world = crowd.world
    put(crowd, 1, age_s=100)
    put(crowd, 2, on_duty=False)
    put(crowd, 3, member=None)
    over = await world.report()
    await world.incidents.reject(over["id"], world["dora"], None, "nothing there")
    await world.report(drill=True)
    last = await world.report()
    uid = put(crowd, 4)
    async with tcp_ear() as ear, telling(crowd, "tcp", ear.port) as service:
        await ear.event(uid)
        await ear.event(f"gridwarden.incident.{last['id']}")
        assert service.outcomes["sent"] == 2


async def test_after_a_broken_connection_everything_is_told_anew(crowd: Crowd) -> None:
    uid = put(crowd, 1)
    async with tcp_ear() as ear, telling(crowd, "tcp", ear.port) as service:
        for connections in (1, 2, 3):
            await ear.event(uid)
            assert ear.connections == connections
            ear.hang_up()
        await ear.event(uid)
        assert service.outcomes["failed"] == 3


async def test_a_server_that_comes_later_is_found(crowd: Crowd) -> None:
    uid = put(crowd, 1)
    async with tcp_ear() as gone:
        port = gone.port
    async with telling(crowd, "tcp", port) as service:
        await failures(service, 2)
        async with tcp_ear(port) as ear:
            await ear.event(uid)


async def test_one_that_does_not_read_is_given_up_and_nothing_is_kept_for_it(crowd: Crowd) -> None:
    crowd.live.describe([a_device(key, member=key, member_name="x" * 60) for key in range(1, 20_001)])
    fix_time = int((crowd.world.now.timestamp() - 1) * SECOND)
    crowd.live.take(rows_of(*(a_row(key, fix_time=fix_time) for key in range(1, 20_001))))
    crowd.live.look()
    stuck = asyncio.Event()

    async def never_read(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await stuck.wait()
        writer.close()

    server = await asyncio.start_server(never_read, "127.0.0.1", 0, limit=1_024)
    port = server.sockets[0].getsockname()[1]
    async with server, telling(crowd, "tcp", port, send_timeout_s=0.1) as service:
        await failures(service, 1)
        stuck.set()
    assert 0 < service.outcomes["sent"] < 20_000


async def test_while_the_database_is_away_members_are_told_all_the_same(crowd: Crowd) -> None:
    uid = put(crowd, 1)
    await crowd.world.report()
    async with crowd.world.pool.connection() as connection:
        await connection.execute("ALTER TABLE incidents RENAME TO elsewhere")
    async with tcp_ear() as ear, telling(crowd, "tcp", ear.port):
        await ear.event(uid)
        put(crowd, 1, 26.006, age_s=0)
        assert (await ear.event(uid)).find("point[@lat='26.0060000']") is not None
