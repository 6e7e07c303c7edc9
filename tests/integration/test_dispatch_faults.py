"""Clocks and offers survive kill -9 between any two statements: every step is done, and done once."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from simulators.day.people import Person
from tests.integration.running import Server, serving, start
from tests.registry.two_districts import square

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

KILLS = 4
INCIDENTS = 40
PLACE = {"latitude": 26.005, "longitude": 119.305}


async def found(server: Server, folder: Path) -> Person:
    """District east > street main > grid one with three members who are there, and an administrator."""
    features = [
        {"type": "Feature", "properties": {"id": one, "parent": above, "level": level, "name": one}, "geometry": area}
        for one, above, level, area in (
            ("east", "city", "district", square(119.30, 26.0, 0.05)),
            ("main", "east", "street", square(119.30, 26.0, 0.03)), ("one", "main", "grid", square(119.30, 26.0)),
        )
    ]  # fmt: skip
    tree, members = folder / "tree.geojson", folder / "members.csv"
    tree.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    members.write_text("id,name,organisation\n" + "".join(f"m{number},M,one\n" for number in range(3)))
    await server.command("import", "organisations", str(tree))
    await server.command("import", "members", str(members))
    http = aiohttp.ClientSession()
    for number in range(3):
        token = await server.add_device(f"phone-{number}", "--member", f"m{number}")
        fix = {"time": datetime.now(UTC).isoformat(), "latitude": 26.005, "longitude": 119.305 + number * 1e-4}
        async with http.post(
            server.url("/api/v1/fixes"), json=fix, headers={"Authorization": f"Bearer {token}"}
        ) as answer:
            assert (await answer.json())["accepted"] == 1
    return Person(http, server.url(""), await server.add_user())


async def killed_until(server: Server, person: Person, done: Callable[[Person], Awaitable[bool]]) -> Person:
    """Kill and restart it while it works, then wait until the work is done; the person at the last address."""
    dice = random.Random(3)
    for _ in range(KILLS):
        await asyncio.sleep(0.3 + dice.random())
        await server.kill()
        again = await start(server.environment, ["serve"], server.log)
        server.process, server.at = again.process, again.at
    person = Person(person.session, server.url(""), person.token)
    async with asyncio.timeout(60):
        while True:
            if await done(person):
                return person
            await asyncio.sleep(0.1)


async def test_what_runs_late_goes_up_each_step_once_though_the_server_is_killed(tmp_path: Path) -> None:
    async with serving(tmp_path / "data") as server:
        person = await found(server, tmp_path)
        async with person.session:
            await person.patch("/kinds/C0101", {"accept_s": 2})
            report = {"kind": "C0101", "description": "d"} | PLACE
            incidents = [(await person.post("/incidents", report))["id"] for _ in range(INCIDENTS)]

            async def all_at_the_top(now: Person) -> bool:
                told = await now.get("/incidents", limit=200)
                return all(one["due_at"] is None for one in told["items"])

            person = await killed_until(server, person, all_at_the_top)
            for incident in incidents:
                told = await person.get(f"/incidents/{incident}")
                assert (told["organisation"], told["marks"], told["escalations"]) == ("east", 3, 2)
                log = (await person.get(f"/incidents/{incident}/log"))["items"]
                assert [entry["action"] for entry in log] == ["report", "escalate", "escalate", "escalate"]
                assert [entry["version"] for entry in log] == [1, 2, 3, 4]


async def test_an_unanswered_offer_goes_on_once_to_the_next_though_the_server_is_killed(tmp_path: Path) -> None:
    async with serving(tmp_path / "data", GRIDWARDEN_SILENT_AFTER="1h") as server:
        person = await found(server, tmp_path)
        async with person.session:
            incident = await person.post("/incidents", {"kind": "C0101", "description": "d"} | PLACE)
            first = {"members": ["m0"], "answer_within_s": 1.0, "policy": "nearest"}
            await person.post(f"/incidents/{incident['id']}/dispatch", first)

            async def the_next_was_asked(now: Person) -> bool:
                told = await now.get(f"/incidents/{incident['id']}")
                return len(told["assignments"]) > 1

            person = await killed_until(server, person, the_next_was_asked)
            told: dict[str, Any] = await person.get(f"/incidents/{incident['id']}")
            asked = Counter(one["member"] for one in told["assignments"])
            assert asked == {"m0": 1, "m1": 1}
            open_ = await person.get("/assignments", state="offered,acknowledged,en_route,on_scene")
            assert len(open_["items"]) <= 1
