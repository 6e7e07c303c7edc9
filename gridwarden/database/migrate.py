"""Migrations: the ordered SQL files of this package, each applied once, in one transaction, forward only.

What was applied is on record with its checksum. Under an advisory lock, so that processes that start together apply
each once. A file that changed after it was applied, or a database newer than this program, stops the start.
"""

from __future__ import annotations

import hashlib
import logging
import re
from dataclasses import dataclass
from importlib import resources

import psycopg
from psycopg import AsyncConnection
from psycopg.sql import SQL

from gridwarden.database.edition import edition_of, install_timescale
from gridwarden.database.errors import ChangedMigration, DatabaseTooNew, DatabaseUnreachable

__all__ = ["Migration", "migrate", "packaged_migrations"]

_log = logging.getLogger(__name__)

_LOCK = 0x67726964  # any number that no other program on this database uses


@dataclass(frozen=True, slots=True)
class Migration:
    """One file: its number, from its name, and its text."""

    number: int
    name: str
    text: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the text, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def packaged_migrations() -> list[Migration]:
    """Those that came with this program, in order."""
    folder = resources.files("gridwarden.database") / "migrations"
    found = [
        Migration(int(match[1]), file.name, file.read_text(encoding="utf-8"))
        for file in folder.iterdir()
        if (match := re.fullmatch(r"(\d{4})_\w+\.sql", file.name))
    ]
    return sorted(found, key=lambda one: one.number)


async def migrate(url: str, migrations: list[Migration] | None = None) -> int:
    """Bring the database up to date; the number of migrations applied. TimescaleDB is used where the server has it.

    Raises ChangedMigration and DatabaseTooNew before anything is changed, and DatabaseUnreachable.
    """
    wanted = packaged_migrations() if migrations is None else migrations
    try:
        guard = await AsyncConnection.connect(url, autocommit=True, prepare_threshold=None)
    except psycopg.OperationalError as error:
        raise DatabaseUnreachable(f"the database does not answer: {error}") from error
    async with guard:
        await guard.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))  # let go of when the connection ends
        await install_timescale(url)
        return await _migrate(url, wanted)


async def _migrate(url: str, wanted: list[Migration]) -> int:
    async with await AsyncConnection.connect(url, autocommit=True, prepare_threshold=None) as connection:
        pending = _pending(wanted, await _applied(connection))
        for migration in pending:
            await _apply(connection, migration)
        if pending:
            edition = await edition_of(connection)
            _log.info("database migrated", extra={"applied": len(pending), "timescaledb": str(edition)})
    return len(pending)


def _pending(wanted: list[Migration], applied: dict[int, str]) -> list[Migration]:
    """Those not applied yet; refuses a past that differs."""
    known = {one.number for one in wanted}
    newer = sorted(number for number in applied if number not in known)
    if newer:
        raise DatabaseTooNew(f"the database has migration {newer[-1]}, this program only up to {max(known)}")
    for one in wanted:
        if one.number in applied and applied[one.number] != one.checksum:
            raise ChangedMigration(f"{one.name} was changed after it was applied: add a new migration instead")
    return [one for one in wanted if one.number not in applied]


async def _applied(connection: AsyncConnection) -> dict[int, str]:
    await connection.execute(
        "CREATE TABLE IF NOT EXISTS migrations ("
        " number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL,"
        " applied_at timestamptz NOT NULL DEFAULT now())"
    )
    cursor = await connection.execute("SELECT number, checksum FROM migrations")
    return {number: checksum async for number, checksum in cursor}


async def _apply(connection: AsyncConnection, migration: Migration) -> None:
    async with connection.transaction():
        await connection.execute(SQL(migration.text))
        await connection.execute(
            "INSERT INTO migrations (number, name, checksum) VALUES (%s, %s, %s)",
            (migration.number, migration.name, migration.checksum),
        )
