"""A cry for help on the real program: viewers and helpers hear it at once, once, whatever happens to the server."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from websockets.asyncio.client import connect

from simulators.day.people import Person
from tests.integration.running import Server, serving
from tests.integration.test_handhelds import Handheld, carried, text_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


@dataclass
class Grid:
    """Anna and bo, a few steps from each other, and dora who watches."""

    dora: Person
    tokens: dict[str, str]

    async def fix(self, server: Server, member: str, *events: str | None) -> None:
        """Fixes of now, one an event, in one request."""
        fixes = []
        for event in events:
            fixes.append({"time": datetime.now(UTC).isoformat(), "latitude": 51.1, "longitude": 71.4, "event": event})
            await asyncio.sleep(0)  # the next one has a later time
        headers = {"Authorization": f"Bearer {self.tokens[member]}"}
        async with self.dora.session.post(server.url("/api/v1/fixes"), json=fixes, headers=headers) as answer:
            assert (await answer.json())["accepted"] == len(fixes), await answer.text()

    async def alerts(self, **query: str) -> list[dict[str, Any]]:
        """The oldest first."""
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        found: list[dict[str, Any]] = (await self.dora.get(f"/alerts?{asked}"))["items"]
        return found[::-1]


@asynccontextmanager
async def a_grid(server: Server, folder: Path) -> AsyncIterator[Grid]:
    members = folder / "members.csv"
    members.write_text("id,name,organisation\nanna,Anna,city\nbo,Bo,city\n")
    await server.command("import", "members", str(members))
    tokens = {one: await server.add_device(f"phone-{one}", "--member", one) for one in ("anna", "bo")}
    async with aiohttp.ClientSession() as http:
        dora = Person(http, server.url(""), await server.add_user("dora", "dispatcher"))
        yield Grid(dora, tokens)


async def looked(server: Server, http: aiohttp.ClientSession, open_: int) -> None:
    """The watch has looked, and knows of so many open SOS."""
    async with asyncio.timeout(30):
        while True:
            async with http.get(server.url("/metrics")) as answer:
                if re.search(rf'^gridwarden_alerts_open{{kind="sos"}} {open_}\.0$', await answer.text(), re.MULTILINE):
                    return
            await asyncio.sleep(0.1)


async def test_a_cry_for_help_reaches_viewers_and_helpers_and_is_seen_to(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(serving(tmp_path / "data"))
        grid = await stack.enter_async_context(a_grid(server, tmp_path))
        headers = {"Authorization": f"Bearer {grid.dora.token}"}
        viewer = await stack.enter_async_context(
            connect(f"ws://{server.at['ws']}/live", additional_headers=headers, proxy=None)
        )
        await viewer.send(json.dumps({"type": "subscribe"}))
        await text_of(viewer, "snapshot")
        helper: Handheld = await stack.enter_async_context(carried(server, grid.tokens["bo"]))
        await grid.fix(server, "bo", None)
        await grid.fix(server, "anna", None, "sos", None)  # over before anybody could look at the live table
        told = (await text_of(viewer, "alert"))["body"]
        assert (told["kind"], told["state"], told["member"], told["text"]) == (
            "sos", "raised", "anna", "Anna asks for help",
        )  # fmt: skip
        assert [one["member"] for one in told["nearest"]] == ["bo"]
        assert (await helper.hears("alert", state="raised"))["id"] == told["id"]
        await grid.dora.post(f"/alerts/{told['id']}/acknowledge", {"note": "on the way"})
        await helper.hears("alert", state="acknowledged")
        incident = await grid.dora.post(f"/alerts/{told['id']}/incident", {})
        assert (incident["kind"], incident["priority"]) == ("E9004", 1)
        log = await grid.dora.get(f"/alerts/{told['id']}/log")
        assert [entry["action"] for entry in log["items"]] == ["raise", "acknowledge", "incident"]


async def test_a_killed_server_neither_forgets_nor_repeats_an_alert(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        async with serving(tmp_path / "data") as server, a_grid(server, tmp_path) as grid:
            for member in ("anna", "bo"):
                await grid.fix(server, member, "sos")
            await looked(server, grid.dora.session, 2)
            [anna] = await grid.alerts(member="anna")
            await grid.dora.post(f"/alerts/{anna['id']}/clear", {"note": "she is well"})
            await grid.fix(server, "anna", "sos", "sos")
            await looked(server, grid.dora.session, 1)
            await server.kill()
        server = await stack.enter_async_context(serving(tmp_path / "data"))
        http = await stack.enter_async_context(aiohttp.ClientSession())
        again = Grid(Person(http, server.url(""), grid.dora.token), grid.tokens)
        await again.fix(server, "anna", "sos")
        await looked(server, http, 1)
        assert [(one["member"], one["state"]) for one in await again.alerts()] == [
            ("anna", "cleared"), ("bo", "raised"),
        ]  # fmt: skip
        await again.fix(server, "anna", None, "sos")
        await looked(server, http, 2)
        assert [one["member"] for one in await again.alerts(state="raised")] == ["bo", "anna"]


async def test_of_two_servers_over_one_database_one_raises(tmp_path: Path, database_url: str) -> None:
    shared = {"GRIDWARDEN_DATABASE_URL": database_url}
    async with (
        serving(tmp_path / "a", **shared) as first,
        serving(tmp_path / "b", **shared) as second,
        a_grid(first, tmp_path) as grid,
    ):
        await asyncio.gather(*(grid.fix(server, "anna", "sos") for server in (first, second)))
        for server in (first, second):
            await looked(server, grid.dora.session, 1)
        assert [one["member"] for one in await grid.alerts()] == ["anna"]
