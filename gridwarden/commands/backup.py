"""`gridwarden backup` and `restore`: the whole state in one file, by pg_dump and pg_restore in their custom format."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from psycopg_pool import AsyncConnectionPool

from gridwarden.commands.admin import on_database
from gridwarden.database.embedded import program

__all__ = ["add_parsers"]


def add_parsers(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `backup FILE` and `restore FILE`."""
    for name, run, text in (
        ("backup", _backup, "write the whole state into one file"),
        ("restore", _restore, "replace the whole state by a backup's; stop the server first"),
    ):
        parser = commands.add_parser(name, help=text)
        parser.add_argument("file", type=Path)
        parser.set_defaults(run=on_database(run))


async def _backup(arguments: argparse.Namespace, pool: AsyncConnectionPool) -> int:
    return await _run("pg_dump", "--format=custom", f"--file={arguments.file}", str(pool.conninfo))


async def _restore(arguments: argparse.Namespace, pool: AsyncConnectionPool) -> int:
    if not arguments.file.is_file():
        print(f"gridwarden: there is no file {arguments.file}", file=sys.stderr)
        return 1
    return await _run(
        "pg_restore", "--clean", "--if-exists", "--single-transaction", "--no-owner", f"--dbname={pool.conninfo}",
        str(arguments.file),
    )  # fmt: skip


async def _run(name: str, *arguments: str) -> int:
    process = await asyncio.create_subprocess_exec(program(name), *arguments)
    return 1 if await process.wait() else 0
