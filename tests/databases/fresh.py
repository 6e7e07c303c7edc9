"""Fresh databases, cheap: a copy of a template that was migrated once, or the only one emptied and migrated."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

import psycopg
from psycopg.sql import SQL, Composed, Identifier

from gridwarden.database.migrate import migrate

__all__ = ["CopiedDatabases", "Databases", "OneDatabase", "Run", "background_loop"]

T = TypeVar("T")
Run = Callable[[Coroutine[Any, Any, Any]], Any]

_TEMPLATE = "gridwarden_template"
_numbers = itertools.count(1)


class Databases(Protocol):
    """Databases of one server. shares_one_session: statements cannot be prepared, transactions wait for each other."""

    shares_one_session: bool

    def fresh(self) -> AbstractContextManager[str]:
        """The URL of a migrated database that nobody else uses."""
        ...

    def empty(self) -> AbstractContextManager[str]:
        """The URL of a database with nothing in it."""
        ...


class CopiedDatabases:
    """A real server: each database is a copy of a template. `run` drives coroutines away from the tests' own loops."""

    shares_one_session = False

    def __init__(self, server_url: str, run: Run) -> None:
        self._server_url = server_url
        self._run = run
        self._template = False

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """A copy of the template."""
        if not self._template:
            self._execute(SQL("CREATE DATABASE {}").format(Identifier(_TEMPLATE)))
            self._run(migrate(self._url(_TEMPLATE)))
            self._template = True
        with self._database(SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY"), Identifier(_TEMPLATE)) as url:
            yield url

    @contextmanager
    def empty(self) -> Iterator[str]:
        """A new one."""
        with self._database(SQL("CREATE DATABASE {}")) as url:
            yield url

    @contextmanager
    def _database(self, command: SQL, *names: Identifier) -> Iterator[str]:
        name = f"test_{next(_numbers)}"
        self._execute(command.format(Identifier(name), *names))
        try:
            yield self._url(name)
        finally:
            self._execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))

    def _url(self, name: str) -> str:
        return urlsplit(self._server_url)._replace(path=f"/{name}").geturl()

    def _execute(self, command: Composed) -> None:
        with psycopg.connect(self._server_url, autocommit=True) as connection:
            connection.execute(command)


class OneDatabase:
    """A server with a single database: emptied each time."""

    shares_one_session = True

    def __init__(self, url: str, run: Run) -> None:
        self._url = url
        self._run = run

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """Emptied and migrated."""
        with self.empty() as url:
            self._run(migrate(url))
            yield url

    @contextmanager
    def empty(self) -> Iterator[str]:
        """Emptied of everything but extensions."""
        with psycopg.connect(self._url, autocommit=True, prepare_threshold=None) as connection:
            rows = connection.execute(_DROP_EVERYTHING).fetchall()
            for (command,) in rows:
                connection.execute(command)
        yield self._url


_DROP_EVERYTHING = """
    WITH theirs AS (SELECT objid FROM pg_depend WHERE deptype = 'e'),
    commands AS (
        SELECT 1 AS step, format('DROP MATERIALIZED VIEW %I CASCADE', view_name) AS command
        FROM timescaledb_information.continuous_aggregates
        UNION ALL
        SELECT 2, format('DROP %s IF EXISTS %I CASCADE', CASE relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, relname)
        FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v') AND oid NOT IN (SELECT * FROM theirs)
          AND relname NOT IN (SELECT view_name FROM timescaledb_information.continuous_aggregates)
        UNION ALL
        SELECT 3, format('DROP FUNCTION %s CASCADE', oid::regprocedure) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND oid NOT IN (SELECT * FROM theirs)
    )
    SELECT command FROM commands ORDER BY step
"""


@contextmanager
def background_loop() -> Iterator[Callable[[Coroutine[Any, Any, T]], T]]:
    """Run coroutines on an event loop that lives beside the tests' own; yields the function that does."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="servers of the test session")
    thread.start()
    try:
        yield lambda work: asyncio.run_coroutine_threadsafe(work, loop).result(60)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
