"""The hub with viewers on real sockets; its ticks are the test's."""

from __future__ import annotations

import asyncio
import socket as sockets
from contextlib import AsyncExitStack

import pytest

from dispatch.push import hub as hub_module
from dispatch.push.hub import LINGER_S, PATIENCE_S
from tests.dispatch.push.frame_reader import Frame
from tests.dispatch.push.live_server import TICK_S, TIMEOUT_S, LiveServer, live_server
from tests.tracker.live.builders import SECOND, a_device, a_row, rows_of

BOX = [71.0, 51.0, 72.0, 52.0]


async def test_a_snapshot_then_what_changed() -> None:
    async with live_server() as server, server.watching() as watcher:
        assert watcher.names == {1: "Member 1", 2: "Member 2", 3: "Member 3"}
        assert set(watcher.latitudes) == {1, 2, 3}
        server.move(2, latitude=51.5)
        frame = await watcher.frame()
        assert list(frame.rows) == [2]
        assert (watcher.latitudes[2], frame.sequence) == (51.5, server.table.sequence)


async def test_only_the_organisation_and_the_box_asked_for_are_seen() -> None:
    async with live_server() as server, server.watching(organisation="south", bbox=BOX) as watcher:
        assert set(watcher.names) == {3}
        server.move(1, 3, longitude=73.0)
        assert await watcher.take() == {"type": "members", "added": [], "removed": [3]}
        await watcher.frame()
        assert watcher.latitudes == {}
        server.move(3, latitude=51.7)
        assert (await watcher.take())["added"][0]["name"] == "Member 3"
        await watcher.frame()
        assert watcher.latitudes == {3: 51.7}


async def test_nothing_is_sent_when_nothing_changed() -> None:
    async with live_server() as server, server.watching(organisation="south") as watcher:
        server.hub.tick()
        server.move(1)
        server.move(3, latitude=51.9)
        assert list((await watcher.frame()).rows) == [3]


async def test_presence_and_the_registry_are_pushed_as_they_change() -> None:
    async with live_server() as server, server.watching() as watcher:
        server.now += 100 * SECOND
        server.table.look(server.now)
        server.hub.tick()
        assert {row.presence for row in (await watcher.frame()).rows.values()} == {1}
        server.table.describe([a_device(1, member=1, retired=True), a_device(2, member=2, member_name="Bo")])
        server.hub.tick()
        said = await watcher.take()
        assert said["removed"] == [1]
        assert watcher.names == {2: "Bo", 3: "Member 3"}
        await watcher.frame()


async def test_equal_subscriptions_get_the_same_bytes_and_each_sequence_follows() -> None:
    async with live_server() as server, server.watching() as one, server.watching(bbox=None) as other:
        server.move(1, latitude=51.3)
        assert await one.message() == await other.message()


async def test_another_subscription_begins_anew() -> None:
    async with live_server() as server, server.watching() as watcher:
        await watcher.ask(organisation="south")
        await server.until(lambda: any(group.viewers for group in list(server.hub._groups.values())[1:]))
        server.move(1, 3)
        assert (await watcher.take())["type"] == "snapshot"
        await watcher.frame()
        assert set(watcher.latitudes) == {3}
        assert server.hub.viewers == 1


async def test_one_who_comes_back_in_time_gets_only_what_changed() -> None:
    async with live_server() as server:
        async with server.watching() as gone:
            pass
        await server.viewers(0)
        server.move(2, latitude=51.8)
        server.move(2, latitude=51.9)
        async with server.connected() as back:
            back.names = gone.names
            await back.subscribe(resume={"epoch": gone.epoch, "sequence": gone.sequence})
            frame = await back.frame()
            assert {key: row.latitude for key, row in frame.rows.items()} == {2: 51.9}


@pytest.mark.parametrize("resume", [{"epoch": "another", "sequence": 1}, {"sequence": 0}, {"sequence": 1 << 50}])
async def test_one_who_cannot_resume_gets_the_snapshot(resume: dict[str, object]) -> None:
    async with live_server() as server, server.connected() as watcher:
        await watcher.welcomed()
        await watcher.ask(resume={"epoch": watcher.epoch} | resume)
        await server.viewers(1)
        server.hub.tick()
        assert (await watcher.take())["type"] == "snapshot"


