"""Fixtures of every test: a migrated database of its own, on one server a session."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from psycopg_pool import AsyncConnectionPool

from gridwarden.database.pool import open_pool
from tests.databases.fresh import Databases, embedded_databases


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """The embedded PostgreSQL of the session, started when the first test asks."""
    with embedded_databases(tmp_path_factory.mktemp("embedded")) as databases:
        yield databases


@pytest.fixture
def database_url(embedded: Databases) -> Iterator[str]:
    """A fresh, migrated database."""
    with embedded.fresh() as url:
        yield url


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[AsyncConnectionPool]:
    """Connections to a fresh, migrated database."""
    async with open_pool(database_url) as opened:
        yield opened
