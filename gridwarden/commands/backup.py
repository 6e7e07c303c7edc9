"""`gridwarden backup` and `restore`: the whole state in one file."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

import psycopg

from gridwarden.compose import archiving
from gridwarden.compose.database import open_database
from gridwarden.compose.loop import run_async
from gridwarden.compose.privacy import secret_file
from gridwarden.database.errors import DatabaseError
from gridwarden.logs import set_up_logs
from gridwarden.settings import Settings

__all__ = ["add_parser"]


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `backup FILE` and `restore FILE`."""
    for work, text in (
        (archiving.backup, "write the whole state into one file"),
        (archiving.restore, "replace the whole state by a backup's; stop the server first"),
    ):
        parser = commands.add_parser(work.__name__, help=text)
        parser.add_argument("file", type=Path)
        parser.set_defaults(run=_run, work=work)


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    set_up_logs(settings.log)
    try:
        return run_async(_work(arguments, settings))
    except (DatabaseError, OSError, psycopg.Error) as error:
        print(f"gridwarden: {error}", file=sys.stderr)
        return 1


async def _work(arguments: argparse.Namespace, settings: Settings) -> int:
    async with open_database(settings, connections=1) as database:
        await asyncio.to_thread(arguments.work, database.url, settings.data, arguments.file)
    _tell(arguments.work is archiving.backup, secret_file(settings).absolute())
    return 0


def _tell(made: bool, key: Path) -> None:
    """A backup goes to places where the key must not be; whoever has both reads the numbers."""
    if not made:
        print(
            f"sealed numbers open with the key file of the server that was backed up; here it is {key}", file=sys.stderr
        )
    elif key.exists():
        print(f"the key of sealed numbers is not in the backup: keep a copy of {key} elsewhere", file=sys.stderr)
