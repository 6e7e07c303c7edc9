"""Faults under load: what was acknowledged is stored once, whatever is killed."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from tests.integration.running import Server, serving, start

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

DEVICES = 4
START = datetime.now(UTC).replace(microsecond=0) - timedelta(days=3)


def time_of(number: int) -> str:
    return (START + timedelta(seconds=number)).isoformat().replace("+00:00", "Z")


class Phones:
    """Devices that send one fix after the other, and send again what was not acknowledged, as real apps do."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self.acknowledged: list[int] = [0] * len(tokens)
        self.refusals: list[str] = []
        self.url = ""
        self._stopping = False
        self._more = asyncio.Condition()

    async def run(self) -> None:
        async with asyncio.TaskGroup() as group:
            for device, token in enumerate(self._tokens):
                group.create_task(self._send(device, token))

    def stop(self) -> None:
        self._stopping = True

    async def until(self, total: int) -> None:
        """Wait until so many fixes are acknowledged."""
        async with asyncio.timeout(60), self._more:
            await self._more.wait_for(lambda: sum(self.acknowledged) >= total)

    async def _send(self, device: int, token: str) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        while not self._stopping:
            async with aiohttp.ClientSession(headers=headers) as http:
                try:
                    await self._until_it_breaks(http, device)
                except (aiohttp.ClientError, TimeoutError):
                    await asyncio.sleep(0.02)

    async def _until_it_breaks(self, http: aiohttp.ClientSession, device: int) -> None:
        while not self._stopping:
            number = self.acknowledged[device]
            fix = {"time": time_of(number), "latitude": 51.1 + device * 0.01, "longitude": 71.4 + number * 1e-6}
            async with http.post(f"{self.url}/api/v1/fixes", json=fix, timeout=aiohttp.ClientTimeout(5)) as answer:
                if answer.status != 200:
                    await asyncio.sleep(0.02)
                    return
                said = await answer.json()
            if said["accepted"] != 1:
                self.refusals.append(str(said))
                return
            async with self._more:
                self.acknowledged[device] = number + 1
                self._more.notify_all()


async def assert_stored_once(server: Server, phones: Phones) -> None:
    for device, acknowledged in enumerate(phones.acknowledged):
        times = Counter(position["time"] for position in await server.positions(f"d{device}"))
        lost = [number for number in range(acknowledged) if time_of(number) not in times]
        assert not lost, f"d{device}: {len(lost)} of {acknowledged} acknowledged fixes are lost"
        assert set(times.values()) <= {1}, f"d{device}: doubled"
    assert not phones.refusals


async def phones_of(server: Server) -> Phones:
    return Phones([await server.add_device(f"d{device}") for device in range(DEVICES)])


async def test_kill_9_of_the_server_loses_and_doubles_nothing(tmp_path: Path) -> None:
    dice = random.Random(1)
    async with serving(tmp_path / "data") as server:
        phones = await phones_of(server)
        phones.url = server.url("")
        sending = asyncio.create_task(phones.run())
        for _ in range(4):
            await phones.until(sum(phones.acknowledged) + dice.randrange(40, 120))
            await server.kill()
            again = await start(server.environment, ["serve"], server.log)
            server.process, server.at = again.process, again.at
            phones.url = server.url("")
        await phones.until(sum(phones.acknowledged) + 50)
        phones.stop()
        await sending
        await assert_stored_once(server, phones)


async def test_kill_9_of_postgresql_loses_and_doubles_nothing(tmp_path: Path) -> None:
    async with serving(tmp_path / "data") as server:
        phones = await phones_of(server)
        phones.url = server.url("")
        sending = asyncio.create_task(phones.run())
        for _ in range(3):
            await phones.until(sum(phones.acknowledged) + 80)
            os.kill(_postmaster(tmp_path / "data"), signal.SIGKILL)
        await phones.until(sum(phones.acknowledged) + 80)
        phones.stop()
        await sending
        await _ready(server)
        assert await server.stop() == 0
    async with serving(tmp_path / "data") as server:
        await assert_stored_once(server, phones)


async def _ready(server: Server) -> None:
    """Wait until it can store again and the spool is empty."""
    async with asyncio.timeout(60), aiohttp.ClientSession() as http:
        while True:
            async with http.get(server.url("/metrics")) as answer:
                drained = "gridwarden_spool_bytes 0.0" in await answer.text()
            async with http.get(server.url("/readyz")) as answer:
                if answer.status == 200 and drained:
                    return
            await asyncio.sleep(0.05)


def _postmaster(data: Path) -> int:
    """Process id of the embedded server: the parent of nothing but its own."""
    for pid_file in data.rglob("postmaster.pid"):
        return int(pid_file.read_text(encoding="utf-8").split()[0])
    raise AssertionError("no PostgreSQL runs")
