"""The town of the demo, on a real server: citizens report, and where nobody acts colleagues bring it to its end."""

from __future__ import annotations

import asyncio
import math
from pathlib import Path

import pytest

from simulators.addresses import Address, Addresses
from simulators.clients.counts import Counts
from simulators.day.plan import Plan
from simulators.day.run import DayOptions
from simulators.day.town import Pace, live
from simulators.fleet.scenario import Scenario
from tests.integration.running import Server, serving
from tests.integration.test_scripted_day import MEMBERS, found_city

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

CLOSED = 5


async def closed(server: Server, token: str, count: int) -> list[dict[str, object]]:
    """Wait until so many incidents are."""
    while True:
        items: list[dict[str, object]] = (await server.get("/api/v1/incidents?state=closed", token))["items"]
        if len(items) >= count:
            return items
        await asyncio.sleep(0.2)


async def test_what_nobody_sees_to_is_closed_by_colleagues_and_members(tmp_path: Path) -> None:
    async with serving(tmp_path / "data", GRIDWARDEN_SILENT_AFTER="1h") as server:
        await found_city(server, tmp_path / "city")
        token = await server.add_user("colleague", "dispatcher")
        await server.add_user("inspector", "supervisor")
        options = DayOptions(
            plan=Plan(speed=math.inf, declines=0, silent=0), members=MEMBERS, scenario=Scenario(),
            addresses=Addresses(http=Address(*server.address("http"))),
            dispatcher=("colleague", "colleague has a long password"),
            verifier=("inspector", "inspector has a long password"),
        )  # fmt: skip
        stop = asyncio.Event()
        async with asyncio.timeout(200), asyncio.TaskGroup() as group:
            group.create_task(live(options, Pace(an_hour=7_200, first=3, patience_s=1.0), stop, Counts()))
            ended = await closed(server, token, CLOSED)
            stop.set()
        assert {one["disposition"] for one in ended} == {"mended"}
        assert all(one["verified_at"] and one["handled_by"] for one in ended)
