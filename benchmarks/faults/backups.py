"""Fault 12: a backup while everything goes on, restored elsewhere."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

from benchmarks.faults.account import Fault, Result
from benchmarks.faults.installation import Database, Installation, Server, installation
from benchmarks.faults.load import loaded

__all__ = ["FAULTS"]

Sums = dict[str, tuple[int, str]]
"""Rows and checksum by table."""


def sums_of(file: Path) -> Sums:
    """Of a backup, whatever the order of its rows."""
    with zipfile.ZipFile(file) as archive:
        tables = json.loads(archive.read("manifest.json"))["tables"]
        return {name: (tables[name]["rows"], _checksum(archive, name)) for name in tables}


def _checksum(archive: zipfile.ZipFile, table: str) -> str:
    lines = sorted(archive.read(f"tables/{table}.copy").splitlines())
    return hashlib.sha256(b"\n".join(lines)).hexdigest()


async def _under_load(share: float) -> list[Result]:
    async with installation() as made:
        server = await made.server()
        async with loaded(made, server) as load:
            await load.goes_on(max(2_000, round(40_000 * share)))
            before = dict(load.handhelds.acknowledged_of)
            first = made.folder / "first.zip"
            await server.command("backup", str(first))
            there, again, found = await _elsewhere(made, first)
            missing = load.handhelds.missing(before, found)
            unlike = sorted(name for name in there | again if there.get(name) != again.get(name))
            rows = sum(count for count, _ in there.values())
            return [
                await load.result(
                    "backup under load, restored elsewhere", server, kept=not unlike and missing == 0,
                    goal="counts and checksums equal at the backup's moment",
                    notes=f"{len(there)} tables with {rows:,} rows, {len(unlike)} unlike after the restore "
                    f"{unlike[:5]}; {missing} missing of {sum(before.values()):,} acknowledged before it",
                )
            ]  # fmt: skip


async def _elsewhere(made: Installation, file: Path) -> tuple[Sums, Sums, dict[str, list[int]]]:
    """Restored into another database: the sums of the backup, of a backup of that, and the positions there."""
    database = Database(made.folder / "elsewhere")
    await database.start()
    try:
        other = Server(made.folder / "other", {"GRIDWARDEN_DATABASE_URL": database.url})
        await other.command("restore", str(file))
        again = made.folder / "again.zip"
        await other.command("backup", str(again))
        return sums_of(file), sums_of(again), await database.stored(list(made.devices))
    finally:
        await database.kill()


FAULTS = (Fault(12, "backup", _under_load),)
