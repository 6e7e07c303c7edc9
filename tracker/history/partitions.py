"""Daily partitions of `positions` on a PostgreSQL without TimescaleDB: made on demand, dropped when too old.

A partition is made as a table of its own and then attached, which blocks neither readers nor writers of the others.
Under an advisory lock, for two ingest processes meet a new day at the same moment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from psycopg import AsyncConnection, Connection
from psycopg.sql import SQL, Identifier, Literal

__all__ = ["drop_days_before", "ensure_days", "is_partitioned"]

_LOCK = 0x67726965
_NAME = re.compile(r"positions_(\d{4})(\d{2})(\d{2})")


def is_partitioned(connection: Connection) -> bool:
    """Whether `positions` is in native partitions; a hypertable makes its chunks itself."""
    return bool(connection.execute("SELECT FROM pg_class WHERE relname = 'positions' AND relkind = 'p'").rowcount)


def ensure_days(connection: Connection, days: Iterable[date]) -> None:
    """Make the partitions of these days where they are not there. Commits; the connection is in autocommit."""
    for day in sorted(set(days)):
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            if connection.execute("SELECT WHERE to_regclass(%s) IS NULL", (_name(day),)).rowcount:
                _make(connection, day)


async def drop_days_before(connection: AsyncConnection, oldest: date) -> list[date]:
    """Drop the partitions of days before `oldest`; the days dropped, in order. The connection is in autocommit."""
    cursor = await connection.execute(
        "SELECT relname, inhdetachpending FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid"
        " WHERE inhparent = 'positions'::regclass ORDER BY relname"
    )
    dropped = []
    for name, half_detached in await cursor.fetchall():
        match = _NAME.fullmatch(name)
        if match is None or (day := date(*map(int, match.groups()))) >= oldest:
            continue
        detach = SQL("FINALIZE" if half_detached else "CONCURRENTLY")
        table = Identifier(name)
        await connection.execute(SQL("ALTER TABLE positions DETACH PARTITION {} {}").format(table, detach))
        await connection.execute(SQL("DROP TABLE {}").format(table))
        dropped.append(day)
    return dropped


def _make(connection: Connection, day: date) -> None:
    table, (first, last) = Identifier(_name(day)), (Literal(f"{one} 00:00Z") for one in (day, day + timedelta(days=1)))
    connection.execute(SQL("CREATE TABLE {} (LIKE positions INCLUDING ALL)").format(table))
    connection.execute(
        SQL("ALTER TABLE positions ATTACH PARTITION {} FOR VALUES FROM ({}) TO ({})").format(table, first, last)
    )


def _name(day: date) -> str:
    return f"positions_{day:%Y%m%d}"
