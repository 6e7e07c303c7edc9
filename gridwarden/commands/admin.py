"""The administrative commands: they need the database only, and work beside a running server or without one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Awaitable, Callable

from psycopg_pool import AsyncConnectionPool

from gridwarden.commands import appraisal, device, import_, user
from gridwarden.compose.database import open_database
from gridwarden.compose.loop import run_async
from gridwarden.database.errors import DatabaseError
from gridwarden.logs import set_up_logs
from gridwarden.settings import Settings
from registry.api.problems import Problem

__all__ = ["add_parser", "on_database"]

Command = Callable[[argparse.Namespace, AsyncConnectionPool], Awaitable[int]]


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `user`, `device`, `import` and `appraisal`."""
    for module in (user, device, import_, appraisal):
        module.add_parser(commands).set_defaults(run=on_database(module.run))


def on_database(command: Command) -> Callable[[argparse.Namespace, Settings], int]:
    """Run a command with a pool on this installation's database; its arguments get the settings, too."""

    async def opened(arguments: argparse.Namespace, settings: Settings) -> int:
        async with open_database(settings, connections=2) as database:
            return await command(arguments, database.pool)

    def run(arguments: argparse.Namespace, settings: Settings) -> int:
        set_up_logs(settings.log)
        arguments.settings = settings
        try:
            return run_async(opened(arguments, settings))
        except (DatabaseError, Problem) as error:
            print(f"gridwarden: {error}", file=sys.stderr)
            return 1

    return run
