"""Fault 7: strangers who are silent, say half of something, say too much, or pretend to be devices."""

from __future__ import annotations

import asyncio
import random
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress

import aiohttp

from benchmarks.faults.account import Fault, Result
from benchmarks.faults.installation import Server, installation
from benchmarks.faults.load import loaded
from benchmarks.faults.memory import looking

__all__ = ["FAULTS"]

CONNECTIONS = 5_000
LINE_BYTES = 1_000_000_000
DATAGRAMS = 1_000_000
UNKNOWN = 10_000
MOST_MB = 250.0
_GAP_S = 5.0
_STAY_S = 5.0
_HEAD_S = 25.0
"""In which the server closes who does not say what he wants, and a look more."""
_PIECE = b"x" * 1_000_000
_REFUSED = (
    "gridwarden_nmea_sentences_refused_total", "gridwarden_nmea_datagrams_dropped_total",
    "gridwarden_device_requests_refused_total",
)  # fmt: skip

Deed = Callable[[Server, float], Awaitable[str]]


async def _silent(server: Server, share: float) -> str:
    return await _connected(server.nmea, round(CONNECTIONS * share), b"")


async def _half_lines(server: Server, share: float) -> str:
    return await _connected(server.nmea, round(CONNECTIONS * share), b"$GPRMC,120000.00,A,51")


async def _half_requests(server: Server, share: float) -> str:
    return await _connected(server.http_at, round(CONNECTIONS * share), b"GET / HTTP/1.1\r\nHost:", _HEAD_S)


async def _connected(at: tuple[str, int], count: int, said: bytes, stay_s: float = _STAY_S) -> str:
    """So many at once, who say this and stay for a while; how many of them the server closed meanwhile."""
    ends = []
    try:
        for _ in range(count):
            end = await asyncio.open_connection(*at)
            end[1].write(said)
            ends.append(end)
        await asyncio.sleep(stay_s)
        closed = sum(reader.at_eof() or reader.exception() is not None for reader, _ in ends)
    finally:
        for _, writer in ends:
            writer.transport.abort()
    return f"{count:,} at once, {closed:,} of them closed within {stay_s:.0f} s"


async def _long_line(server: Server, share: float) -> str:
    """Bytes without an end of line, until they are all gone or the server hangs up."""
    _, writer = await asyncio.open_connection(*server.nmea)
    sent, wanted = 0, round(LINE_BYTES * share)
    with suppress(ConnectionError):
        while sent < wanted:
            writer.write(_PIECE)
            await writer.drain()
            sent += len(_PIECE)
    writer.transport.abort()
    return f"{sent / 1e6:,.0f} MB taken"


async def _datagrams(server: Server, share: float) -> str:
    """Noise, as fast as the kernel takes it."""
    dice, count = random.Random(7), round(DATAGRAMS * share)
    noise = [dice.randbytes(dice.randrange(1, 400)) for _ in range(1_000)]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        for number in range(count):
            out.sendto(noise[number % len(noise)], server.udp)
            if number % 200 == 0:
                await asyncio.sleep(0)
    return f"{count:,} sent"


async def _unknown(server: Server, share: float) -> str:
    """Requests with tokens that nobody has."""
    count, answers = round(UNKNOWN * share), dict[int, int]()
    fix = {"time": "2026-01-01T00:00:00Z", "latitude": 51.1, "longitude": 71.4}

    async def some(first: int) -> None:
        async with aiohttp.ClientSession() as http:
            for number in range(first, count, 20):
                headers = {"Authorization": f"Bearer nobody-{number}"}
                async with http.post(f"{server.http}/api/v1/fixes", json=fix, headers=headers) as answer:
                    answers[answer.status] = answers.get(answer.status, 0) + 1

    await asyncio.gather(*map(some, range(20)))
    return ", ".join(f"{times:,} answered {status}" for status, times in sorted(answers.items()))


DEEDS: tuple[tuple[str, Deed], ...] = (
    ("silent connections", _silent), ("connections that say half a line", _half_lines),
    ("connections that send half a request", _half_requests), ("one line of 1 GB", _long_line),
    ("random datagrams", _datagrams), ("unknown devices", _unknown),
)  # fmt: skip


async def _strangers(share: float) -> list[Result]:
    return [await _one(name, deed, share) for name, deed in DEEDS]


async def _one(name: str, deed: Deed, share: float) -> Result:
    """Memory stays bounded, and the good devices notice nothing but the processor that strangers use up."""
    async with installation() as made:
        server = await made.server()
        async with loaded(made, server) as load, looking(server) as held:
            before = await _refusals(server)
            said = await deed(server, share)
            refused = await _refusals(server) - before
            await load.goes_on()
            grown, gap_s = held.growth_mb, load.handhelds.longest_gap_s
            return await load.result(
                f"strangers: {name}", server, kept=grown <= MOST_MB and gap_s <= _GAP_S,
                goal=f"memory grows by {MOST_MB:.0f} MB at most, good devices unharmed, 0 lost",
                notes=f"{said}; {refused:,.0f} refusals counted; memory grew by {grown:.0f} MB; "
                f"longest time without an acknowledgement {gap_s:.1f} s",
            )  # fmt: skip


async def _refusals(server: Server) -> float:
    return sum([await server.metric(name) or 0.0 for name in _REFUSED])


FAULTS = (Fault(7, "strangers", _strangers),)
