"""The intercom, notices and the gateway to phones on a running server, with real handhelds' sockets."""

from __future__ import annotations

import asyncio
import base64
from pathlib import Path

import pytest

from tests.dispatch.intercom.clips import wav
from tests.dispatch.phones.gateway import gateway
from tests.integration.running import Server, serving
from tests.integration.test_handhelds import REPORT, carried, found

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


async def second_phone(server: Server, folder: Path) -> str:
    """A second member with a phone; its token."""
    members = folder / "more.csv"
    members.write_text("id,name,organisation\nbo,Bo,city\n")
    await server.command("import", "members", str(members))
    return await server.add_device("phone-2", "--member", "bo")


async def test_members_talk_over_their_handhelds_and_answer_a_roll_call(tmp_path: Path) -> None:
    async with serving(tmp_path / "data") as server:
        dora, token = await found(server, tmp_path)
        other = await second_phone(server, tmp_path)
        async with dora.session, carried(server, token) as anna, carried(server, other) as bo:
            await anna.hears("pending")
            await bo.hears("pending")
            channel = (await dora.post("/channels", {"name": "Patrol", "organisation": "city"}))["id"]
            await bo.hears("channel", id=channel)
            clip = base64.b64encode(wav(59)).decode()
            said = await anna.says(type="clip", channel=channel, media_type="audio/wav", data=clip)
            assert said["message"]["clip"]["seconds"] == 59.0
            told = await bo.hears("channel", id=channel)
            await bo._connection.send(f'{{"type": "listen", "clip": "{told["message"]["clip"]["id"]}"}}')
            assert (await bo.hears("clip"))["data"] == clip
            called = await dora.post(f"/channels/{channel}/roll-calls", {})
            await bo.hears("channel", id=channel)
            await bo.says(type="here", roll_call=called["id"], latitude=51.1, longitude=71.4)
            seen = await dora.get(f"/roll-calls/{called['id']}")
            assert [(one["member"], one["latitude"]) for one in seen["answers"]] == [("anna", None), ("bo", 51.1)]
            notice = await dora.post("/notices", {"organisation": "city", "title": "Storm", "body": "stay in"})
            assert (await anna.hears("notice"))["id"] == notice["id"]
            await anna.says(type="read", notice=notice["id"])
            (row,) = (await dora.get("/notices"))["items"]
            assert (row["members"], row["read"]) == (2, 1)


async def test_what_no_handheld_confirms_goes_to_the_gateway(tmp_path: Path) -> None:
    async with gateway() as sms:
        settings = {"GRIDWARDEN_NOTIFY_URL": sms.url, "GRIDWARDEN_NOTIFY_SECRET": "a secret of sixteen"}
        async with serving(tmp_path / "data", **settings) as server:
            dora, _ = await found(server, tmp_path)
            async with dora.session:
                incident = await dora.post("/incidents", REPORT)
                told = await dora.post(f"/incidents/{incident['id']}/dispatch", {"members": ["anna"]})
                async with asyncio.timeout(60):
                    while not sms.told:  # noqa: ASYNC110 - the gateway is told by another process
                        await asyncio.sleep(0.05)
            ((headers, _),) = sms.told
            assert headers["Idempotency-Key"] == told["assignments"][0]["id"]
