"""Collecting datagrams, over a real socket."""

from __future__ import annotations

import asyncio
import socket

from tracker.transports.udp import UdpCollector


async def collected(collector: UdpCollector, woken: asyncio.Event, count: int) -> list[tuple[tuple[str, int], bytes]]:
    got: list[tuple[tuple[str, int], bytes]] = []
    async with asyncio.timeout(10):
        while len(got) < count:
            await woken.wait()
            woken.clear()
            got += collector.collect()
    return got


async def test_datagrams_come_in_order_with_their_sender() -> None:
    woken = asyncio.Event()
    collector = UdpCollector(wake=woken.set)
    address = await collector.listen("127.0.0.1", 0)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as device:
        device.bind(("127.0.0.1", 0))
        for number in range(20):
            device.sendto(b"%d" % number, address)
        got = await collected(collector, woken, 20)
        assert got == [(device.getsockname(), b"%d" % number) for number in range(20)]
    collector.close()


async def test_one_call_takes_a_bounded_number_and_the_rest_waits() -> None:
    woken = asyncio.Event()
    collector = UdpCollector(wake=woken.set, max_datagrams=3)
    address = await collector.listen("127.0.0.1", 0)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as device:
        for number in range(5):
            device.sendto(b"%d" % number, address)
    await woken.wait()
    woken.clear()
    assert len(collector.collect()) == 3
    assert len(await collected(collector, woken, 2)) == 2
    collector.close()


async def test_closing_twice_is_harmless_and_collects_nothing() -> None:
    collector = UdpCollector(wake=lambda: None)
    await collector.listen("127.0.0.1", 0)
    collector.close()
    collector.close()
    assert collector.collect() == []
