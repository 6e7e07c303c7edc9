"""Fixtures of every test: a migrated database of its own, on one server a session.

`database_url` and `pool` are on the embedded PostgreSQL. `any_databases` runs its tests against all three servers.
"""

from __future__ import annotations

import asyncio.constants
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from psycopg_pool import AsyncConnectionPool
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from gridwarden.database.pool import open_pool
from registry.users import passwords
from tests.databases.errors import NotHere
from tests.databases.fresh import Databases
from tests.databases.servers import NAMES, databases_of

_MEMORY, _ROOM = Path("/dev/shm"), 4 << 30
_BROWSERS = "tests/e2e/"
_WHOLE_PROGRAMS = ("tests/integration/", "tests/benchmarks/")

# Of ten: asyncio's debug mode reads that many lines of source at each callback.
asyncio.constants.DEBUG_STACK_DEPTH = 3  # type: ignore[misc]


class _Sharing(LoadScopeScheduling):  # type: ignore[misc]  # it has no types
    """Where tests run in several processes, one of them has all browsers; other modules stay together.

    Of two browsers at once on two cores, each would be too slow for its story's patience. (xdist's own marks for this
    do not reach pytest 9.)
    """

    def _split_scope(self, nodeid: str) -> str:
        return "browsers" if nodeid.startswith(_BROWSERS) else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> _Sharing:
    """How tests are shared out."""
    return _Sharing(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, browsers in one process and whole programs in the other; behind the shuffle."""
    items.sort(key=lambda item: (not item.nodeid.startswith(_BROWSERS), not item.nodeid.startswith(_WHOLE_PROGRAMS)))


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
                self._started[name] = self._stack.enter_context(databases_of(name, self._directory(name)))
            except NotHere as reason:
                if os.environ.get("CI") == "true":
                    raise
                pytest.skip(str(reason))
        return self._started[name]

    def _directory(self, name: str) -> Path:
        """In memory where the machine has the room: thousands of databases are copied, 16 MB in 800 files each."""
        if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM:
            return Path(self._stack.enter_context(TemporaryDirectory(prefix="gridwarden-", dir=_MEMORY)))
        return self._directories.mktemp(name)


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    with ExitStack() as stack:
        yield Servers(stack, tmp_path_factory)


@pytest.fixture(scope="session", autouse=True)
def product_hasher() -> Iterator[PasswordHasher]:
    """What hashes passwords; in its place argon2id with its least cost: most houses sign a dozen people in."""
    real = passwords._hasher
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher.from_parameters(CHEAPEST))
        yield real


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
