"""`gridwarden statistics rebuild`."""

from __future__ import annotations

import argparse

from psycopg_pool import AsyncConnectionPool

from gridwarden.commands.admin import on_database
from gridwarden.compose.statistics import coverage_of, statistics_of
from gridwarden.settings import Settings

__all__ = ["add_parser"]


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `statistics`."""
    parser = commands.add_parser("statistics", help="sum every figure anew from incidents and positions")
    parser.add_argument("what", choices=("rebuild",), help="forget the sums and make them again")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    async def rebuild(_: argparse.Namespace, pool: AsyncConnectionPool) -> int:
        print(f"{await statistics_of(settings, pool).rebuild()} days summed")
        print(f"{await coverage_of(settings, pool).rebuild()} hours of patrols summed")
        return 0

    return on_database(rebuild)(arguments, settings)
