"""Many sockets written round after round without waiting for any of them."""

from __future__ import annotations

import os
import select
import socket
import time

__all__ = ["Writers"]


class Writers:
    """Sockets written round after round. What a full one cannot take waits for it in order; blocked: bytes of that.

    lost: bytes that a broken connection did not take; errors: broken connections.
    """

    def __init__(self, connections: list[socket.socket]) -> None:
        self._numbers = [connection.fileno() for connection in connections]
        self._rest: dict[int, bytearray] = {}
        self._epoll = select.epoll()
        self._broken: set[int] = set()
        self.blocked = self.lost = self.errors = 0

    def write(self, first: int, data: bytes, size: int) -> None:
        """Messages of `size` bytes, the first to connection `first`, the next to the next."""
        number, numbers, rest, write = first, self._numbers, self._rest, os.write
        for at in range(0, len(data), size):
            file = numbers[number]
            number = number + 1 if number + 1 < len(numbers) else 0
            chunk = data[at : at + size]
            if file in rest or file in self._broken:
                self._keep(file, chunk)
                continue
            try:
                written = write(file, chunk)
            except BlockingIOError:
                written = 0
            except OSError:
                self._break(file)
                self.lost += size
                continue
            if written < size:
                self._keep(file, chunk[written:])

    def wait(self, timeout_s: float) -> None:
        """Let blocked sockets take more, at most so long."""
        for file, _ in self._epoll.poll(timeout_s):
            self._write_rest(file)

    def flush(self, timeout_s: float) -> None:
        """Wait until nothing is blocked, at most so long."""
        deadline = time.monotonic() + timeout_s
        while self._rest and (left_s := deadline - time.monotonic()) > 0:
            self.wait(left_s)
        self._epoll.close()

    def _keep(self, file: int, data: bytes) -> None:
        if file in self._broken:
            self.lost += len(data)
            return
        if file not in self._rest:
            self._rest[file] = bytearray()
            self._epoll.register(file, select.EPOLLOUT)
        self._rest[file] += data
        self.blocked += len(data)

    def _write_rest(self, file: int) -> None:
        rest = self._rest[file]
        try:
            written = os.write(file, rest)
        except BlockingIOError:
            return
        except OSError:
            self._break(file)
            return
        del rest[:written]
        self.blocked -= written
        if not rest:
            self._forget(file)

    def _break(self, file: int) -> None:
        self.errors += 1
        self._broken.add(file)
        if file in self._rest:
            self.lost += len(self._rest[file])
            self.blocked -= len(self._rest[file])
            self._forget(file)

    def _forget(self, file: int) -> None:
        del self._rest[file]
        self._epoll.unregister(file)
