"""Fixtures of every test: a migrated database of its own, on one server a session.

`database_url` and `pool` are on the embedded PostgreSQL. `any_databases` runs its tests against all three servers.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack

import pytest
from psycopg_pool import AsyncConnectionPool

from gridwarden.database.pool import open_pool
from tests.databases.errors import NotHere
from tests.databases.fresh import Databases
from tests.databases.servers import NAMES, databases_of


class Servers:
    """The database servers of the session, each started when the first test asks for it."""

    def __init__(self, stack: ExitStack, directories: pytest.TempPathFactory) -> None:
        self._stack = stack
        self._directories = directories
        self._started: dict[str, Databases] = {}

    def databases(self, name: str) -> Databases:
        """Of the server of that name; skips the test where this machine cannot have it."""
        if name not in self._started:
            try:
                self._started[name] = self._stack.enter_context(databases_of(name, self._directories.mktemp(name)))
            except NotHere as reason:
                if os.environ.get("CI") == "true":
                    raise
                pytest.skip(str(reason))
        return self._started[name]


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    with ExitStack() as stack:
        yield Servers(stack, tmp_path_factory)


@pytest.fixture
def embedded(servers: Servers) -> Databases:
    """The embedded PostgreSQL of the session."""
    return servers.databases("embedded")


@pytest.fixture(
    params=[pytest.param(name, marks=pytest.mark.timescale) if "timescale" in name else name for name in NAMES]
)
def any_databases(servers: Servers, request: pytest.FixtureRequest) -> Databases:
    """Each of the three servers in turn."""
    return servers.databases(request.param)


@pytest.fixture
def database_url(embedded: Databases) -> Iterator[str]:
    """A fresh, migrated database on the embedded PostgreSQL."""
    with embedded.fresh() as url:
        yield url


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[AsyncConnectionPool]:
    """Connections to a fresh, migrated database."""
    async with open_pool(database_url) as opened:
        yield opened
