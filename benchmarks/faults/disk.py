"""Fault 5: the disk under the data directory is full, first with the database elsewhere, then with it on that disk."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.faults.account import Fault, Result
from benchmarks.faults.installation import installation
from benchmarks.faults.load import loaded

__all__ = ["FAULTS"]

SIZE_MB = 400
LENGTH_S = 20.0
_LEFT = 100_000
_PIECE = 65_536


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A file system of its own at this folder. Raises SystemExit for whoever may not mount one."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m,mode=755", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        raise SystemExit("full_disk mounts a small file system: run it as root, or leave it out")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(file: Path) -> None:
    """Write until nothing is left but some kilobytes."""
    with file.open("wb", buffering=0) as out:
        try:
            while True:
                out.write(b"\0" * _PIECE)
        except OSError:
            out.truncate(max(0, out.tell() - _LEFT))


async def _full(share: float) -> list[Result]:
    return [
        await _one("disk full under the spool, database away", share, of_database=False),
        await _one("disk full under the spool and the database", share, of_database=True),
    ]


async def _one(name: str, share: float, *, of_database: bool) -> Result:
    """Nothing is acknowledged that was not kept; when there is room again, everything goes on."""
    async with installation(disk=small_disk, database_on_it=of_database) as made:
        server = await made.server()
        async with loaded(made, server) as load:
            filler = made.disk / "filler"
            await asyncio.to_thread(fill, filler)
            if not of_database:
                await made.database.kill()
            async with asyncio.timeout(120):
                while load.handhelds.busy == 0:
                    await asyncio.sleep(0.1)
            await asyncio.sleep(max(2.0, LENGTH_S * share))
            told = load.handhelds.busy
            filler.unlink()
            await made.database.start()
            again_s = await load.goes_on()
            return await load.result(
                name, server, recovery_s=again_s, kept=told > 0,
                goal="503, nothing corrupted, goes on when there is room",
                notes=f"{told} requests were told to come again; PostgreSQL was started anew",
            )  # fmt: skip


FAULTS = (Fault(5, "full_disk", _full),)
