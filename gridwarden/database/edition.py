"""Which TimescaleDB a database has: none, the Apache edition or the full one."""

from __future__ import annotations

from enum import StrEnum

import psycopg
from psycopg import AsyncConnection

__all__ = ["Edition", "edition_of", "install_timescale"]


class Edition(StrEnum):
    """What the database can do with a table of positions."""

    NONE = "none"  # plain PostgreSQL: native daily partitions
    APACHE = "apache"  # hypertables and drop_chunks
    TIMESCALE = "timescale"  # compression, policies and continuous aggregates too


async def edition_of(connection: AsyncConnection) -> Edition:
    """Look at the extension and its licence."""
    cursor = await connection.execute("SELECT FROM pg_extension WHERE extname = 'timescaledb'")
    if not cursor.rowcount:
        return Edition.NONE
    cursor = await connection.execute("SELECT current_setting('timescaledb.license', true)")
    row = await cursor.fetchone()
    return Edition.TIMESCALE if row is not None and row[0] == "timescale" else Edition.APACHE


async def install_timescale(url: str) -> bool:
    """Create the extension where the server offers it; whether the database has it then.

    Not in a database whose positions are in native partitions already. On a connection of its own: a server that has
    the files but did not preload the library ends the session.
    """
    async with await AsyncConnection.connect(url, autocommit=True) as connection:
        cursor = await connection.execute(
            "SELECT installed_version IS NOT NULL, to_regclass('positions') IS NULL"
            " FROM pg_available_extensions WHERE name = 'timescaledb'"
        )
        installed, is_new = await cursor.fetchone() or (False, False)
        if installed or not is_new:
            return bool(installed)
        try:
            await connection.execute("CREATE EXTENSION IF NOT EXISTS timescaledb")
        except (psycopg.OperationalError, psycopg.errors.InsufficientPrivilege):
            return False
    return True
