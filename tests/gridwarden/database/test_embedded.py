from __future__ import annotations

import asyncio
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest

from gridwarden.database.embedded import EmbeddedPostgres, running_url
from gridwarden.database.errors import DirectoryInUse


async def query(url: str, sql: LiteralString) -> object:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        cursor = await connection.execute(sql)
        row = await cursor.fetchone() if cursor.description else None
        return row[0] if row else None


async def until_running(directory: Path) -> str:
    async with asyncio.timeout(30):
        while (url := await running_url(directory)) is None:  # noqa: ASYNC110 - another process has no event
            await asyncio.sleep(0.02)
    return url


async def test_it_starts_from_nothing_and_again_with_what_it_kept(tmp_path: Path) -> None:
    async with EmbeddedPostgres(tmp_path, durable=False) as server:
        await query(server.url, "CREATE TABLE kept AS SELECT 7 AS seven")
        first = server.url
    assert await running_url(tmp_path) is None
    async with EmbeddedPostgres(tmp_path, durable=False) as server:
        assert server.url == first
        assert await query(server.url, "SELECT seven FROM kept") == 7


async def test_a_command_beside_it_finds_the_running_server(tmp_path: Path) -> None:
    assert await running_url(tmp_path) is None
    async with EmbeddedPostgres(tmp_path, durable=False) as server:
        assert await running_url(tmp_path) == server.url


async def test_a_second_program_on_the_directory_is_refused(tmp_path: Path) -> None:
    async with EmbeddedPostgres(tmp_path, durable=False):
        with pytest.raises(DirectoryInUse, match="another gridwarden runs"):
            await EmbeddedPostgres(tmp_path).__aenter__()


async def test_a_killed_server_comes_back_under_the_same_url(tmp_path: Path) -> None:
    async with EmbeddedPostgres(tmp_path) as server:
        await query(server.url, "CREATE TABLE kept AS SELECT 7 AS seven")
        os.kill(server.pid, signal.SIGKILL)
        while await running_url(tmp_path) is not None:
            pass
        assert await until_running(tmp_path) == server.url
        assert await query(server.url, "SELECT seven FROM kept") == 7


async def test_strangers_can_neither_read_the_password_nor_connect_without_it(tmp_path: Path) -> None:
    async with EmbeddedPostgres(tmp_path, durable=False) as server:
        assert stat.S_IMODE((tmp_path / "postgres" / "connection.json").stat().st_mode) == 0o600
        port = server.url.rpartition(":")[2].partition("/")[0]
        with pytest.raises(psycopg.OperationalError, match="password"):
            await psycopg.AsyncConnection.connect(f"postgresql://gridwarden@127.0.0.1:{port}/postgres")
        assert int(port) < 32_768
        assert await query(server.url, "SHOW unix_socket_directories") == ""


_STARTS_AND_HANGS = """
import asyncio, sys
from pathlib import Path
from typing import LiteralString
from gridwarden.database.embedded import EmbeddedPostgres

async def main():
    async with EmbeddedPostgres(Path(sys.argv[1])) as server:
        print(server.url, flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


async def test_a_killed_program_takes_its_server_along_and_the_next_one_starts(tmp_path: Path) -> None:
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _STARTS_AND_HANGS, str(tmp_path), stdout=subprocess.PIPE, cwd=Path.cwd()
    )
    assert program.stdout is not None
    url = (await program.stdout.readline()).decode().strip()
    await query(url, "CREATE TABLE kept AS SELECT 7 AS seven")
    program.kill()
    await program.wait()
    async with EmbeddedPostgres(tmp_path) as server:
        assert await query(server.url, "SELECT seven FROM kept") == 7
