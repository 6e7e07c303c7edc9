"""Acknowledged means stored: the database is killed again and again under load, and the program with it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from gridwarden.database.embedded import EmbeddedPostgres
from gridwarden.database.migrate import migrate
from gridwarden.database.pool import open_pool
from tests.tracker.history.outcomes import NOON, a_batch, judged
from tracker.history.writer import HistoryWriter

ROWS = 50


async def stored_times(url: str) -> list[int]:
    """Waits for a server that is being started again: killed, it may have taken the last batches all the same."""
    async with open_pool(url) as pool, pool.connection() as connection:
        cursor = await connection.execute(
            "SELECT (extract(epoch FROM fix_time) * 1000000)::bigint FROM positions ORDER BY fix_time"
        )
        return [us async for (us,) in cursor]


def times_of(batches: int) -> list[int]:
    return [NOON + second * 1_000_000 for second in range(batches * ROWS)]


@pytest.mark.slow
async def test_killing_the_database_under_load_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    async with EmbeddedPostgres(tmp_path) as server:
        await migrate(server.url)
        batches = 0
        async with HistoryWriter.on(server.url, tmp_path / "spool", spool_bytes=1 << 26, now=lambda: NOON) as writer:
            for _ in range(3):
                for number in range(40):
                    batch = a_batch(ROWS, start=NOON + batches * ROWS * 1_000_000)
                    await writer.write(judged(batch), batch)
                    batches += 1
                    if number == 20:
                        os.kill(server.pid, signal.SIGKILL)
                async with asyncio.timeout(60):
                    await writer.drained()
            assert writer.counts.spooled > 0
        assert await stored_times(server.url) == times_of(batches)


_WRITES_FOREVER = """
import asyncio, sys
from pathlib import Path
from gridwarden.database.embedded import EmbeddedPostgres
from gridwarden.database.migrate import migrate
from tests.tracker.history.outcomes import NOON, a_batch, judged
from tracker.history.writer import HistoryWriter

async def main(directory, first):
    async with EmbeddedPostgres(directory) as server:
        await migrate(server.url)
        async with HistoryWriter.on(
            server.url, directory / "spool", spool_bytes=1 << 26, now=lambda: NOON
        ) as writer:
            number = first
            while True:
                batch = a_batch(50, start=NOON + number * 50 * 1_000_000)
                await writer.write(judged(batch), batch)
                number += 1
                print(number, flush=True)

asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
"""


async def acknowledged_until_killed(directory: Path, first: int) -> int:
    """Run the program until it has acknowledged twenty batches more, kill it, and say how many it acknowledged."""
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _WRITES_FOREVER, str(directory), str(first), stdout=asyncio.subprocess.PIPE
    )
    assert program.stdout is not None
    acknowledged = first
    async with asyncio.timeout(60):
        while acknowledged < first + 20:
            acknowledged = int(await program.stdout.readline())
        program.kill()
        rest = await program.stdout.read()
        await program.wait()
    lines = [line for line in rest.split(b"\n")[:-1] if line]
    return int(lines[-1]) if lines else acknowledged


@pytest.mark.slow
async def test_killing_the_program_under_load_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    acknowledged = 0
    for _ in range(3):
        acknowledged = await acknowledged_until_killed(tmp_path, acknowledged)
    async with EmbeddedPostgres(tmp_path) as server:
        async with HistoryWriter.on(server.url, tmp_path / "spool", spool_bytes=1 << 26, now=lambda: NOON) as writer:
            await writer.drained()
        stored = await stored_times(server.url)
    assert stored[: acknowledged * ROWS] == times_of(acknowledged)
    assert len(stored) == len(set(stored)) <= (acknowledged + 1) * ROWS
