"""Fault 13: from every earlier migration, with the demo city's data in place, to the last one.

A database is brought up to a migration and given the city's rows, as far as its tables and columns are there; then the
program brings it up to date. Every row must be there afterwards, every value that had a column the same.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import Connection
from psycopg.sql import SQL, Composed, Identifier

from benchmarks.faults.account import Fault, Result
from benchmarks.faults.installation import Database, Server, installation
from gridwarden.database.migrate import Migration, migrate, packaged_migrations
from tests.integration.running import PROGRAM, environment
from tracker.history.partitions import ensure_days, is_partitioned

__all__ = ["FAULTS"]

_FILLING_S = 60.0
_CITY_S = 600.0
_TABLES = """
    SELECT table_name, array_agg(column_name::text ORDER BY ordinal_position) FROM information_schema.columns
    JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> 'migrations'
      AND table_name !~ '^positions_[0-9]+$' AND is_generated = 'NEVER'
    GROUP BY table_name"""

Columns = dict[str, list[str]]


@dataclass
class _Level:
    """What became of the rows of one earlier level. skipped: tables whose rows it would not have taken."""

    rows: int = 0
    tables: int = 0
    skipped: list[str] = field(default_factory=list)
    unlike: list[str] = field(default_factory=list)


async def _upgrades(share: float) -> list[Result]:
    wanted = packaged_migrations()
    levels = list(range(1, len(wanted)))[:: max(1, round(1 / share))]
    async with installation() as made:
        await _city(made.folder / "city", made.database.url)
        done = {level: await _from(made.database, wanted[:level]) for level in levels}
        server = Server(made.folder / "after", {"GRIDWARDEN_DATABASE_URL": _url(made.database, max(levels))})
        await server.start()
        ready_s = await server.ready()
        await server.end()
        unlike = {wanted[level - 1].number: one.unlike for level, one in done.items() if one.unlike}
        skipped = sorted({table for one in done.values() for table in one.skipped})
        return [
            Result(
                f"upgrade from each of {len(levels)} earlier migrations", recovery_s=ready_s, kept=not unlike,
                goal="same rows, same answers",
                notes=f"{done[levels[-1]].rows:,} rows of {done[levels[-1]].tables} tables in the last; unlike "
                f"afterwards: {unlike or 'none'}; rows that an earlier level would not have taken: "
                f"{', '.join(skipped) or 'none'}",
            )
        ]  # fmt: skip


async def _city(data: Path, url: str) -> None:
    """The demo, for a minute from when it is ready."""
    data.mkdir()
    demo = await asyncio.create_subprocess_exec(
        *PROGRAM, "demo", "--no-browser", "--members", "30", env=environment(data, GRIDWARDEN_DATABASE_URL=url),
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert demo.stderr is not None
    async with asyncio.timeout(_CITY_S):
        while b"sign in as" not in await demo.stderr.readline():
            pass
    await asyncio.sleep(_FILLING_S)
    demo.send_signal(signal.SIGINT)
    await demo.communicate()


async def _from(source: Database, earlier: Sequence[Migration]) -> _Level:
    name, url = f"level_{len(earlier)}", _url(source, len(earlier))
    with psycopg.connect(source.url, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    await migrate(url, list(earlier))
    level = _Level()
    columns = await asyncio.to_thread(_fill, source.url, url, level)
    before = await asyncio.to_thread(_sums, url, columns)
    await migrate(url)
    after = await asyncio.to_thread(_sums, url, columns)
    level.unlike = sorted(table for table in before if before[table] != after.get(table))
    level.rows, level.tables = sum(rows for rows, _ in before.values()), len(before)
    return level


def _url(source: Database, level: int) -> str:
    return source.url.rpartition("/")[0] + f"/level_{level}"


def _fill(source: str, there: str, level: _Level) -> Columns:
    """Every row whose table is there, with the columns that are; what was filled."""
    with psycopg.connect(source, autocommit=True) as old, psycopg.connect(there, autocommit=True) as new:
        new.execute("SET session_replication_role = replica")  # rows come in any order, no trigger tells of them
        known, wanted = _columns(old), _columns(new)
        if is_partitioned(new):
            days = old.execute("SELECT DISTINCT (fix_time AT TIME ZONE 'UTC')::date FROM positions")
            ensure_days(new, [day for (day,) in days])
        filled: Columns = {}
        for table in sorted(known.keys() & wanted.keys()):
            columns = [name for name in wanted[table] if name in known[table]]
            if _copy(old, new, table, columns):
                filled[table] = columns
            else:
                level.skipped.append(table)
        return filled


def _copy(old: Connection, new: Connection, table: str, columns: list[str]) -> bool:
    """False where the rows of today break a rule of then."""
    names = SQL(", ").join(map(Identifier, columns))
    reading = SQL("COPY (SELECT {} FROM {}) TO STDOUT").format(names, Identifier(table))
    writing = SQL("COPY {} ({}) FROM STDIN").format(Identifier(table), names)
    try:
        with new.transaction():
            new.execute(SQL("DELETE FROM {}").format(Identifier(table)))
            with old.cursor().copy(reading) as out, new.cursor().copy(writing) as into:
                for data in out:
                    into.write(data)
    except psycopg.IntegrityError:
        return False
    return True


def _columns(connection: Connection) -> Columns:
    return dict(connection.execute(_TABLES).fetchall())


def _sums(url: str, columns: Columns) -> dict[str, tuple[int, str]]:
    """Rows and checksum of these columns of these tables, as far as they are there."""
    with psycopg.connect(url, autocommit=True) as connection:
        known = _columns(connection)
        sums = {}
        for table in columns.keys() & known.keys():
            query = _sum_of(table, [name for name in columns[table] if name in known[table]])
            sums[table] = connection.execute(query).fetchone() or (0, "")
        return sums


def _sum_of(table: str, columns: list[str]) -> Composed:
    return SQL(
        "SELECT count(*), coalesce(md5(string_agg(md5(t::text), '' ORDER BY t::text)), '') FROM (SELECT {} FROM {}) t"
    ).format(SQL(", ").join(map(Identifier, columns)), Identifier(table))


FAULTS = (Fault(13, "upgrade", _upgrades),)
