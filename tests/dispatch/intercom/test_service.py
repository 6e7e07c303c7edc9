"""Channels: who takes part, what they hear, and where they say they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from psycopg.rows import dict_row

from dispatch.incidents.model import Action
from dispatch.intercom.service import MOST_A_MINUTE, IntercomService
from registry.api.problems import BadRequest, NotFound, TooMany, Unsupported
from tests.dispatch.intercom.clips import ogg, wav, webm
from tests.dispatch.world import World

SEEN_AT = (26.001, 119.301)


class Intercom:
    """The service with the world's people; everybody was seen at SEEN_AT."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.folder = world, folder
        self.service = IntercomService(world.pool, folder, lambda _: SEEN_AT, lambda: world.now)

    async def open(self, *members: str, by: str = "dora", **also: Any) -> str:
        fields: dict[str, Any] = {"name": "Patrol", "organisation": "main", "incident": None} | also
        row = await self.service.open(self.world[by], members=members, **fields)
        return str(row["id"])

    async def heard_by(self, channel: str) -> list[str]:
        """Who sees a channel, of all people."""
        seen = []
        for name, actor in self.world.actors.items():
            rows = await self.service.channels(actor, before=0, limit=10)
            seen += [name] if channel in [row["id"] for row in rows] else []
        return sorted(seen)

    async def told(self) -> list[tuple[list[str], dict[str, Any]]]:
        """(members, body) of what was told."""
        async with self.world.pool.connection() as connection, connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(
                """SELECT ARRAY(SELECT id FROM members WHERE key = ANY(o.members) ORDER BY id) AS members, o.body
                   FROM outbox o WHERE topic = 'channel' ORDER BY key"""
            )
            return [(row["members"], row["body"]) for row in await cursor.fetchall()]

    def member(self, name: str) -> int:
        key = self.world[name].member
        assert key is not None
        return key


@pytest.fixture
def intercom(world: World, tmp_path: Path) -> Intercom:
    return Intercom(world, tmp_path)


async def test_a_channel_for_everyone_below_an_organisation(intercom: Intercom) -> None:
    channel = await intercom.open()
    assert await intercom.heard_by(channel) == ["anna", "bo", "dirk", "dora", "sue"]
    detail = await intercom.service.channel(channel, intercom.world["anna"])
    assert [one["member"] for one in detail["members"]] == ["anna", "bo", "cui"]
    await intercom.service.say(channel, intercom.world["anna"], "gate closed")
    assert (await intercom.told())[-1][0] == ["anna", "bo", "cui"]


async def test_a_channel_of_an_incident_is_for_those_who_are_sent_to_it(intercom: Intercom) -> None:
    told = await intercom.world.dispatched("anna")
    channel = await intercom.open("bo", incident=told["id"], organisation="one")
    assert await intercom.heard_by(channel) == ["anna", "bo", "dirk", "dora", "sue"]
    await intercom.world.step(told["assignments"][0]["id"], "anna", Action.DECLINE, "ill")
    assert await intercom.heard_by(channel) == ["bo", "dirk", "dora", "sue"]
    with pytest.raises(NotFound):
        await intercom.service.say(channel, intercom.world["anna"], "still here")


async def test_nobody_opens_or_hears_what_he_may_not_see(intercom: Intercom) -> None:
    told = await intercom.world.dispatched("anna")
    for wrong in ({"organisation": "far"}, {"incident": "I-99"}, {"organisation": "far", "incident": told["id"]}):
        with pytest.raises(NotFound):
            await intercom.open(**wrong)
    with pytest.raises(NotFound):
        await intercom.open("dan")
    with pytest.raises(NotFound):
        await intercom.open(by="wes", organisation="far", incident=told["id"])
    channel = await intercom.open("bo")
    for stranger in ("anna", "dan", "wes", "otto"):
        with pytest.raises(NotFound):
            await intercom.service.messages(channel, intercom.world[stranger], before=0, limit=10)
        with pytest.raises(NotFound):
            await intercom.service.channel(channel, intercom.world[stranger])
        with pytest.raises(NotFound):
            await intercom.service.speak(channel, intercom.world[stranger], wav(1), "audio/wav", None)


async def test_what_was_said_is_read_newest_first_and_told_once(intercom: Intercom) -> None:
    channel = await intercom.open("bo")
    for text in ("one", "two"):
        await intercom.service.say(channel, intercom.world["bo"], text)
    rows = await intercom.service.messages(channel, intercom.world["dora"], before=0, limit=1)
    assert [(row["text"], row["sender"], row["member"]) for row in rows] == [("two", "bo", "bo")]
    rows = await intercom.service.messages(channel, intercom.world["bo"], before=rows[0]["key"], limit=10)
    assert [row["text"] for row in rows] == ["one"]
    told = await intercom.told()
    assert [body.get("message", {}).get("text") for _, body in told] == [None, "one", "two"]


async def test_the_same_call_again_opens_one_channel(intercom: Intercom) -> None:
    first = await intercom.open(idempotency_key="k")
    assert await intercom.open(idempotency_key="k") == first
    assert len(await intercom.told()) == 1


