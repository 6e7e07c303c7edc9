"""What happens reaches the viewers whom it concerns, in order, and who was away hears it first."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from dispatch.outbox.model import Entry
from dispatch.push import hub
from registry.api.route import Role
from tests.dispatch.push.live_server import CARLA, LiveServer, Watcher, live_server

MEMBER = replace(CARLA, role=Role.MEMBER, member=7)


def entry(key: int, *organisations: int, members: tuple[int, ...] = (), topic: str = "incident") -> Entry:
    return Entry(
        key=key, at=datetime(2026, 11, 24, tzinfo=UTC), topic=topic, organisations=frozenset(organisations),
        members=frozenset(members), body={"id": f"I-{key}"},
    )  # fmt: skip


async def keys(watcher: Watcher, count: int) -> list[int]:
    return [(await watcher.take())["key"] for _ in range(count)]


async def subscribed(server: LiveServer, watcher: Watcher, **asked: Any) -> None:
    """As a member, who gets no snapshot: the answer to a message that is not understood says that it was taken."""
    await watcher.welcomed()
    await watcher.ask(**asked)
    await watcher.socket.send("{")
    assert (await watcher.take())["type"] == "problem"


async def test_a_viewer_hears_what_concerns_its_organisations() -> None:
    async with live_server() as server, server.watching(organisation="south") as watcher:
        server.hub.happened(entry(1, 1))
        server.hub.happened(entry(2, 1, 2))
        assert await watcher.take() == {
            "type": "incident", "key": 2, "at": "2026-11-24T00:00:00+00:00", "body": {"id": "I-2"}
        }  # fmt: skip


async def test_one_who_watches_a_part_may_hear_what_happens_everywhere() -> None:
    async with live_server() as server, server.watching(organisation="south", everywhere=True) as watcher:
        server.hub.happened(entry(1, 1))
        server.hub.happened(entry(2, 9))
        server.hub.happened(entry(3, 2))
        assert await keys(watcher, 2) == [1, 3]


async def test_a_member_hears_only_what_concerns_himself_and_sees_no_map() -> None:
    async with live_server() as server:
        server.sessions["good"] = MEMBER
        async with server.connected() as watcher:
            await subscribed(server, watcher)
            server.hub.happened(entry(1, 1, 2, members=(8,)))
            server.hub.happened(entry(2, 5, members=(7,), topic="notice"))
            server.move(1, latitude=51.4)
            said = await watcher.take()
            assert (said["type"], said["key"]) == ("notice", 2)
            assert server.hub.viewers == 0


async def test_a_user_who_is_a_member_without_a_member_hears_nothing() -> None:
    async with live_server() as server:
        server.sessions["good"] = replace(MEMBER, member=None)
        async with server.connected() as watcher:
            await subscribed(server, watcher)
            server.hub.happened(entry(1, 1, 2, members=(7,)))
            await watcher.socket.send("{")
            assert (await watcher.take())["type"] == "problem"


async def test_who_was_away_hears_what_he_missed_before_what_happens_now() -> None:
    async with live_server() as server, server.connected() as watcher:
        server.outbox = [entry(key, 1) for key in (3, 4, 5)]
        server.looked_up.clear()
        await watcher.welcomed()
        await watcher.ask(after=3)
        await server.viewers(1)
        server.hub.happened(entry(6, 1))
        server.hub.happened(entry(7, 9))
        server.looked_up.set()
        assert await keys(watcher, 3) == [4, 5, 6]
        await server.until(lambda: all(one.held is None for one in next(iter(server.hub._groups.values())).viewers))
        server.hub.happened(entry(8, 1))
        assert await keys(watcher, 1) == [8]


async def test_a_member_hears_what_he_missed_too() -> None:
    async with live_server() as server:
        server.sessions["good"] = MEMBER
        server.outbox = [entry(4, 1), entry(5, 2, members=(7,))]
        async with server.connected() as watcher:
            await watcher.welcomed()
            await watcher.ask(after=3)
            assert await keys(watcher, 1) == [5]


async def test_more_than_can_be_told_is_a_gap() -> None:
    async with live_server() as server, server.connected() as watcher:
        await watcher.welcomed()
        await watcher.ask(after=0)
        assert (await watcher.take())["type"] == "gap"


async def test_too_much_that_happens_while_he_is_told_what_he_missed_is_a_gap(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hub, "MOST_HELD", 1)
    async with live_server() as server, server.connected() as watcher:
        server.looked_up.clear()
        await watcher.welcomed()
        await watcher.ask(after=3)
        await server.viewers(1)
        for key in (6, 7):
            server.hub.happened(entry(key, 1))
        server.looked_up.set()
        assert await keys(watcher, 1) == [6]
        server.hub.tick()
        assert (await watcher.take())["type"] == "gap"


async def test_a_viewer_whose_socket_is_full_is_told_of_a_gap_later(monkeypatch: pytest.MonkeyPatch) -> None:
    async with live_server() as server, server.watching() as watcher:
        (viewer,) = next(iter(server.hub._groups.values())).viewers
        with monkeypatch.context() as full:
            full.setattr(hub, "_FULL", 0)
            server.hub.happened(entry(1, 1))
            assert viewer.missed
        server.hub.tick()
        assert (await watcher.take())["type"] == "gap"
        server.hub.happened(entry(2, 1))
        assert await keys(watcher, 1) == [2]


async def test_a_viewer_that_becomes_a_member_sees_no_map_any_more() -> None:
    async with live_server(ask_again_s=0.02) as server, server.watching() as watcher:
        server.sessions["good"] = MEMBER
        await server.until(lambda: server.hub.viewers == 0)
        server.hub.happened(entry(1, members=(7,)))
        async with asyncio.timeout(20):
            assert await keys(watcher, 1) == [1]
