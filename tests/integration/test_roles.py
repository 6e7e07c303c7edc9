"""Several processes over one database and Redis: devices hop, live positions cross, a lost Redis heals."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from websockets.asyncio.client import ClientConnection, connect

from tests.integration.running import Server, serving
from tests.redis_server import RedisServer, redis_server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


@dataclass
class City:
    """Two processes that take fixes, one that answers people, and their Redis."""

    ingest: list[Server]
    api: Server
    redis: RedisServer
    token: str


@pytest.fixture
async def city(tmp_path: Path, database_url: str) -> AsyncIterator[City]:
    async with AsyncExitStack() as stack:
        redis = stack.enter_context(redis_server())
        shared = {"GRIDWARDEN_DATABASE_URL": database_url, "GRIDWARDEN_REDIS_URL": redis.url}
        first, second, api = [
            await stack.enter_async_context(serving(tmp_path / name, "--roles", roles, **shared))
            for name, roles in (("one", "ingest"), ("two", "ingest"), ("api", "api,push,workers"))
        ]
        yield City([first, second], api, redis, await api.add_user())


def fix(second: int) -> dict[str, Any]:
    moment = datetime.now(UTC).replace(microsecond=0) - timedelta(seconds=600 - second)
    return {"time": moment.isoformat(), "latitude": 51.1 + second * 1e-6, "longitude": 71.4}


async def send(server: Server, token: str, *fixes: dict[str, Any]) -> dict[str, Any]:
    async with (
        aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as http,
        http.post(server.url("/api/v1/fixes"), json=list(fixes)) as answer,
    ):
        assert answer.status == 200, await answer.text()
        said: dict[str, Any] = await answer.json()
        return said


async def live(city: City, latitude: float) -> dict[str, Any]:
    """The position that the people's process shows, once it has come to this latitude."""
    async with asyncio.timeout(20):
        while True:
            items = (await city.api.get("/api/v1/positions", city.token))["items"]
            if items and abs(items[0]["latitude"] - latitude) < 1e-9:
                found: dict[str, Any] = items[0]
                return found
            await asyncio.sleep(0.05)


async def test_a_device_that_hops_is_neither_doubled_nor_reordered(city: City) -> None:
    token = await city.api.add_device("d1")
    fixes = [fix(second) for second in range(20)]
    for second, one in enumerate(fixes):
        assert (await send(city.ingest[second % 2], token, one))["accepted"] == 1
    resent = await send(city.ingest[0], token, *fixes)
    assert resent == {"accepted": 20, "rejected": []}, "a resend to the other process is acknowledged"
    stored = [datetime.fromisoformat(position["time"]) for position in await city.api.positions("d1")]
    assert stored == [datetime.fromisoformat(one["time"]) for one in fixes]
    assert (await live(city, fixes[-1]["latitude"]))["device"] == "d1"


async def test_a_late_process_knows_where_everybody_is(city: City, tmp_path: Path) -> None:
    token = await city.api.add_device("d1")
    await send(city.ingest[0], token, fix(1))
    shared = {name: city.api.environment[name] for name in ("GRIDWARDEN_DATABASE_URL", "GRIDWARDEN_REDIS_URL")}
    async with serving(tmp_path / "late", "--roles", "api", **shared) as late:
        items = (await late.get("/api/v1/positions", city.token))["items"]
        assert [item["latitude"] for item in items] == [fix(1)["latitude"]]


async def test_a_lost_redis_costs_no_history_and_heals_by_itself(city: City) -> None:
    token = await city.api.add_device("d1")
    await send(city.ingest[0], token, fix(1))
    await live(city, fix(1)["latitude"])
    city.redis.kill()
    assert (await send(city.ingest[0], token, fix(2)))["accepted"] == 1
    assert len(await city.api.positions("d1")) == 2
    city.redis.start()
    await live(city, fix(2)["latitude"])
    await send(city.ingest[1], token, fix(3))
    await live(city, fix(3)["latitude"])


RING = [[71.39, 51.09], [71.41, 51.09], [71.41, 51.11], [71.39, 51.11], [71.39, 51.09]]


async def add_geofence(city: City) -> None:
    body = {
        "organisation": "city", "name": "Square", "kind": "polygon",
        "geometry": {"type": "Polygon", "coordinates": [RING]},
    }  # fmt: skip
    headers = {"Authorization": f"Bearer {city.token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as http,
        http.post(city.api.url("/api/v1/geofences"), json=body) as answer,
    ):
        assert answer.status == 201, await answer.text()


async def walk_over_the_border(server: Server, token: str) -> None:
    """In and out until cancelled: the process learns of the geofence when it looks for one."""
    begin = datetime.now(UTC) - timedelta(hours=1)
    for step in range(360):
        moment = begin + timedelta(seconds=10 * step)
        await send(
            server, token, {"time": moment.isoformat(), "latitude": 51.109 + step % 2 * 0.002, "longitude": 71.4}
        )
        await asyncio.sleep(0.05)


async def told(viewer: ClientConnection, kind: str) -> dict[str, Any]:
    """The next message of that type; others are passed over."""
    async with asyncio.timeout(30):
        while True:
            text = await viewer.recv()
            message: dict[str, Any] = json.loads(text) if isinstance(text, str) else {"type": None}
            if message["type"] == kind:
                return message


async def test_a_geofence_crossed_in_one_process_is_told_to_viewers_of_another(city: City) -> None:
    token = await city.api.add_device("d1")
    await add_geofence(city)
    headers = {"Authorization": f"Bearer {city.token}"}
    async with connect(f"ws://{city.api.at['ws']}/live", additional_headers=headers, proxy=None) as viewer:
        await viewer.send(json.dumps({"type": "subscribe"}))
        await told(viewer, "snapshot")
        walk = asyncio.create_task(walk_over_the_border(city.ingest[0], token))
        try:
            first, second = await told(viewer, "crossing"), await told(viewer, "crossing")
        finally:
            walk.cancel()
            await asyncio.gather(walk, return_exceptions=True)
    assert {first["kind"], second["kind"]} == {"enter", "exit"}, "each is told once"
    assert datetime.fromisoformat(second["time"]) - datetime.fromisoformat(first["time"]) == timedelta(seconds=10)
