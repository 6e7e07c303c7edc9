from __future__ import annotations

import asyncio

import pytest
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from gridwarden.database.pool import open_pool


async def test_connections_speak_utc(pool: AsyncConnectionPool) -> None:
    async with pool.connection() as connection:
        cursor = await connection.execute("SHOW TIME ZONE")
        assert await cursor.fetchone() == ("UTC",)


async def test_no_more_connections_than_asked_for(database_url: str) -> None:
    async with open_pool(database_url, 2) as pool, pool.connection(), pool.connection():
        with pytest.raises(PoolTimeout):
            async with asyncio.timeout(5), pool.connection(timeout=0.05):
                pass
