"""Import jobs in the database. The caller ends the transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row, dict_row

from registry.imports.jobs.model import ImportJob, JobState

__all__ = ["JobStore"]

_COLUMNS = ", ".join(ImportJob.model_fields)
MOST_REFUSALS = 100_000
"""Refused rows that are kept of a job; all of them are counted."""


class JobStore:
    """Over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, kind: str, name: str, user: int, by_name: str) -> str:
        """Its id."""
        cursor = await self._connection.execute(
            """INSERT INTO import_jobs (id, kind, name, "user", by_name)
               SELECT 'J-' || (count(*) + 1), %s, %s, %s, %s FROM import_jobs RETURNING id""",
            (kind, name, user, by_name),
        )
        row = await cursor.fetchone()
        assert row is not None
        return str(row[0])

    async def page(self, *, before: int, limit: int) -> list[dict[str, Any]]:
        """The newest first, with their keys."""
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(
                f"""SELECT key, {_COLUMNS} FROM import_jobs WHERE %(before)s = 0 OR key < %(before)s
                    ORDER BY key DESC LIMIT %(limit)s""",
                {"before": before, "limit": limit},
            )
            return await cursor.fetchall()

    async def find(self, job: str, *, lock: bool = False) -> ImportJob | None:
        """By id."""
        async with self._connection.cursor(row_factory=class_row(ImportJob)) as cursor:
            await cursor.execute(
                f"SELECT {_COLUMNS} FROM import_jobs WHERE id = %s {'FOR UPDATE' if lock else ''}", (job,)
            )
            return await cursor.fetchone()

    async def put_part(self, job: str, number: int, sealed: bytes, size: int) -> None:
        """A part of the file; the same number again changes nothing."""
        cursor = await self._connection.execute(
            """INSERT INTO import_parts (job, number, sealed) SELECT key, %s, %s FROM import_jobs WHERE id = %s
               ON CONFLICT DO NOTHING""",
            (number, sealed, job),
        )
        if cursor.rowcount:
            await self._connection.execute("UPDATE import_jobs SET bytes = bytes + %s WHERE id = %s", (size, job))

    async def parts(self, job: str) -> AsyncIterator[bytes]:
        """Sealed, in order, one at a time."""
        cursor = await self._connection.execute(
            "SELECT p.number FROM import_parts p JOIN import_jobs j ON j.key = p.job WHERE j.id = %s ORDER BY 1", (job,)
        )
        for (number,) in await cursor.fetchall():
            found = await self._connection.execute(
                """SELECT p.sealed FROM import_parts p JOIN import_jobs j ON j.key = p.job
                   WHERE j.id = %s AND p.number = %s""",
                (job, number),
            )
            row = await found.fetchone()
            assert row is not None
            yield bytes(row[0])

    async def start(self, job: str) -> None:
        """From now on it runs."""
        await self._connection.execute(
            "UPDATE import_jobs SET state = 'running', started_at = now() WHERE id = %s", (job,)
        )

    async def count(self, job: str, total: int) -> None:
        """So many rows its file has."""
        await self._connection.execute("UPDATE import_jobs SET total = %s WHERE id = %s", (total, job))

    async def running(self) -> list[str]:
        """Ids, the oldest first."""
        cursor = await self._connection.execute("SELECT id FROM import_jobs WHERE state = 'running' ORDER BY key")
        return [job for (job,) in await cursor.fetchall()]

    async def lock(self, job: str) -> bool:
        """Whether this connection alone runs it, until it is closed or says otherwise."""
        cursor = await self._connection.execute(
            "SELECT pg_try_advisory_lock(hashtextextended('import job ' || %s, 0))", (job,)
        )
        row = await cursor.fetchone()
        return row is not None and bool(row[0])

    async def unlock(self, job: str) -> None:
        """Somebody else may run it."""
        await self._connection.execute("SELECT pg_advisory_unlock(hashtextextended('import job ' || %s, 0))", (job,))

    async def advance(self, job: str, rows: int, refused: Sequence[tuple[int, str]], ignored: Collection[str]) -> bool:
        """So many rows more are behind us; False where it does not run any more."""
        cursor = await self._connection.execute(
            """UPDATE import_jobs SET rows = rows + %s, refused = refused + %s, ignored = %s
               WHERE id = %s AND state = 'running' RETURNING key, refused""",
            (rows, len(refused), sorted(ignored), job),
        )
        row = await cursor.fetchone()
        if row is None:
            return False
        kept = refused[: max(0, MOST_REFUSALS - (row[1] - len(refused)))]
        async with self._connection.cursor() as many:
            await many.executemany(
                "INSERT INTO import_refusals (job, line, field, reason) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
                [(row[0], line, getattr(reason, "column", None), str(reason)) for line, reason in kept],
            )
        return True

    async def end(self, job: str, state: JobState, *, problem: str | None = None, warnings: Sequence[str] = ()) -> None:
        """It is over; the file is not needed any more."""
        await self._connection.execute(
            "UPDATE import_jobs SET state = %s, problem = %s, warnings = %s, ended_at = now() WHERE id = %s",
            (state, problem, list(warnings), job),
        )
        await self._connection.execute(
            "DELETE FROM import_parts WHERE job = (SELECT key FROM import_jobs WHERE id = %s)", (job,)
        )

    async def refusals(self, job: str, *, after: int, limit: int) -> list[tuple[int, str | None, str]]:
        """(line, field, reason) in the order of the file."""
        cursor = await self._connection.execute(
            """SELECT r.line, r.field, r.reason FROM import_refusals r JOIN import_jobs j ON j.key = r.job
               WHERE j.id = %s AND r.line > %s ORDER BY r.line LIMIT %s""",
            (job, after, limit),
        )
        return await cursor.fetchall()
