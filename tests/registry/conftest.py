from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from psycopg_pool import AsyncConnectionPool

from tests.registry.house import House, open_house
from tests.registry.two_districts import found_two_districts


@pytest.fixture
async def city(pool: AsyncConnectionPool) -> AsyncConnectionPool:
    """Connections to a database with two districts."""
    await found_two_districts(pool)
    return pool


@pytest.fixture
async def house(city: AsyncConnectionPool, tmp_path: Path) -> AsyncIterator[House]:
    """The web application."""
    async with open_house(city, tmp_path / "files") as house:
        yield house
