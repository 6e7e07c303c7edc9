"""A private PostgreSQL under the data directory, started with the program and stopped with it.

Theory of operation. One program at a time owns the directory, by a lock on `postgres/lock` that the kernel takes back
when it dies. The owner starts the server and keeps it running: when the server is killed it is started again on the
same port, so that the URL stays good. Where it listens and the password stand in `postgres/connection.json`, readable
for the owner only; commands beside the program find the running server there. A program that is killed takes the server
along (the kernel sends it SIGINT), and the next one waits until that server has let go of its lock file; no lock file
of PostgreSQL's is ever removed here.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import logging
import os
import secrets
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

import orjson
import psycopg

from gridwarden.database.binaries import program
from gridwarden.database.cluster import Cluster, free_port
from gridwarden.database.errors import ClusterError, DirectoryInUse

__all__ = ["EmbeddedPostgres", "program", "running_url"]

_log = logging.getLogger(__name__)

_START_TIMEOUT_S = 60.0  # recovery after a crash may replay a gigabyte of log
_STOP_TIMEOUT_S = 30.0
_POLL_S = 0.05
_LONGEST_BACKOFF_S = 5.0


@dataclass(frozen=True, slots=True)
class _Connection:
    port: int
    password: str

    @property
    def url(self) -> str:
        return f"postgresql://gridwarden:{quote(self.password)}@127.0.0.1:{self.port}/postgres"


class EmbeddedPostgres:
    """`async with EmbeddedPostgres(directory) as server: server.url`. A first start takes about a second.

    Enter it on a thread that lives as long as the server shall (the main thread's loop does): the server is tied to it.
    """

    def __init__(self, directory: Path, *, durable: bool = True, cluster: Cluster | None = None) -> None:
        """directory: the program's data directory. For tests: durable False leaves out fsync; a cluster of its own."""
        self._cluster = cluster or Cluster(directory.absolute() / "postgres", durable)
        self._home = self._cluster.home
        self._connection = _Connection(0, "")
        self._lock = -1
        self._process: subprocess.Popen[bytes] | None = None
        self._supervisor: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """postgresql://… with the password; stays the same when the server is restarted."""
        return self._connection.url

    @property
    def pid(self) -> int:
        """The server's process id now."""
        assert self._process is not None, "not started"
        return self._process.pid

    async def __aenter__(self) -> Self:
        """Start. Raises DirectoryInUse, and ClusterError when the server does not come up."""
        self._home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = await _lock(self._home / "lock")
        try:
            await self._prepare()
            await self._start()
        except BaseException:
            await self._stop()
            os.close(self._lock)
            raise
        self._supervisor = asyncio.create_task(self._supervise(), name="embedded PostgreSQL")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the server after a checkpoint; its clients are cut."""
        assert self._supervisor is not None
        self._supervisor.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._supervisor
        await self._stop()
        os.close(self._lock)

    async def _prepare(self) -> None:
        known = _read_connection(self._home)
        if known is None or not self._cluster.exists():
            known = _Connection(free_port(), secrets.token_urlsafe(24))
            await asyncio.to_thread(self._cluster.create, known.password)
        self._connection = known
        _write_connection(self._home, known)

    async def _start(self, *, may_move: bool = True) -> None:
        """Start and wait until it answers; retried while an earlier server is still letting go.

        may_move: another port is taken when ours is not ours any more.
        """
        deadline = asyncio.get_running_loop().time() + _START_TIMEOUT_S
        pause = _POLL_S
        while True:
            if await self._attempt(deadline):
                return
            if asyncio.get_running_loop().time() > deadline:
                raise ClusterError(f"PostgreSQL does not start: {self._cluster.last_words()}")
            if may_move and "could not bind" in self._cluster.last_words():
                self._connection = _Connection(free_port(), self._connection.password)
                _write_connection(self._home, self._connection)
            await asyncio.sleep(pause)
            pause = min(2 * pause, 1.0)

    async def _attempt(self, deadline: float) -> bool:
        """Start once; False when the server ended instead of answering."""
        self._process = self._cluster.start(self._connection.port)
        while self._process.poll() is None:
            if await _answers(self._connection.url):
                return True
            if asyncio.get_running_loop().time() > deadline:
                await self._stop()
                break
            await asyncio.sleep(_POLL_S)
        return False

    async def _supervise(self) -> None:
        """Start it again whenever it ends, at once the first time, then ever more slowly."""
        loop = asyncio.get_running_loop()
        pause, started = _POLL_S, loop.time()
        while True:
            while self._process is not None and self._process.poll() is None:  # noqa: ASYNC110 - no event for a child
                await asyncio.sleep(2 * _POLL_S)
            if loop.time() - started > 60:
                pause = _POLL_S
            _log.error("the embedded PostgreSQL ended: starting it again", extra={"log": self._cluster.last_words()})
            await asyncio.sleep(pause)
            pause, started = min(2 * pause, _LONGEST_BACKOFF_S), loop.time()
            try:
                await self._start(may_move=False)
            except ClusterError:
                _log.exception("the embedded PostgreSQL did not start again")

    async def _stop(self) -> None:
        """Fast shutdown; an immediate one when that takes too long."""
        process = self._process
        if process is None:
            return
        for ask in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if process.poll() is None:
                process.send_signal(ask)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_STOP_TIMEOUT_S):
                    while process.poll() is None:  # noqa: ASYNC110 - a child has no event to wait for
                        await asyncio.sleep(_POLL_S / 5)
                return


async def running_url(directory: Path) -> str | None:
    """The URL of the server that runs on this data directory, None when none answers."""
    known = _read_connection(directory / "postgres")
    if known is None or not await _answers(known.url):
        return None
    return known.url


async def _answers(url: str) -> bool:
    try:
        connection = await psycopg.AsyncConnection.connect(url, connect_timeout=2)
    except psycopg.OperationalError:
        return False
    await connection.close()
    return True


async def _lock(path: Path) -> int:
    """Take the directory's lock; waits a moment, for a predecessor that is just ending."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        async with asyncio.timeout(2):
            while True:
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    await asyncio.sleep(_POLL_S)
                else:
                    return descriptor
    except TimeoutError:
        os.close(descriptor)
        raise DirectoryInUse(f"another gridwarden runs on {path.parent.parent}: stop it first") from None


def _read_connection(home: Path) -> _Connection | None:
    try:
        facts = orjson.loads((home / "connection.json").read_bytes())
        return _Connection(int(facts["port"]), str(facts["password"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write_connection(home: Path, connection: _Connection) -> None:
    """Replace the file at once, so that a reader never sees half of it."""
    making = home / "connection.json.new"
    making.unlink(missing_ok=True)
    descriptor = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(orjson.dumps({"port": connection.port, "password": connection.password}))
        file.flush()
        os.fsync(file.fileno())
    making.replace(home / "connection.json")
