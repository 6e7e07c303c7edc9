"""A day through the public API only: 120 grids and more, 500 members, 2,000 incidents; each ends, with its reasons."""

from __future__ import annotations

import asyncio
import math
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import numpy as np
import pytest

from simulators.city.city import City, Member
from simulators.city.seed import write_import_files
from simulators.day.legs import AtOnce
from simulators.day.people import Person
from simulators.day.plan import Plan, reports_of
from simulators.day.run import play
from simulators.day.script import Cast
from tests.integration.running import Server, serving

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

MEMBERS = 500
PLAN = Plan(incidents=2_000, speed=math.inf, seed=5)
_AT_ONCE = 50


async def found_city(server: Server, folder: Path) -> tuple[City, list[Member]]:
    """Import the city; every member is seen once, somewhere in his grid."""
    files = write_import_files(folder, members=MEMBERS)
    for kind, path in files.items():
        await server.command("import", kind, str(path))
    city = City.load()
    people = city.members(MEMBERS)
    random, room = np.random.default_rng(1), asyncio.Semaphore(_AT_ONCE)

    async def seen(http: aiohttp.ClientSession, member: Member) -> None:
        way = int(random.choice(np.flatnonzero(city.home == member.grid)))
        latitude, longitude = city.streets.place(np.array([way], np.int32), np.array([0.0]))
        fix = {"time": datetime.now(UTC).isoformat(), "latitude": float(latitude[0]), "longitude": float(longitude[0])}
        headers = {"Authorization": f"Bearer {member.token}"}
        async with room, http.post(server.url("/api/v1/fixes"), json=fix, headers=headers) as answer:
            assert (await answer.json())["accepted"] == 1

    async with aiohttp.ClientSession() as http, asyncio.TaskGroup() as group:
        for member in people:
            group.create_task(seen(http, member))
    return city, people


@asynccontextmanager
async def the_cast(server: Server, plan: Plan) -> AsyncIterator[Cast]:
    """A dispatcher and a supervisor of the whole city."""
    tokens = [await server.add_user(role, role) for role in ("dispatcher", "supervisor")]
    async with aiohttp.ClientSession() as http:
        dispatcher, verifier = (Person(http, server.url(""), token) for token in tokens)
        yield Cast(dispatcher=dispatcher, verifier=verifier, legs=AtOnce(), plan=plan, run="scripted")


def assert_replays(incident: Mapping[str, Any], log: list[Mapping[str, Any]]) -> None:
    """The audit trail, put together, is the incident."""
    state: dict[str, Any] = {}
    for entry in log:
        for name, before in entry["before"].items():
            assert state[name] == before, f"{incident['id']} {name}"
        state |= entry["after"]
    assert [entry["version"] for entry in log] == list(range(1, len(log) + 1))
    for name in ("state", "version", "priority", "escalations", "marks", "sent_back", "disposition", "clock"):
        assert state[name] == incident[name], f"{incident['id']} {name}"


async def test_a_scripted_day_ends_with_every_incident_closed_rejected_or_escalated(tmp_path: Path) -> None:
    async with serving(tmp_path / "data", GRIDWARDEN_SILENT_AFTER="1h") as server:
        city, people = await found_city(server, tmp_path / "city")
        grids = sorted({member.grid for member in people})
        assert len(grids) >= 120
        async with the_cast(server, PLAN) as cast:
            kinds = [one["code"] for one in (await cast.dispatcher.get("/kinds"))["items"]]
            reports = reports_of(PLAN, city, kinds, grids)
            ended = await play(reports, cast)
            states = Counter(one["state"] for one in ended)
            assert states["closed"] > 0.9 * len(reports)
            assert set(states) <= {"closed", "rejected"} or all(
                one["escalations"] for one in ended if one["state"] not in ("closed", "rejected")
            )
            room = asyncio.Semaphore(_AT_ONCE)

            async def replays(incident: Mapping[str, Any]) -> None:
                async with room:
                    log = await cast.dispatcher.get(f"/incidents/{incident['id']}/log")
                assert_replays(incident, log["items"])
                assert all(entry["actor"] for entry in log["items"])

            async with asyncio.TaskGroup() as group:
                for one in ended:
                    group.create_task(replays(one))
            busy = await cast.dispatcher.get("/assignments", state="offered,acknowledged,en_route,on_scene", limit=10)
            assert busy["items"] == []
