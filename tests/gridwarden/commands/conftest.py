from __future__ import annotations

import pytest
from psycopg_pool import AsyncConnectionPool

from tests.registry.two_districts import found_two_districts


@pytest.fixture
async def city(pool: AsyncConnectionPool) -> AsyncConnectionPool:
    """Connections to a database with two districts."""
    await found_two_districts(pool)
    return pool
