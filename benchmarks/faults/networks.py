"""Faults 6 and 10: a network that misbehaves, and two servers of which one after the other starts anew."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from benchmarks.faults.account import Fault, Result
from benchmarks.faults.installation import Installation, Server, installation
from benchmarks.faults.load import NMEA_RATE, Load, loaded
from benchmarks.faults.proxy import Mood, Proxy, between
from benchmarks.faults.viewers import Viewer, watching
from tests.redis_server import redis_server

__all__ = ["FAULTS"]

LENGTH_S = 30.0
ROUNDS = 4
_RECONNECT_S = 5.0
_MOODS = (
    ("connections cut after 2 s at most", Mood(cut_s=2.0), 1.0),
    ("2 s of delay each way", Mood(delay_s=2.0), 1.0),
    ("connections overtake each other: held up to 2 s, cut after 2 s at most", Mood(cut_s=2.0, hold_s=2.0), 1.0),
    ("byte by byte, a fiftieth of the load", Mood(chunk=1), 0.02),
)


@dataclass(frozen=True, slots=True)
class _Way:
    """The proxies before the listeners of some servers, and who uses them."""

    http: Proxy
    load: Load
    viewer: Viewer


@asynccontextmanager
async def _through(made: Installation, *servers: Server, mood: Mood, rate: float = 1.0) -> AsyncIterator[_Way]:
    """Devices, members, a dispatcher and a viewer that know the proxies' addresses only."""
    async with (
        between(*(server.http_at for server in servers), mood=mood) as http,
        between(*(server.nmea for server in servers), mood=mood) as nmea,
        between(*(server.ws_at for server in servers), mood=mood) as ws,
    ):
        url = f"http://127.0.0.1:{http.at[1]}"
        async with (
            loaded(made, servers[0], http=url, nmea=nmea.at, rate=rate) as load,
            watching(f"ws://127.0.0.1:{ws.at[1]}", load.desk.person.token) as viewer,
        ):
            viewer.begin()
            yield _Way(http, load, viewer)


async def _misbehaving(share: float) -> list[Result]:
    return [await _one_mood(name, mood, rate, share) for name, mood, rate in _MOODS]


async def _one_mood(name: str, mood: Mood, rate: float, share: float) -> Result:
    """Everybody resumes; what is late goes into history, and no viewer sees a device go back."""
    async with installation() as made:
        server = await made.server()
        async with _through(made, server, mood=mood, rate=rate) as way:
            await asyncio.sleep(max(5.0, LENGTH_S * share))
            seen = way.viewer
            return await way.load.result(
                name, server, kept=seen.backwards == 0 and seen.frames > 0,
                goal="everybody resumes, live never backwards, 0 lost, 0 doubled",
                notes=f"{way.http.cuts} connections of HTTP cut; a viewer connected {seen.connected} times, "
                f"longest gap {seen.longest_gap_s:.1f} s, {seen.backwards} positions backwards",
            )  # fmt: skip


async def _rolling(share: float) -> list[Result]:
    """Each of two servers ends as its operator ends it, and starts again, while the other takes everybody."""
    rounds = max(1, round(ROUNDS * share))
    with redis_server() as redis:
        async with installation(GRIDWARDEN_REDIS_URL=redis.url) as made:
            servers = [await made.server(), await made.server()]
            async with _through(made, *servers, mood=Mood()) as way:
                for server in servers * rounds:
                    await server.now.stop()
                    await server.start()
                    await way.load.goes_on(round(NMEA_RATE))
                gap_s = max(way.load.handhelds.longest_gap_s, way.viewer.longest_gap_s)
                return [
                    await way.load.result(
                        f"rolling restart of two servers, {rounds} times each", servers[0], recovery_s=gap_s,
                        within_s=_RECONNECT_S, goal="reconnected in 5 s, 0 lost, 0 doubled",
                        notes="recovery: the longest that no fix was acknowledged or a viewer saw nothing",
                    )
                ]  # fmt: skip


FAULTS = (Fault(6, "network", _misbehaving), Fault(10, "rolling_restart", _rolling))
