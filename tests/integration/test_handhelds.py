"""Assignments reach handhelds at once, over two servers, and again until they are answered."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from websockets.asyncio.client import ClientConnection, connect

from simulators.day.people import Person
from tests.integration.running import Server, serving

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

REPORT = {"kind": "C0101", "latitude": 51.1, "longitude": 71.4, "description": "a cover is missing"}


class Handheld:
    """Anna's handheld on the websocket."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection

    async def hears(self, kind: str, **fields: Any) -> dict[str, Any]:
        """The next message of that type with these fields; others are passed over."""
        async with asyncio.timeout(20):
            while True:
                message: dict[str, Any] = json.loads(await self._connection.recv())
                if message["type"] == kind and all(message[name] == value for name, value in fields.items()):
                    return message

    async def says(self, **message: Any) -> dict[str, Any]:
        """Send it; the answer."""
        await self._connection.send(json.dumps(message | {"id": "x"}))
        async with asyncio.timeout(20):
            while True:
                answer: dict[str, Any] = json.loads(await self._connection.recv())
                if answer.get("id") == "x" and answer["type"] in ("ack", "problem"):
                    return answer


@asynccontextmanager
async def carried(server: Server, token: str) -> AsyncIterator[Handheld]:
    headers = {"Authorization": f"Bearer {token}"}
    async with connect(f"ws://{server.at['ws']}/device", additional_headers=headers, proxy=None) as connection:
        yield Handheld(connection)


async def found(server: Server, folder: Path) -> tuple[Person, str]:
    """A dispatcher, and the token of the device that member anna carries."""
    members = folder / "members.csv"
    members.write_text("id,name,organisation\nanna,Anna,city\n")
    await server.command("import", "members", str(members))
    device = await server.add_device("phone", "--member", "anna")
    return Person(aiohttp.ClientSession(), server.url(""), await server.add_user("dora", "dispatcher")), device


async def test_an_assignment_reaches_the_handheld_is_answered_and_done(tmp_path: Path) -> None:
    async with serving(tmp_path / "data") as server:
        dora, token = await found(server, tmp_path)
        async with dora.session, carried(server, token) as handheld:
            incident = await dora.post("/incidents", REPORT)
            told = await dora.post(f"/incidents/{incident['id']}/dispatch", {"members": ["anna"]})
            offered = await handheld.hears("assignment", state="offered")
            assert offered["incident"]["kind_zh"] == "上水井盖"
            assert (offered["id"], offered["member"]) == (told["assignments"][0]["id"], "anna")
            assert (await handheld.says(type="received", assignment=offered["id"]))["type"] == "ack"
            for do in ("acknowledge", "en-route", "arrive"):
                answer = await handheld.says(type="assignment", assignment=offered["id"], do=do)
                assert answer == {"type": "ack", "id": "x"}
            again = await handheld.says(type="assignment", assignment=offered["id"], do="acknowledge")
            assert (again["type"], again["status"]) == ("problem", 409)
            fix = {"time": datetime.now(UTC).isoformat(), "latitude": 51.1, "longitude": 71.4}
            assert (await handheld.says(**fix))["accepted"] == 1
            await handheld.says(type="feedback", incident=incident["id"], note="a new one")
            told = await dora.get(f"/incidents/{incident['id']}")
            assert (told["state"], told["handled_by"]) == ("feedback", "anna")
            assert told["assignments"][0]["delivered_at"] is not None


async def test_an_offline_handheld_gets_what_is_pending_when_it_comes(tmp_path: Path) -> None:
    async with serving(tmp_path / "data") as server:
        dora, token = await found(server, tmp_path)
        async with dora.session:
            incident = await dora.post("/incidents", REPORT)
            await dora.post(f"/incidents/{incident['id']}/dispatch", {"members": ["anna"], "answer_within_s": 3600})
            for _ in range(2):  # until it is answered, each time it comes
                async with carried(server, token) as handheld:
                    offered = await handheld.hears("assignment", state="offered")
            async with carried(server, token) as handheld:
                await handheld.hears("assignment", state="offered")
                await handheld.says(type="assignment", assignment=offered["id"], do="decline", reason="ill")
                told = await dora.get(f"/incidents/{incident['id']}")
                assert told["assignments"][0]["state"] == "declined"


async def test_made_on_one_server_dispatched_on_the_other_and_pushed_by_either(
    tmp_path: Path, database_url: str
) -> None:
    shared = {"GRIDWARDEN_DATABASE_URL": database_url}
    async with serving(tmp_path / "a", **shared) as first, serving(tmp_path / "b", **shared) as second:
        dora, token = await found(first, tmp_path)
        async with dora.session as http, carried(first, token) as one, carried(second, token) as other:
            incident = await dora.post("/incidents", REPORT)
            elsewhere = Person(http, second.url(""), dora.token)
            await elsewhere.post(f"/incidents/{incident['id']}/dispatch", {"members": ["anna"]})
            offers = [await handheld.hears("assignment", state="offered") for handheld in (one, other)]
            assert offers[0]["id"] == offers[1]["id"]
            answer = await other.says(type="assignment", assignment=offers[0]["id"], do="acknowledge")
            assert answer["type"] == "ack"
            await one.hears("assignment", state="acknowledged")
            log = await dora.get(f"/incidents/{incident['id']}/log")
            assert [entry["action"] for entry in log["items"]] == ["report", "accept", "dispatch", "acknowledge"]


async def test_viewers_are_told_what_happens_and_what_they_missed(tmp_path: Path) -> None:
    async with serving(tmp_path / "data") as server:
        dora, _ = await found(server, tmp_path)
        headers = {"Authorization": f"Bearer {dora.token}"}
        async with dora.session:
            async with connect(f"ws://{server.at['ws']}/live", additional_headers=headers, proxy=None) as viewer:
                await viewer.send(json.dumps({"type": "subscribe"}))
                await text_of(viewer, "snapshot")
                incident = await dora.post("/incidents", REPORT)
                told = await text_of(viewer, "incident")
                assert told["body"]["id"] == incident["id"]
            await dora.post(f"/incidents/{incident['id']}/accept", {})
            async with connect(f"ws://{server.at['ws']}/live", additional_headers=headers, proxy=None) as viewer:
                await viewer.send(json.dumps({"type": "subscribe", "after": told["key"]}))
                missed = await text_of(viewer, "incident")
                assert (missed["body"]["state"], missed["key"] > told["key"]) == ("accepted", True)


async def text_of(viewer: ClientConnection, kind: str) -> dict[str, Any]:
    """The next text message of that type."""
    async with asyncio.timeout(20):
        while True:
            message = await viewer.recv()
            if isinstance(message, str) and (read := json.loads(message))["type"] == kind:
                found: dict[str, Any] = read
                return found
