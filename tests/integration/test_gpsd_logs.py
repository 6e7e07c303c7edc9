"""Receivers' recordings over real sockets, against what an independent parser (gpsd) made of them.

The sentences of the .chk file that gpsd accepted are followed by its TPV objects: time, latitude, longitude. A stored
position must lie where some TPV of that second lies, to 1e-6 degrees.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.integration.running import Server, serving

LOGS = Path(__file__).parents[1] / "vectors" / "nmea" / "gpsd"
NAMES = sorted(path.stem for path in LOGS.glob("*.log"))
WEEKS_OFF = {"neo-m8n", "rst39"}  # receivers whose week number rolled over: compare the time of day

Place = tuple[float, float]


def stream(name: str) -> bytes:
    """The receiver's bytes; lines that start with # are the recording's header."""
    lines = (LOGS / f"{name}.log").read_bytes().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(b"#"))


def truth(name: str) -> dict[str, list[Place]]:
    """Time of day (HH:MM:SS) -> the places of the TPV objects of that second."""
    places = defaultdict(list)
    for line in (LOGS / f"{name}.log.chk").read_bytes().splitlines():
        if not line.startswith(b'{"class":"TPV"'):
            continue
        tpv = json.loads(line)
        if "lat" in tpv and "time" in tpv:
            places[tpv["time"][11:19]].append((tpv["lat"], tpv["lon"]))
    return places


@pytest.fixture(scope="module")
def cuts() -> random.Random:
    return random.Random(20261124)


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    async with serving(tmp_path / "data", GRIDWARDEN_MAX_FIX_AGE="unlimited") as running:
        yield running


async def send_tcp(server: Server, device: str, chunks: list[bytes]) -> None:
    reader, writer = await asyncio.open_connection(*server.address("nmea_tcp"))
    writer.write(identification(device))
    for chunk in chunks:
        writer.write(chunk)
        await writer.drain()
    writer.write_eof()
    async with asyncio.timeout(30):
        await reader.read()
    writer.close()
    await writer.wait_closed()


def identification(device: str) -> bytes:
    body = f"PGID,{device}".encode()
    checksum = 0
    for byte in body:
        checksum ^= byte
    return b"$%s*%02X\r\n" % (body, checksum)


async def stored(server: Server, device: str, expected: int) -> list[dict[str, object]]:
    """The positions once there are as many as expected, or no more come."""
    positions: list[dict[str, object]] = []
    for _ in range(20):
        positions = await server.positions(device)
        if len(positions) >= expected:
            break
    return positions


def assert_agrees(name: str, positions: list[dict[str, object]]) -> None:
    places = truth(name)
    for position in positions:
        moment = datetime.fromisoformat(str(position["time"])).astimezone(UTC)
        near = places.get(f"{moment:%H:%M:%S}")
        assert near, f"{name}: gpsd has no fix at {moment}"
        latitude, longitude = float(str(position["latitude"])), float(str(position["longitude"]))
        assert any(abs(latitude - lat) <= 1e-6 and abs(longitude - lon) <= 1e-6 for lat, lon in near), (
            f"{name}: {moment} {latitude} {longitude} is not among {near}"
        )


@pytest.mark.slow
async def test_every_log_whole_byte_by_byte_and_cut_stores_what_gpsd_saw(server: Server, cuts: random.Random) -> None:
    """Three devices a log, one a way of cutting; all three must store the same."""
    devices = {name: [f"{name}-{way}" for way in ("whole", "bytes", "cut")] for name in NAMES}
    for device in (device for three in devices.values() for device in three):
        await server.add_device(device)
    for name in NAMES:
        data = stream(name)
        marks = sorted(cuts.sample(range(1, len(data)), min(40, len(data) - 1)))
        pieces = [data[a:b] for a, b in zip([0, *marks], [*marks, len(data)], strict=True)]
        whole, by_bytes, cut = devices[name]
        await send_tcp(server, whole, [data])
        await send_tcp(server, by_bytes, [data[i : i + 1] for i in range(len(data))])
        await send_tcp(server, cut, pieces)
    for name in NAMES:
        seconds = truth(name)
        whole, by_bytes, cut = [await stored(server, device, len(seconds)) for device in devices[name]]
        assert_agrees(name, whole)
        assert whole == by_bytes == cut, name
        assert bool(whole) == bool(seconds), f"{name}: stored {len(whole)}, gpsd has {len(seconds)} seconds"
