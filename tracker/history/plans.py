"""How PostgreSQL is to look for each device's last position."""

from __future__ import annotations

from psycopg import AsyncConnection

__all__ = ["look_once_a_device"]


async def look_once_a_device(connection: AsyncConnection) -> None:
    """Until the transaction ends: a loop over devices that takes the first entry of the index.

    PostgreSQL expects that hardly any position of the window is the member's own, so it would read and sort them all:
    of 10,000 members and an hour eleven times the processor (`python -m benchmarks history`).
    """
    await connection.execute("SET LOCAL enable_hashjoin = off")
    await connection.execute("SET LOCAL enable_bitmapscan = off")
