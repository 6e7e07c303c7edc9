"""Faults 3 and 4: the database is away, with room in the spool and without; Redis is away from two servers."""

from __future__ import annotations

import asyncio

from benchmarks.faults.account import Fault, Result
from benchmarks.faults.installation import installation
from benchmarks.faults.load import loaded
from benchmarks.faults.viewers import watching
from tests.redis_server import redis_server

__all__ = ["FAULTS"]

AWAY_S = 60.0
_SMALL_SPOOL = "400000"
_RESUME_S = 5.0


async def _database(share: float) -> list[Result]:
    return [await _with_room(share), await _without_room(share)]


async def _with_room(share: float) -> Result:
    """Acknowledged into the spool; a viewer sees positions all the while; afterwards everything is in the database."""
    away_s = max(5.0, AWAY_S * share)
    async with installation() as made:
        server = await made.server()
        async with loaded(made, server) as load, watching(server.ws, load.desk.person.token) as viewer:
            await made.database.kill()
            viewer.begin()
            before = load.handhelds.acknowledged
            await asyncio.sleep(away_s)
            meanwhile, gap_s = load.handhelds.acknowledged - before, viewer.longest_gap_s
            spool = await server.metric("gridwarden_spool_bytes") or 0.0
            await made.database.start()
            drained_s = await server.ready()
            return await load.result(
                f"database away for {away_s:.0f} s", server, recovery_s=drained_s, kept=gap_s <= 2 and meanwhile > 0,
                goal="acknowledged into the spool, live map goes on, 0 lost",
                notes=f"{meanwhile:,} acknowledged meanwhile into {spool / 1e6:.1f} MB of spool; "
                f"longest gap of a viewer {gap_s:.1f} s; recovery: until the spool was empty",
            )  # fmt: skip


async def _without_room(share: float) -> Result:
    """A full spool answers 503 with Retry-After, and never acknowledges what it did not keep."""
    async with installation(GRIDWARDEN_SPOOL_BYTES=_SMALL_SPOOL) as made:
        server = await made.server()
        async with loaded(made, server) as load:
            await made.database.kill()
            async with asyncio.timeout(60):
                while load.handhelds.busy == 0:
                    await asyncio.sleep(0.1)
            await asyncio.sleep(max(2.0, 10.0 * share))
            told = load.handhelds.busy
            await made.database.start()
            again_s = await load.goes_on()
            return await load.result(
                "database away, spool full", server, recovery_s=again_s, kept=told > 0,
                goal="503 with Retry-After, never a false acknowledgement",
                notes=f"{told} requests were told to come again",
            )  # fmt: skip


async def _redis(share: float) -> list[Result]:
    """Two servers: history and a server's own viewers do not notice; the other's viewers see everything soon again."""
    away_s = max(5.0, AWAY_S * share)
    with redis_server() as redis:
        async with installation(GRIDWARDEN_REDIS_URL=redis.url) as made:
            server, other = await made.server(), await made.server()
            async with (
                loaded(made, server) as load,
                watching(server.ws, load.desk.person.token) as own,
                watching(other.ws, load.desk.person.token) as others,
            ):
                redis.kill()
                own.begin()
                await asyncio.sleep(away_s)
                gap_s = own.longest_gap_s
                await asyncio.to_thread(redis.start)
                resumed_s = await others.next_frame()
                return [
                    await load.result(
                        f"Redis away for {away_s:.0f} s, two servers", server, recovery_s=resumed_s, within_s=_RESUME_S,
                        kept=gap_s <= 2, goal="own viewers unharmed, the other's resume in 5 s, 0 lost, 0 doubled",
                        notes=f"longest gap of an own viewer {gap_s:.1f} s; recovery: of a viewer of the other server",
                    )
                ]  # fmt: skip


FAULTS = (Fault(3, "database_away", _database), Fault(4, "redis_away", _redis))