async def test_a_group_nobody_came_back_to_is_forgotten() -> None:
    async with live_server() as server:
        async with server.watching():
            pass
        await server.viewers(0)
        for _ in range(int(LINGER_S / TICK_S) + 1):
            server.hub.tick()
        assert not server.hub._groups


async def test_a_slow_viewer_gets_the_newest_state_and_no_backlog() -> None:
    keys = tuple(range(10, 5_010))
    async with live_server() as server, server.watching() as quick:
        server.table.describe(map(a_device, keys))
        with slow_socket() as raw:
            async with server.connected(sock=await joined(raw, server)) as slow:
                await slow.subscribe()
                slow.socket.transport.pause_reading()
                ticks = 0
                while longest_held(server) < 20:
                    ticks += 1
                    server.move(*keys, latitude=51.0 + ticks / 1_000)
                    if ticks == 1:
                        await quick.take()
                    await quick.frame()
                slow.socket.transport.resume_reading()
                await server.until(lambda: all_have_room(server))
                server.hub.tick()
                frames = 0
                while slow.sequence < server.table.sequence:
                    frames += isinstance(await slow.next(), Frame)
                assert frames <= ticks - 19 + 1  # what was under way, and one for all that it missed
                assert slow.latitudes == quick.latitudes


async def test_a_viewer_that_reads_nothing_is_cut_off_in_time() -> None:
    async with live_server() as server:
        server.table.describe([a_device(key) for key in range(10, 5_010)])
        with slow_socket() as raw:
            async with server.connected(sock=await joined(raw, server)) as watcher:
                await watcher.subscribe()
                watcher.socket.transport.pause_reading()
                keys = tuple(range(10, 5_010))
                for _ in range(60):
                    server.move(*keys)
                    await asyncio.sleep(0)
                for _ in range(int(PATIENCE_S / TICK_S) + 1):
                    server.hub.tick()
                await server.viewers(0)
                assert server.endpoint.open == 0
                watcher.socket.transport.abort()


async def test_a_crowd_is_given_its_snapshots_over_several_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "SNAPSHOT_BYTES", 1)
    async with live_server() as server, AsyncExitStack() as stack:
        watchers = [await stack.enter_async_context(server.connected()) for _ in range(3)]
        for watcher in watchers:
            await watcher.welcomed()
            await watcher.ask()
        await server.viewers(3)
        for _ in range(3):
            server.hub.tick()
        for watcher in watchers:
            assert (await watcher.take())["type"] == "snapshot"
            await watcher.frame()


async def test_a_crossing_is_told_to_those_who_see_the_device() -> None:
    async with live_server() as server, server.watching(organisation="south") as south, server.watching() as city:
        server.hub.crossing(1, {"geofence": 4, "kind": "enter"})
        server.hub.crossing(3, {"geofence": 4, "kind": "exit"})
        assert (await south.take())["kind"] == "exit"
        assert [(await city.take())["kind"] for _ in range(2)] == ["enter", "exit"]
        assert city.crossings[0] == {"type": "crossing", "geofence": 4, "kind": "enter"}


async def test_there_are_only_so_many_different_subscriptions_and_idle_ones_give_way() -> None:
    async with live_server(most_groups=1) as server:
        async with server.watching(), server.connected() as other:
            await other.welcomed()
            await other.ask(bbox=BOX)
            assert "too many" in (await other.take())["detail"]
        await server.viewers(0)
        async with server.watching(bbox=BOX) as watcher:
            assert set(watcher.names) == {1, 2, 3}


async def test_it_ticks_by_itself() -> None:
    async with live_server() as server, server.watching() as watcher:
        server.hub._tick_s = 0.001
        running = asyncio.create_task(server.hub.run())
        server.table.apply(rows_of(a_row(1, fix_time=server.now)))
        assert list((await watcher.frame()).rows) == [1]
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def slow_socket() -> sockets.socket:
    """One that holds little."""
    raw = sockets.socket()
    raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4_096)
    raw.setblocking(False)
    return raw


async def joined(raw: sockets.socket, server: LiveServer) -> sockets.socket:
    async with asyncio.timeout(TIMEOUT_S):
        await asyncio.get_running_loop().sock_connect(raw, ("127.0.0.1", server.port))
    return raw


def longest_held(server: LiveServer) -> int:
    return max(viewer.held_ticks for group in server.hub._groups.values() for viewer in group.viewers)


def all_have_room(server: LiveServer) -> bool:
    return all(viewer.has_room() for group in server.hub._groups.values() for viewer in group.viewers)
