"""`gridwarden import KIND FILE`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from psycopg_pool import AsyncConnectionPool

from dispatch.backfill.imports import import_incidents
from dispatch.streets.service import BadStreets, import_streets
from gridwarden.compose.privacy import open_vault
from gridwarden.compose.registering import FILE_KINDS, import_kinds
from insight.diary.imports import import_diary
from registry.imports.errors import BadFile
from registry.imports.service import Report, import_file

__all__ = ["add_parser", "run"]

_STREETS = "streets"
_PAST = {"incidents": import_incidents, "diary": import_diary}
"""What was done elsewhere, as JSON lines."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """Add `import`."""
    parser = commands.add_parser("import", help="the registry, the catalogue, streets, past incidents or diaries")
    kinds = (*FILE_KINDS, _STREETS, *_PAST)
    parser.add_argument("kind", choices=kinds, metavar="KIND", help=", ".join(kinds))
    parser.add_argument("file", type=Path, help="CSV, XLSX, GeoJSON, JSON lines or PBF; docs/import.md has the columns")
    parser.add_argument("--skip-bad", action="store_true", help="store the good rows beside refused ones")
    return parser


async def run(arguments: argparse.Namespace, pool: AsyncConnectionPool) -> int:
    """Import; exit 1 when rows were refused or the file cannot be read."""
    if arguments.kind == _STREETS:
        return await _import_streets(arguments, pool)
    if arguments.kind in _PAST:
        return await _import_past(arguments, pool)
    try:
        kinds = import_kinds(open_vault(arguments.settings, pool))
        report = await import_file(pool, kinds[arguments.kind], arguments.file, skip_bad=arguments.skip_bad)
    except BadFile as error:
        print(f"gridwarden: {error}; nothing was stored", file=sys.stderr)
        return 1
    _tell(report, skip_bad=arguments.skip_bad)
    return 1 if report.refused else 0


async def _import_streets(arguments: argparse.Namespace, pool: AsyncConnectionPool) -> int:
    try:
        loaded = await import_streets(pool, arguments.file)
    except BadStreets as error:
        print(f"gridwarden: {error}; nothing was stored", file=sys.stderr)
        return 1
    print(f"{loaded.junctions} junctions and {loaded.pieces} pieces of street stored")
    return 0


async def _import_past(arguments: argparse.Namespace, pool: AsyncConnectionPool) -> int:
    try:
        done = await _PAST[arguments.kind](pool, arguments.file)
    except (OSError, UnicodeDecodeError) as error:
        print(f"gridwarden: {arguments.file}: {error}; nothing was stored", file=sys.stderr)
        return 1
    for number, reason in done.refused:
        print(f"line {number}: {reason}", file=sys.stderr)
    print(f"{0 if done.refused else done.lines} of {done.lines} lines stored, {len(done.refused)} refused")
    return 1 if done.refused else 0


def _tell(report: Report, *, skip_bad: bool) -> None:
    """The summary on stdout; every refused row with its reason on stderr."""
    for number, reason in report.refused:
        print(f"row {number}: {reason}", file=sys.stderr)
    if report.ignored:
        print(f"columns that mean nothing here: {', '.join(sorted(report.ignored))}", file=sys.stderr)
    stored = report.rows - len(report.refused) if report.stored else 0
    for warning in report.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    print(f"{stored} of {report.rows} rows stored, {len(report.refused)} refused")
    if report.refused and not skip_bad:
        print("nothing was stored: mend the rows above, or add --skip-bad", file=sys.stderr)
