"""The pool of connections that everything of one process shares."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

__all__ = ["open_pool"]


@asynccontextmanager
async def open_pool(
    url: str, connections: int = 8, *, prepare_after: int | None = 5
) -> AsyncIterator[AsyncConnectionPool]:
    """A pool of at most `connections`, closed at the end. Opens even while the database is away.

    Connections speak UTC. prepare_after: uses of a statement before it is prepared on the server; None never, for
    poolers and servers that share one session.
    """
    pool = AsyncConnectionPool(
        url,
        min_size=1,
        max_size=connections,
        open=False,
        timeout=10,
        reconnect_timeout=30,
        configure=_speak_utc,
        check=AsyncConnectionPool.check_connection,
        kwargs={"prepare_threshold": prepare_after, "connect_timeout": 5},
    )
    await pool.open()
    try:
        yield pool
    finally:
        await pool.close(timeout=5)


async def _speak_utc(connection: AsyncConnection) -> None:
    await connection.execute("SET TIME ZONE 'UTC'")
    await connection.commit()
