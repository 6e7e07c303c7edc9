"""The life of a server: it starts empty, says where it listens, and stops with nothing lost."""

from __future__ import annotations

import asyncio
import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from tests.integration.running import environment, serving, start

FIX = {"latitude": 51.1, "longitude": 71.4}


async def test_it_says_where_it_listens_and_is_healthy(tmp_path: Path) -> None:
    async with serving(tmp_path / "data") as server:
        assert set(server.at) == {"http", "ws", "nmea_tcp", "nmea_udp", "osmand"}
        assert all(port for _, port in map(server.address, server.at))
        async with aiohttp.ClientSession() as http:
            for path in ("/healthz", "/readyz", "/metrics", "/api/v1/openapi.json"):
                async with http.get(server.url(path)) as answer:
                    assert answer.status == 200, path


async def test_sigterm_under_load_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    async with serving(tmp_path / "data") as server:
        token = await server.add_device("d1")
        acknowledged: list[int] = []
        stopping = asyncio.Event()

        async def send(http: aiohttp.ClientSession, first: int) -> None:
            for number in range(first, first + 2_000):
                fix = FIX | {"time": _time(number)}
                try:
                    async with http.post(
                        server.url("/api/v1/fixes"), json=fix, headers={"Authorization": f"Bearer {token}"}
                    ) as answer:
                        if answer.status != 200 or (await answer.json())["accepted"] != 1:
                            return
                except aiohttp.ClientError:
                    return
                acknowledged.append(number)
                if len(acknowledged) == 300:
                    stopping.set()

        async with aiohttp.ClientSession() as http, asyncio.TaskGroup() as group:
            for first in range(0, 16_000, 2_000):
                group.create_task(send(http, first))
            async with asyncio.timeout(60):
                await stopping.wait()
            assert await server.stop() == 0
        stored = {position["time"] for position in await server.positions("d1")}
        assert {_time(number) for number in acknowledged} <= stored


def _time(number: int) -> str:
    moment = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=2)
    return (moment + timedelta(seconds=number)).isoformat().replace("+00:00", "Z")


async def test_wrong_settings_stop_the_start_with_every_fault(tmp_path: Path) -> None:
    environ = environment(tmp_path, GRIDWARDEN_HTTP="nonsense", GRIDWARDEN_MAX_FIX_AGE="soon")
    with pytest.raises(AssertionError, match=r"(?s)GRIDWARDEN_HTTP.*GRIDWARDEN_MAX_FIX_AGE"):
        await start(environ, ["serve"], tmp_path / "log")


async def test_a_second_server_on_the_same_data_is_told_so(tmp_path: Path) -> None:
    async with serving(tmp_path / "data") as server:
        with pytest.raises(AssertionError, match="another gridwarden runs"):
            await start(server.environment, ["serve"], tmp_path / "second.log")


async def test_check_says_what_is_so(tmp_path: Path) -> None:
    async with serving(tmp_path / "data") as server:
        report = (await server.command("check")).decode()
        assert "BAD" not in report
        assert "PostgreSQL" in report


def _keep(folder: Path, data: bytes) -> None:
    sha256 = hashlib.sha256(data).hexdigest()
    (folder / sha256[:2]).mkdir(parents=True, exist_ok=True)
    (folder / sha256[:2] / sha256).write_bytes(data)


async def test_what_is_no_backup_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "state").write_bytes(b"no backup")
    async with serving(tmp_path / "data") as server:
        await server.add_device("d1")
        with pytest.raises(AssertionError, match="the file is no backup"):
            await server.command("restore", str(tmp_path / "state"))
        assert b'"d1"' in await server.command("device", "list")


async def test_a_backup_restores_elsewhere(tmp_path: Path) -> None:
    async with serving(tmp_path / "data") as server:
        token = await server.add_device("d1")
        async with (
            aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as http,
            http.post(
                server.url("/api/v1/fixes"), json=[FIX | {"time": _time(number)} for number in range(5)]
            ) as answer,
        ):
            assert (await answer.json()) == {"accepted": 5, "rejected": []}
        stored = await server.positions("d1")
        for folder in ("files", "clips"):
            _keep(tmp_path / "data" / folder, folder.encode())
        await server.command("backup", str(tmp_path / "state"))
        assert (tmp_path / "state").stat().st_mode & 0o777 == 0o600
    async with serving(tmp_path / "elsewhere") as server:
        await server.command("restore", str(tmp_path / "state"))
        for folder in ("files", "clips"):
            (copied,) = (tmp_path / "elsewhere" / folder).glob("*/*")
            assert copied.read_bytes() == folder.encode()
        assert await server.positions("d1") == stored
        assert json.loads((await server.command("device", "list")).splitlines()[0])["device"] == "d1"
