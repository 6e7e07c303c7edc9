"""`gridwarden import KIND FILE`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from psycopg_pool import AsyncConnectionPool

from registry.imports.kinds import KINDS
from registry.imports.errors import BadFile
from registry.imports.service import import_file

__all__ = ["add_parser", "run"]


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """Add `import`."""
    parser = commands.add_parser("import", help="organisations, grids, members or devices from a file")
    parser.add_argument("kind", choices=tuple(KINDS), metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("file", type=Path, help="CSV, XLSX or GeoJSON")
    parser.add_argument("--skip-bad", action="store_true", help="store the good rows beside refused ones")
    return parser


async def run(arguments: argparse.Namespace, pool: AsyncConnectionPool) -> int:
    """Import; exit 1 when rows were refused."""
    try:
        report = await import_file(pool, arguments.kind, arguments.file, skip_bad=arguments.skip_bad)
    except BadFile as error:
        print(f"gridwarden: {error}", file=sys.stderr)
        return 1
    for number, reason in report.refused:
        print(f"row {number}: {reason}", file=sys.stderr)
    stored = report.rows - len(report.refused) if report.stored else 0
    print(f"{stored} of {report.rows} rows stored, {len(report.refused)} refused")
    if report.refused and not arguments.skip_bad:
        print("nothing was stored: mend the rows above, or add --skip-bad", file=sys.stderr)
    return 1 if report.refused else 0
