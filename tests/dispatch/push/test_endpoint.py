"""Who may connect, sign in and subscribe, and who is sent away."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from dispatch.push import endpoint
from dispatch.push.endpoint import LARGEST_MESSAGE, MOST_MESSAGES
from tests.dispatch.push.live_server import live_server

NOT_SIGNED_IN, FOREIGN, TRY_LATER, TOO_LARGE, TOO_MANY = 4401, 4403, 1013, 1009, 1008
SOON_S = 0.02


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer good"},
        {"Authorization": "bearer  good "},
        {"Cookie": "gridwarden_session=good"},
        {"Cookie": "theme=dark; gridwarden_session=good"},
    ],
)
async def test_a_token_may_come_with_the_request(headers: dict[str, str]) -> None:
    async with live_server() as server, server.connected(additional_headers=headers) as watcher:
        await watcher.subscribe()
        assert watcher.epoch == server.hub.epoch
        assert set(watcher.names) == {1, 2, 3}


async def test_a_token_may_come_as_the_first_message() -> None:
    async with live_server() as server, server.connected(additional_headers={}) as watcher:
        await watcher.socket.send('{"type": "sign-in", "token": "good"}')
        await watcher.subscribe()
        assert set(watcher.names) == {1, 2, 3}


@pytest.mark.parametrize(
    "message",
    ['{"type": "sign-in", "token": "bad"}', '{"type": "subscribe"}', "{", '{"type": "sign-in"}', " " * 5_000, b"\xff"],
)
async def test_who_does_not_sign_in_is_sent_away(message: str | bytes) -> None:
    async with live_server() as server, server.connected(additional_headers={}) as watcher:
        await watcher.socket.send(message)
        assert await watcher.closed() == NOT_SIGNED_IN
        await server.until(lambda: server.endpoint.open == 0)


@pytest.mark.parametrize("headers", [{"Authorization": "Bearer bad"}, {"Cookie": "gridwarden_session=bad"}])
async def test_a_wrong_token_is_sent_away(headers: dict[str, str]) -> None:
    async with live_server() as server, server.connected(additional_headers=headers) as watcher:
        assert await watcher.closed() == NOT_SIGNED_IN


async def test_who_says_nothing_is_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "_SIGN_IN_TIMEOUT_S", SOON_S)
    async with live_server() as server, server.connected(additional_headers={}) as watcher:
        assert await watcher.closed() == NOT_SIGNED_IN


async def test_while_the_registry_is_away_nobody_new_signs_in() -> None:
    async with live_server() as server:
        server.broken = True
        async with server.connected() as watcher:
            assert await watcher.closed() == TRY_LATER


@pytest.mark.parametrize("origin", ["http://127.0.0.1:8080", "https://127.0.0.1", "http://127.0.0.1"])
async def test_a_page_of_the_same_host_may_connect_whatever_its_port(origin: str) -> None:
    async with live_server() as server, server.connected(origin=origin) as watcher:
        await watcher.welcomed()


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1.evil.example", "http://[", "http://localhost", ""]
)
async def test_another_hosts_page_may_not(origin: str) -> None:
    headers = {"Authorization": "Bearer good", "Origin": origin}
    async with live_server() as server, server.connected(additional_headers=headers) as watcher:
        assert await watcher.closed() == FOREIGN


async def test_there_are_only_so_many_viewers() -> None:
    async with live_server(most_viewers=1) as server:
        async with server.watching(), server.connected() as other:
            assert await other.closed() == TRY_LATER
        await server.until(lambda: server.endpoint.open == 0)
        async with server.connected() as watcher:
            await watcher.welcomed()


async def test_an_organisation_that_may_not_be_seen_does_not_exist_and_the_viewer_may_ask_another() -> None:
    async with live_server() as server, server.connected() as watcher:
        await watcher.welcomed()
        await watcher.ask(organisation="elsewhere")
        assert "no organisation 'elsewhere'" in (await watcher.take())["detail"]
        await watcher.subscribe(organisation="south")
        assert set(watcher.names) == {3}


@pytest.mark.parametrize("wrong", [{"bbox": [1, 2, 3]}, {"bbox": [1, 9, 3, 4]}, {"organisation": 7}])
async def test_a_subscription_that_is_not_understood_leaves_the_connection_usable(wrong: dict[str, Any]) -> None:
    async with live_server() as server, server.connected() as watcher:
        await watcher.welcomed()
        await watcher.ask(**wrong)
        assert (await watcher.take())["type"] == "problem"
        await watcher.subscribe()
        assert set(watcher.names) == {1, 2, 3}


async def test_a_subscription_while_the_registry_is_away_can_be_asked_again() -> None:
    async with live_server() as server, server.connected() as watcher:
        await watcher.welcomed()
        server.broken = True
        await watcher.ask()
        assert "later" in (await watcher.take())["detail"]
        server.broken = False
        await watcher.subscribe()
        assert set(watcher.names) == {1, 2, 3}


async def test_a_long_message_ends_the_connection() -> None:
    async with live_server() as server, server.connected() as watcher:
        await watcher.welcomed()
        await watcher.socket.send("x" * (LARGEST_MESSAGE + 1))
        assert await watcher.closed() == TOO_LARGE


async def test_too_many_messages_end_it_too() -> None:
    async with live_server() as server, server.connected() as watcher:
        await watcher.welcomed()
        for _ in range(MOST_MESSAGES):
            await watcher.socket.send("{}")
        assert await watcher.closed() == TOO_MANY


async def test_a_session_that_ends_closes_the_connection() -> None:
    async with live_server(ask_again_s=SOON_S) as server, server.watching() as watcher:
        server.sessions.clear()
        assert await watcher.closed() == NOT_SIGNED_IN


async def test_a_busy_viewer_is_asked_again_all_the_same() -> None:
    async with live_server(ask_again_s=SOON_S) as server, server.watching() as watcher:
        server.sessions.clear()
        with contextlib.suppress(ConnectionClosed):
            while True:
                await watcher.ask(bbox=[1, 2, 3])
                assert (await watcher.take())["type"] == "problem"
        assert watcher.socket.close_code == NOT_SIGNED_IN


async def test_what_a_viewer_may_see_follows_the_registry() -> None:
    async with live_server(ask_again_s=SOON_S) as server, server.watching() as watcher:
        server.subtrees[None] = frozenset({1})
        await server.until(lambda: len(server.hub._groups) == 2 and server.hub.viewers == 1)
        server.hub.tick()
        assert (await watcher.take())["type"] == "snapshot"
        assert set(watcher.names) == {1, 2}
        await watcher.frame()
        server.subtrees[None] = frozenset()
        assert (await watcher.take())["type"] == "problem"
        assert server.hub.viewers == 0


async def test_viewers_keep_what_they_have_while_the_registry_is_away() -> None:
    async with live_server(ask_again_s=SOON_S) as server, server.watching() as watcher:
        server.broken = True
        server.asked.clear()
        await server.asked.wait()
        server.move(1, latitude=51.4)
        assert list((await watcher.frame()).rows) == [1]
