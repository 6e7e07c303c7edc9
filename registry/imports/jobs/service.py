"""Import jobs: sent in parts, run in chunks, gone on with by whoever is there after a process was killed.

A chunk and the position behind it are one transaction, so a chunk is stored once, whole or not at all, whatever dies.
The file as a whole may stand half stored while its job runs; what was stored stays when a job is cancelled. It is read
through once before its first row is stored: so one knows how many rows there are, and a torn file stores nothing.
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from itertools import islice
from pathlib import Path, PurePath

import orjson
from psycopg import AsyncConnection
from psycopg import Error as DatabaseFault
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from registry.api.problems import BadRequest, Conflict, NotFound, Unavailable
from registry.api.route import Caller
from registry.idempotency.queries import claim, keep
from registry.imports.errors import BadFile
from registry.imports.jobs.model import ImportJob, JobState
from registry.imports.jobs.store import JobStore
from registry.imports.kinds import Kind
from registry.imports.rows import ENDINGS, Row, rows_of
from registry.imports.service import CHUNK, Report, take_chunk
from registry.privacy.errors import CannotOpen
from registry.privacy.queries import Vault

__all__ = ["ImportJobs"]

_log = logging.getLogger(__name__)

MOST_PARTS = 64
_PLACE = "import_parts.sealed"
_EVERY_S = 1.0
_AFTER_FAULT_S = 5.0


class ImportJobs:
    """kinds: by name, what can be imported."""

    def __init__(self, pool: AsyncConnectionPool, kinds: Mapping[str, Kind], vault: Vault) -> None:
        self._pool, self._kinds, self._vault = pool, kinds, vault

    async def add(self, caller: Caller, kind: str, name: str, idempotency_key: str | None) -> ImportJob:
        """A job that waits for its file. Raises BadRequest, NotFound."""
        if kind not in self._kinds:
            raise NotFound(f"there is nothing called {kind!r} to import: take {', '.join(self._kinds)}")
        if PurePath(name).suffix.lower() not in ENDINGS:
            raise BadRequest(f"{name}: expected a file that ends in {', '.join(ENDINGS)}")
        async with self._pool.connection() as connection:
            made = await claim(connection, caller.user, idempotency_key, "import job")
            if made is None:
                await connection.execute("LOCK TABLE import_jobs IN SHARE ROW EXCLUSIVE MODE")  # ids are counted
                made = await JobStore(connection).add(kind, name, caller.user, caller.name)
                await keep(connection, caller.user, idempotency_key, made)
            return await _found(JobStore(connection), made)

    async def receive(self, job: str, number: int, data: bytes) -> ImportJob:
        """A part of its file, numbered from 1. Raises Conflict, NotFound, Unavailable."""
        sealed = await asyncio.to_thread((await self._vault.sealer()).seal_bytes, data, _PLACE)
        async with self._pool.connection() as connection:
            store = JobStore(connection)
            await _in_state(store, job, JobState.RECEIVING)
            await store.put_part(job, number, sealed, len(data))
            return await _found(store, job)

    async def start(self, job: str) -> ImportJob:
        """The file is whole: run. Raises Conflict, NotFound."""
        async with self._pool.connection() as connection:
            store = JobStore(connection)
            await _in_state(store, job, JobState.RECEIVING)
            await store.start(job)
            return await _found(store, job)

    async def cancel(self, job: str) -> ImportJob:
        """No further rows go in; those that did stay. Raises Conflict, NotFound."""
        async with self._pool.connection() as connection:
            store = JobStore(connection)
            await _in_state(store, job, JobState.RECEIVING, JobState.RUNNING)
            await store.end(job, JobState.CANCELLED)
            return await _found(store, job)

    async def follow(self) -> None:
        """Run what is there to run, one job after the other, until cancelled."""
        while True:
            wait = _EVERY_S
            try:
                async with self._pool.connection() as connection:
                    jobs = await JobStore(connection).running()
                for job in jobs:
                    await self.run(job)
            except (DatabaseFault, PoolTimeout, OSError, Unavailable) as error:
                _log.warning("imports wait", extra={"error": str(error).strip()})
                wait = _AFTER_FAULT_S
            await asyncio.sleep(wait)

    async def run(self, job: str) -> None:
        """From where it stands to its end, unless another process is at it."""
        async with self._pool.connection() as connection:
            store = JobStore(connection)
            if not await store.lock(job):
                return
            await connection.commit()
            try:
                found = await _found(store, job)
                if found.state is JobState.RUNNING:  # another process may have ended it meanwhile
                    with tempfile.TemporaryDirectory(prefix="gridwarden-import-") as folder:
                        await self._run(connection, found, Path(folder))
            finally:
                await connection.rollback()
                await store.unlock(job)

    async def _run(self, connection: AsyncConnection, job: ImportJob, folder: Path) -> None:
        store, kind = JobStore(connection), self._kinds[job.kind]
        path = folder / f"file{PurePath(job.name).suffix.lower()}"
        try:
            await self._write(path, store.parts(job.id))
            if job.total is None:
                await store.count(job.id, await asyncio.to_thread(_count, path))
            seen = await self._go_on(connection, job, kind, rows_of(path))
        except (BadFile, CannotOpen) as error:
            await connection.rollback()
            await store.end(job.id, JobState.FAILED, problem=f"{error}".replace(path.name, job.name))
        else:
            if seen is not None:
                warnings = [] if kind.inspect is None else await kind.inspect(connection, seen.keys())
                await store.end(job.id, JobState.DONE, warnings=warnings)
        await connection.commit()

    async def _write(self, path: Path, parts: AsyncIterator[bytes]) -> None:
        sealer = await self._vault.sealer()
        with path.open("wb") as file:
            async for sealed in parts:
                await asyncio.to_thread(lambda part: file.write(sealer.open_bytes(part, _PLACE)), sealed)

    async def _go_on(
        self, connection: AsyncConnection, job: ImportJob, kind: Kind, rows: Iterator[tuple[int, Row | str]]
    ) -> dict[str, int] | None:
        """Store chunk after chunk; ids by row, None where it was cancelled meanwhile. Raises BadFile."""
        seen = await asyncio.to_thread(_ids_of, islice(rows, job.rows))
        ignored = set(job.ignored)
        await connection.commit()
        while chunk := await asyncio.to_thread(list, islice(rows, CHUNK)):
            report = Report(ignored=ignored)
            await _act(connection, job)
            await take_chunk(connection, kind, chunk, seen, report)
            if not await JobStore(connection).advance(job.id, len(chunk), report.refused, ignored):
                await connection.rollback()
                return None
            await connection.commit()
        return seen


def _count(path: Path) -> int:
    """Rows of the file. Raises BadFile, also where it is torn at its end: nothing of it is stored then."""
    return sum(1 for _ in rows_of(path))


def _ids_of(rows: Iterator[tuple[int, Row | str]]) -> dict[str, int]:
    """The first row of each id, among those that are behind us."""
    seen: dict[str, int] = {}
    for number, row in rows:
        if not isinstance(row, str) and row.get("id") is not None:
            seen.setdefault(row["id"], number)
    return seen


async def _act(connection: AsyncConnection, job: ImportJob) -> None:
    said = orjson.dumps({"actor": job.by_name, "note": f"{job.id}: {job.name}"}).decode()
    await connection.execute("SELECT set_config('gridwarden.act', %s, true)", (said,))
    await connection.execute("SET LOCAL plan_cache_mode = force_custom_plan")


async def _found(store: JobStore, job: str) -> ImportJob:
    found = await store.find(job)
    if found is None:
        raise NotFound(f"there is no import {job!r}")
    return found


async def _in_state(store: JobStore, job: str, *states: JobState) -> None:
    found = await store.find(job, lock=True)
    if found is None:
        raise NotFound(f"there is no import {job!r}")
    if found.state not in states:
        raise Conflict(f"the import {job} is {found.state}")
