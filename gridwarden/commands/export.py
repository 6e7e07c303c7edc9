"""`gridwarden export`: the kinds that `import` reads, and stored positions, on stdout."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from psycopg_pool import AsyncConnectionPool

from gridwarden.commands import export_registry
from gridwarden.commands.admin import on_database
from tracker.history.queries import export_positions

__all__ = ["add_parser"]

FORMATS = ("jsonl", "csv", "gpx")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `export KIND`."""
    parser = commands.add_parser("export", help="registry or stored positions on stdout")
    parser.add_argument("kind", choices=(*export_registry.KINDS, "positions"), metavar="KIND",
                        help=f"{', '.join(export_registry.KINDS)} or positions")  # fmt: skip
    parser.add_argument("--device", help="positions: of this device")
    parser.add_argument("--from", dest="since", type=_moment, help="positions: not before this time (RFC 3339)")
    parser.add_argument("--to", dest="until", type=_moment, help="positions: before this time (RFC 3339)")
    parser.add_argument("--format", choices=FORMATS, default="jsonl", help="positions: how (default: jsonl)")
    parser.set_defaults(run=on_database(_run))


async def _run(arguments: argparse.Namespace, pool: AsyncConnectionPool) -> int:
    if arguments.kind != "positions":
        return await export_registry.run(arguments, pool)
    if not arguments.device:
        print("gridwarden: export positions needs --device DEVICE", file=sys.stderr)
        return 2
    async with pool.connection() as connection:
        async for chunk in export_positions(
            connection, arguments.device, arguments.since, arguments.until, arguments.format
        ):
            sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()
    return 0


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
