"""TCP for devices that stream: sockets only collect bytes; once a tick everything collected is taken at once.

One epoll set holds all device sockets. The event loop watches the epoll descriptor itself: it becomes readable when any
socket has bytes, which wakes the intake; the intake then calls `collect`, one `recv` per ready socket and no callback
per message. With many devices this costs a third of a Protocol object a connection (docs/decisions/0003).

Bounds: `max_connections` (a further one is closed at once), `CHUNK` bytes per socket and tick, `AT_ONCE` of them all
(but 1 KiB of each), so that a crowd that sends what it could not send before takes turns; an idle time-out. While there
is no room in the intake nothing is read, so the kernel's buffers fill and TCP slows the devices down. Where the process
has no descriptor left nothing is accepted for ACCEPT_AGAIN_S: the listener stays ready, and would be tried without end.
"""

from __future__ import annotations

import asyncio
import contextlib
import select
import socket
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

__all__ = ["Conversing", "TcpCollector"]

CHUNK = 65_536
AT_ONCE = 524_288
"""Bytes of all connections together a tick: some 7,000 sentences, after which requests of people have their turn."""
_LEAST = 1_024
ACCEPT_AGAIN_S = 1.0
_BACKLOG = 4_096

C = TypeVar("C")


class Conversing(Protocol[C]):
    """Makes and ends what a connection's bytes are fed to."""

    def opened(self, address: str) -> C:
        """A device connected from that address (host:port)."""
        ...

    def closed(self, conversation: C) -> None:
        """Its connection ended, by either side."""
        ...


class _Connection(Generic[C]):
    __slots__ = ("conversation", "last_heard", "socket")

    def __init__(self, connected: socket.socket, conversation: C, now: float) -> None:
        self.socket = connected
        self.conversation = conversation
        self.last_heard = now


class TcpCollector(Generic[C]):
    """A listener and its connections. Use as an async context manager."""

    def __init__(
        self,
        conversing: Conversing[C],
        *,
        wake: Callable[[], None],
        clock: Callable[[], float],
        max_connections: int,
        idle_timeout_s: float,
    ) -> None:
        """wake: called when there is something to collect. clock: monotonic seconds."""
        self._conversing = conversing
        self._wake, self._clock = wake, clock
        self._max, self._idle_s = max_connections, idle_timeout_s
        self._epoll = select.epoll()
        self._connections: dict[int, _Connection[C]] = {}
        self._listener: socket.socket | None = None
        self._sleeping = False
        self._swept = clock()
        self.refused_connections = 0

    def __len__(self) -> int:
        return len(self._connections)

    async def listen(self, host: str, port: int) -> tuple[str, int]:
        """Start; the real address."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.setblocking(False)
            listener.bind((host, port))
            listener.listen(_BACKLOG)
        except OSError:
            listener.close()
            raise
        self._listener = listener
        self._watch_listener()
        self.watch()
        bound: tuple[str, int] = listener.getsockname()[:2]
        return bound

    def stop_accepting(self) -> None:
        """Close the listener; connections stay until `close`."""
        if self._listener is not None:
            asyncio.get_running_loop().remove_reader(self._listener.fileno())
            self._listener.close()
            self._listener = None

    def close(self) -> None:
        """Close everything."""
        self.stop_accepting()
        if self._sleeping:
            asyncio.get_running_loop().remove_reader(self._epoll.fileno())
            self._sleeping = False
        for descriptor in list(self._connections):
            self._drop(descriptor)
        self._epoll.close()

    def collect(self) -> list[tuple[C, bytes]]:
        """What each connection received since the last call, an equal share of AT_ONCE and at most CHUNK bytes each."""
        now = self._clock()
        chunks: list[tuple[C, bytes]] = []
        ready = self._epoll.poll(0)
        share = max(_LEAST, min(CHUNK, AT_ONCE // max(1, len(ready))))
        for descriptor, _ in ready:
            connection = self._connections[descriptor]
            chunk = _receive(connection.socket, share)
            if chunk is None:
                continue
            if not chunk:
                self._drop(descriptor)
                continue
            connection.last_heard = now
            chunks.append((connection.conversation, chunk))
        if now - self._swept > min(self._idle_s, 5.0):
            self._sweep(now)
        self.watch()
        return chunks

    def watch(self) -> None:
        """Wake the intake when any connection has bytes."""
        if not self._sleeping:
            self._sleeping = True
            asyncio.get_running_loop().add_reader(self._epoll.fileno(), self._readable)

    def _readable(self) -> None:
        """Something arrived: wake the intake once, and watch no more until it collected."""
        asyncio.get_running_loop().remove_reader(self._epoll.fileno())
        self._sleeping = False
        self._wake()

    def _watch_listener(self) -> None:
        if self._listener is not None:
            asyncio.get_running_loop().add_reader(self._listener.fileno(), self._accept)

    def _rest(self) -> None:
        """Accept nothing for a while."""
        assert self._listener is not None
        loop = asyncio.get_running_loop()
        loop.remove_reader(self._listener.fileno())
        loop.call_later(ACCEPT_AGAIN_S, self._watch_listener)

    def _accept(self) -> None:
        assert self._listener is not None
        for _ in range(256):
            try:
                connected, peer = self._listener.accept()
            except (BlockingIOError, ConnectionAbortedError):
                return
            except OSError:  # out of descriptors
                self.refused_connections += 1
                self._rest()
                return
            self.adopt(connected, f"{peer[0]}:{peer[1]}")

    def adopt(self, connected: socket.socket, address: str) -> bool:
        """Take a device's connection, from that address; False, and closed, where it is one too many."""
        if len(self._connections) >= self._max:
            self.refused_connections += 1
            connected.close()
            return False
        connected.setblocking(False)
        conversation = self._conversing.opened(address)
        self._connections[connected.fileno()] = _Connection(connected, conversation, self._clock())
        self._epoll.register(connected.fileno(), select.EPOLLIN)
        return True

    def _drop(self, descriptor: int) -> None:
        connection = self._connections.pop(descriptor)
        with contextlib.suppress(OSError):
            self._epoll.unregister(descriptor)
        connection.socket.close()
        self._conversing.closed(connection.conversation)

    def _sweep(self, now: float) -> None:
        """Close what said nothing for too long."""
        self._swept = now
        for descriptor, connection in list(self._connections.items()):
            if now - connection.last_heard > self._idle_s:
                self._drop(descriptor)


def _receive(connected: socket.socket, most: int) -> bytes | None:
    """Up to so many bytes; empty when the peer is gone; None when it was a false alarm."""
    try:
        return connected.recv(most)
    except (BlockingIOError, InterruptedError):
        return None
    except OSError:
        return b""
