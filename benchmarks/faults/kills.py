"""Faults 1 and 2: kill -9 of the server, of a backend of PostgreSQL, of its postmaster, at random moments."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections.abc import Awaitable, Callable

from benchmarks.faults.account import Fault, Result
from benchmarks.faults.installation import Installation, Server, installation
from benchmarks.faults.load import loaded

__all__ = ["FAULTS"]

TIMES = 20
_GOAL = "0 acknowledged lost, 0 doubled, ready again in 5 s"
_WITHIN_S = 5.0

Kill = Callable[[Installation, Server], Awaitable[None]]


async def _killed(name: str, kill: Kill, share: float) -> Result:
    """Kill so many times, each a random moment after the load went on."""
    dice, recoveries = random.Random(1), list[float]()
    async with installation() as made:
        server = await made.server()
        async with loaded(made, server) as load:
            for _ in range(max(2, round(TIMES * share))):
                await asyncio.sleep(dice.uniform(0.2, 1.2))
                began = asyncio.get_running_loop().time()
                await kill(made, server)
                await load.goes_on(1)
                recoveries.append(asyncio.get_running_loop().time() - began)
            await load.goes_on()
            return await load.result(
                f"{name}, {len(recoveries)} times", server, goal=_GOAL, recovery_s=max(recoveries), within_s=_WITHIN_S
            )


async def _the_server(_: Installation, server: Server) -> None:
    await server.now.kill()
    await server.start()


async def _a_backend(made: Installation, _: Server) -> None:
    """PostgreSQL takes all its backends down when one dies so, and recovers."""
    found = await made.database.ask(
        "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() LIMIT 1"
    )
    os.kill(int(str(found[0][0])), signal.SIGKILL)


async def _the_postmaster(made: Installation, _: Server) -> None:
    await made.database.kill()
    await made.database.start()


async def _server(share: float) -> list[Result]:
    return [await _killed("kill -9 of gridwarden", _the_server, share)]


async def _postgresql(share: float) -> list[Result]:
    return [
        await _killed("kill -9 of a backend of PostgreSQL", _a_backend, share),
        await _killed("kill -9 of PostgreSQL's postmaster", _the_postmaster, share),
    ]


FAULTS = (Fault(1, "kill_server", _server), Fault(2, "kill_postgresql", _postgresql))