async def test_a_line_sent_again_under_its_key_is_said_once(intercom: Intercom) -> None:
    channel, bo = await intercom.open(), intercom.world["bo"]
    said = [await intercom.service.say(channel, bo, "here", idempotency_key="k") for _ in range(2)]
    assert said[0] == said[1]
    assert len(await intercom.service.messages(channel, bo, before=0, limit=10)) == 1


async def test_a_clip_sent_again_under_its_key_is_said_once(intercom: Intercom) -> None:
    channel, bo, clip = await intercom.open(), intercom.world["bo"], wav(1)
    said = [await intercom.service.speak(channel, bo, clip, "audio/wav", None, idempotency_key="k") for _ in range(2)]
    assert said[0] == said[1]
    assert len(await intercom.service.messages(channel, bo, before=0, limit=10)) == 1


async def test_a_clip_is_kept_once_by_its_hash_and_heard_by_those_who_take_part(intercom: Intercom) -> None:
    channel = await intercom.open("bo")
    clip = wav(2)
    for _ in range(2):
        message = await intercom.service.speak(channel, intercom.world["bo"], clip, "audio/wav", 30.0)
        assert (message["seconds"], message["text"]) == (2.0, None)
    assert len([path for path in intercom.folder.rglob("*") if path.is_file()]) == 1
    media_type, chunks = await intercom.service.listen(message["clip"], intercom.world["dora"])
    assert (media_type, b"".join([chunk async for chunk in chunks])) == ("audio/wav", clip)
    for stranger in ("anna", "wes"):
        with pytest.raises(NotFound):
            await intercom.service.listen(message["clip"], intercom.world[stranger])
    assert (await intercom.told())[-1][1]["message"]["clip"]["id"] == message["clip"]


async def test_what_is_no_clip_or_too_long_is_refused(intercom: Intercom) -> None:
    channel, bo = await intercom.open("bo"), intercom.world["bo"]
    for data, media_type in ((b"hello", "audio/wav"), (wav(1), "audio/ogg"), (wav(1), "text/html")):
        with pytest.raises(Unsupported):
            await intercom.service.speak(channel, bo, data, media_type, None)
    for data, media_type in ((wav(61), "audio/wav"), (ogg(61), "audio/ogg"), (webm() + bytes(1 << 20), "audio/webm")):
        with pytest.raises(BadRequest):
            await intercom.service.speak(channel, bo, data, media_type, None)
    message = await intercom.service.speak(channel, bo, webm(), "audio/webm", 3.5)
    assert message["seconds"] == 3.5


async def test_a_roll_call_knows_who_answered_where_and_who_did_not(intercom: Intercom) -> None:
    channel = await intercom.open("anna", "bo")
    called = await intercom.service.call_roll(channel, intercom.world["dora"])
    assert (await intercom.told())[-1][0] == ["anna", "bo"]
    assert [one["answered_at"] for one in called["answers"]] == [None, None]
    await intercom.service.here(called["id"], intercom.member("bo"), (26.002, 119.302), "at the gate")
    seen = await intercom.service.roll_call(called["id"], intercom.world["sue"])
    assert [(one["member"], one["latitude"], one["note"]) for one in seen["answers"]] == [
        ("anna", None, None), ("bo", 26.002, "at the gate"),
    ]  # fmt: skip
    assert (await intercom.told())[-1][1]["answer"]["member"] == "bo"
    await intercom.service.here(called["id"], intercom.member("bo"), None, None)
    seen = await intercom.service.roll_call(called["id"], intercom.world["dora"])
    assert (seen["answers"][1]["latitude"], seen["answers"][1]["longitude"]) == SEEN_AT


async def test_who_was_not_asked_has_nothing_to_answer_and_strangers_see_none(intercom: Intercom) -> None:
    called = await intercom.service.call_roll(await intercom.open("bo"), intercom.world["dora"])
    with pytest.raises(NotFound):
        await intercom.service.here(called["id"], intercom.member("anna"), None, None)
    for stranger in ("wes", "anna"):
        with pytest.raises(NotFound):
            await intercom.service.roll_call(called["id"], intercom.world[stranger])


async def test_a_roll_call_waits_an_hour_for_who_comes_back(intercom: Intercom) -> None:
    called = await intercom.service.call_roll(await intercom.open("bo"), intercom.world["dora"])
    bo = intercom.member("bo")
    assert [one["roll_call"]["id"] for one in await intercom.service.unanswered(bo)] == [called["id"]]
    intercom.world.later(minutes=61)
    assert await intercom.service.unanswered(bo) == []


async def test_who_talks_without_end_is_asked_to_wait(intercom: Intercom) -> None:
    channel, world = await intercom.open("anna", "bo"), intercom.world
    for _ in range(MOST_A_MINUTE):
        await intercom.service.say(channel, world["bo"], "hello")
    with pytest.raises(TooMany):
        await intercom.service.say(channel, world["bo"], "hello")
    with pytest.raises(TooMany):
        await intercom.service.speak(channel, world["bo"], wav(1), "audio/wav", None)
    await intercom.service.say(channel, world["anna"], "calm down")
    world.later(seconds=61)
    await intercom.service.say(channel, world["bo"], "sorry")
