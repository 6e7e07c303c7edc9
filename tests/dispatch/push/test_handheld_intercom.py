"""The intercom over a handheld's websocket: text, voice, roll calls."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from tests.dispatch.intercom.clips import wav
from tests.dispatch.push.handheld_server import HandheldServer, handheld_server
from tests.dispatch.world import World


async def a_channel(server: HandheldServer) -> str:
    row = await server.intercom.open(
        server.world["dora"], name="Patrol", organisation="one", incident=None, members=["anna", "bo"]
    )
    return str(row["id"])


async def test_members_speak_to_each_other(world: World, database_url: str, tmp_path: Path) -> None:
    async with (
        handheld_server(world, database_url, tmp_path) as server,
        server.carried("anna") as anna,
        server.carried("bo") as bo,
    ):
        await anna.pending()
        await bo.pending()
        channel = await a_channel(server)
        assert (await bo.hears("channel", id=channel))["opened"] is True
        assert (await anna.says(type="say", channel=channel, text="gate closed"))["message"]["sender"] == "anna"
        heard = await bo.hears("channel", id=channel)
        assert heard["message"]["text"] == "gate closed"
        data = base64.b64encode(wav(1)).decode()
        spoken = await anna.says(type="clip", channel=channel, media_type="audio/wav", data=data)
        assert spoken["type"] == "ack"
        clip = (await bo.hears("channel", id=channel))["message"]["clip"]
        assert clip["seconds"] == 1.0
        assert await bo.says(type="listen", clip=clip["id"]) == {
            "type": "clip", "clip": clip["id"], "media_type": "audio/wav", "data": data
        }  # fmt: skip
        read = await bo.says(type="messages", channel=channel)
        assert [message["text"] for message in read["messages"]] == ["gate closed", None]


async def test_a_roll_call_reaches_who_comes_back(world: World, database_url: str, tmp_path: Path) -> None:
    async with handheld_server(world, database_url, tmp_path) as server:
        called = await server.intercom.call_roll(await a_channel(server), world["dora"])
        async with server.carried("anna") as anna:
            asked, _ = await anna.pending()
            assert (asked["type"], asked["roll_call"]["id"]) == ("channel", called["id"])
            answer = await anna.says(type="here", roll_call=called["id"], latitude=26.0, longitude=119.3)
            assert answer == {"type": "ack"}
        async with server.carried("anna") as anna:
            assert [one["type"] for one in await anna.pending()] == ["pending"]
        seen = await server.intercom.roll_call(called["id"], world["dora"])
        assert [one["answered_at"] is not None for one in seen["answers"]] == [False, True]


async def test_what_is_not_understood_or_not_his_is_refused(world: World, database_url: str, tmp_path: Path) -> None:
    async with handheld_server(world, database_url, tmp_path) as server, server.carried("dan") as dan:
        channel = await a_channel(server)
        refused: dict[int, list[dict[str, Any]]] = {
            404: [{"type": "say", "channel": channel, "text": "x"}, {"type": "here", "roll_call": "R-1"},
                  {"type": "listen", "clip": "V-1"}, {"type": "messages", "channel": channel}],
            400: [{"type": "clip", "channel": channel, "media_type": "audio/wav", "data": "a"},
                  {"type": "here", "roll_call": "R-1", "latitude": 26.0},
                  {"type": "say", "channel": channel, "text": "\x00"}, {"type": "say", "channel": channel}],
            415: [{"type": "clip", "channel": channel, "media_type": "audio/wav", "data": "aGVsbG8="}],
        }  # fmt: skip
        for status, messages in refused.items():
            for message in messages:
                assert (await dan.says(**message))["status"] == status
