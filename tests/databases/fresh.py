"""Fresh databases, cheap: each a copy of a template that was migrated once."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import psycopg
from psycopg.sql import SQL, Identifier

from gridwarden.database.embedded import EmbeddedPostgres
from gridwarden.database.migrate import migrate

__all__ = ["Databases", "background_loop", "embedded_databases"]

T = TypeVar("T")

_TEMPLATE = "gridwarden_template"
_numbers = itertools.count(1)


class Databases:
    """Databases of one server. `run` drives coroutines of the session, away from the tests' own loops."""

    def __init__(self, server_url: str, run: Callable[[Coroutine[Any, Any, Any]], Any]) -> None:
        self.server_url = server_url
        self._run = run
        self._template = False

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """The URL of a migrated database that nobody else uses; dropped at the end."""
        if not self._template:
            self._execute(SQL("CREATE DATABASE {}").format(Identifier(_TEMPLATE)))
            self._run(migrate(self._url(_TEMPLATE)))
            self._template = True
        with self._database(SQL("CREATE DATABASE {} TEMPLATE {}"), Identifier(_TEMPLATE)) as url:
            yield url

    @contextmanager
    def empty(self) -> Iterator[str]:
        """The URL of a database with nothing in it; dropped at the end."""
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
        return urlsplit(self.server_url)._replace(path=f"/{name}").geturl()

    def _execute(self, command: Any) -> None:
        with psycopg.connect(self.server_url, autocommit=True) as connection:
            connection.execute(command)


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


@contextmanager
def embedded_databases(directory: Path) -> Iterator[Databases]:
    """The databases of an embedded PostgreSQL, which runs until the end."""
    with background_loop() as run:
        server = EmbeddedPostgres(directory, durable=False)
        run(server.__aenter__())
        try:
            yield Databases(server.url, run)
        finally:
            run(server.__aexit__(None, None, None))
