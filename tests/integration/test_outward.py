"""The real server with an operator's routing engine and TAK server beside it: settings to sockets, nothing between."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

from simulators.day.people import Person
from tests.dispatch.routing.engines import engine_server
from tests.dispatch.standards.cot.tak import tcp_ear
from tests.integration.north.district import District
from tests.integration.running import serving

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


async def test_members_go_to_tak_and_travel_times_come_from_the_engine(tmp_path: Path) -> None:
    async with tcp_ear() as ear, engine_server() as engine, aiohttp.ClientSession() as http:
        settings = {
            "GRIDWARDEN_COT_URL": f"tcp://127.0.0.1:{ear.port}", "GRIDWARDEN_ROUTING_URL": f"osrm+{engine.base}"
        }  # fmt: skip
        async with serving(tmp_path / "data", **settings) as server:
            root = Person(http, server.url(""), await server.add_user("root", "administrator"))
            district = District()
            await district.found(server, tmp_path, root)
            member = await ear.event("gridwarden.member.anna")
            assert member.find("point[@lat='26.0050000'][@lon='119.3050000']") is not None
            assert datetime.fromisoformat(member.get("stale", "")) > datetime.now(UTC)
            assert (await ear.event("gridwarden.incident.I-1")).get("type") == "b-m-p-s-m"
            place = {"latitude": 26.005, "longitude": 119.304}
            told = await root.post("/incidents", {"kind": "C0101", "description": "cover"} | place)
            found = await root.get(f"/incidents/{told['id']}/candidates")
            assert found["items"] == []  # anna is busy: nobody is asked for
            assert engine.asked == []
            dispatched = await root.get("/assignments")
            await root.post(f"/assignments/{dispatched['items'][0]['id']}/clear", {"reason": "free again"})
            found = await root.get(f"/incidents/{told['id']}/candidates")
            assert (found["basis"], found["routing_problem"]) == ("osrm", None)
            assert [(one["member"], one["basis"]) for one in found["items"]] == [("anna", "osrm")]
            assert found["items"][0]["travel_s"] == pytest.approx(100.0, abs=0.2)
            engine.mode = "500"
            found = await root.get(f"/incidents/{told['id']}/candidates")
            assert (found["basis"], found["routing_problem"]) == ("line", "osrm answered 500")
            assert [one["member"] for one in found["items"]] == ["anna"]
