"""Receivers' recordings over real sockets, against what an independent parser (gpsd) made of them.

The sentences of the .chk file that gpsd accepted are followed by its TPV objects: time, latitude, longitude. A stored
position must lie where some TPV of that second lies, to 1e-6 degrees.
"""

from __future__ import annotations

import asyncio
import json
import random
import socket
from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.integration.running import Server, serving

LOGS = Path(__file__).parents[1] / "vectors" / "nmea" / "gpsd"
NAMES = sorted(path.stem for path in LOGS.glob("*.log"))

BINARY_ONLY = {"ublox8-uniqid-monhw": {"20:42:27", "20:42:28"}}  # gpsd has these from UBX messages between the lines

Place = tuple[float, float]


def stream(name: str) -> bytes:
    """The receiver's bytes; lines that start with # are the recording's header."""
    lines = (LOGS / f"{name}.log").read_bytes().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(b"#"))


def truth(name: str) -> tuple[dict[str, list[Place]], list[Place]]:
    """(time of day HH:MM:SS -> places, all places) of the TPV objects; gpsd does not always know the time."""
    places: dict[str, list[Place]] = defaultdict(list)
    every: list[Place] = []
    for line in (LOGS / f"{name}.log.chk").read_bytes().splitlines():
        if not line.startswith(b'{"class":"TPV"'):
            continue
        tpv = json.loads(line)
        if "lat" in tpv:
            every.append((tpv["lat"], tpv["lon"]))
        if "lat" in tpv and "time" in tpv:
            places[tpv["time"][11:19]].append(every[-1])
    return places, every


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


async def register(server: Server, devices: list[str]) -> str:
    """Register them all; the token of an administrator."""
    file = server.log.parent / "devices.csv"
    file.write_text("\n".join(["id", *devices]), encoding="utf-8")
    await server.command("import", "devices", str(file))
    return await server.add_user()


async def told(server: Server) -> None:
    """Wait until nothing is on its way: the last epoch of a stream is told when the stream pauses."""
    async with asyncio.timeout(30):
        before = await counted(server)
        await asyncio.sleep(0.5)  # the pause itself is what ends an epoch
        while before != (after := await counted(server)):
            before = after


async def counted(server: Server) -> list[str]:
    async with aiohttp.ClientSession() as http, http.get(server.url("/metrics")) as answer:
        return [line for line in (await answer.text()).splitlines() if line.startswith("gridwarden_fixes")]


async def fixes(server: Server, device: str, token: str) -> list[dict[str, Any]]:
    """The stored positions of a device, oldest first, without what the reception adds."""
    page = await server.get(f"/api/v1/fixes?device={device}&limit=2000&from=1980-01-01T00:00:00Z", token)
    return [{name: value for name, value in fix.items() if name != "received_at"} for fix in page["items"]]


def assert_agrees(name: str, positions: list[dict[str, Any]]) -> None:
    """Each stored position lies where gpsd saw the receiver in that second."""
    places, every = truth(name)
    misfits = []
    for position in positions:
        moment = datetime.fromisoformat(position["time"]).astimezone(UTC)
        near = places.get(f"{moment:%H:%M:%S}", every)
        if not any(
            abs(position["latitude"] - latitude) <= 1e-6 and abs(position["longitude"] - longitude) <= 1e-6
            for latitude, longitude in near
        ):
            misfits.append(position)
    # gpsd tells a cycle once it has learnt its end: it may leave out one at the edge of a recording
    assert len(misfits) <= 1, f"{name}: {misfits}"


def send_udp(server: Server, device: str, data: bytes) -> None:
    """One datagram a line, as serial-to-network boxes do."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        for line in [identification(device), *data.splitlines(keepends=True)]:
            sender.sendto(line[:4000], server.address("nmea_udp"))


@pytest.mark.slow
async def test_every_log_whole_byte_by_byte_and_cut_stores_what_gpsd_saw(server: Server, cuts: random.Random) -> None:
    """Four devices a log, one a way of sending; all four must store the same."""
    devices = {name: [f"{name}-{way}" for way in ("whole", "bytes", "cut", "udp")] for name in NAMES}
    token = await register(server, [device for ways in devices.values() for device in ways])
    for name in NAMES:
        data = stream(name)
        marks = sorted(cuts.sample(range(1, len(data)), min(40, len(data) - 1)))
        pieces = [data[a:b] for a, b in zip([0, *marks], [*marks, len(data)], strict=True)]
        whole, by_bytes, cut, by_datagrams = devices[name]
        await send_tcp(server, whole, [data])
        await send_tcp(server, by_bytes, [data[i : i + 1] for i in range(len(data))])
        await send_tcp(server, cut, pieces)
        send_udp(server, by_datagrams, data)
        await told(server)
    for name in NAMES:
        stored = [await fixes(server, device, token) for device in devices[name]]
        assert_agrees(name, stored[0])
        assert stored[0] == stored[1] == stored[2] == stored[3], name
        seconds = {position["time"][11:19] for position in stored[0]}
        missing = set(truth(name)[0]) - seconds - BINARY_ONLY.get(name, set())
        assert not missing, f"{name}: gpsd saw positions at {sorted(missing)}"
