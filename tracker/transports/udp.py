"""UDP for devices that stream: the socket is emptied once a tick.

At most `max_datagrams` are taken at once; the rest waits in the kernel's buffer, and what overflows there is lost, as
UDP may be.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable

__all__ = ["UdpCollector"]

_LONGEST = 4_096
_KERNEL_BUFFER = 8 << 20


class UdpCollector:
    """One bound socket; datagrams with the peer they came from."""

    def __init__(self, *, wake: Callable[[], None], max_datagrams: int = 20_000) -> None:
        """wake: called when there is something to collect. max_datagrams: per call of `collect`."""
        self._wake = wake
        self._max = max_datagrams
        self._socket: socket.socket | None = None
        self._sleeping = False

    async def listen(self, host: str, port: int) -> tuple[str, int]:
        """Start; the real address."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        bound_socket = socket.socket(family, socket.SOCK_DGRAM)
        try:
            with contextlib.suppress(OSError):
                bound_socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _KERNEL_BUFFER)
            bound_socket.setblocking(False)
            bound_socket.bind((host, port))
        except OSError:
            bound_socket.close()
            raise
        self._socket = bound_socket
        self._sleep()
        bound: tuple[str, int] = bound_socket.getsockname()[:2]
        return bound

    def close(self) -> None:
        """Stop and close."""
        if self._socket is None:
            return
        if self._sleeping:
            asyncio.get_running_loop().remove_reader(self._socket.fileno())
        self._socket.close()
        self._socket = None

    def collect(self) -> list[tuple[tuple[str, int], bytes]]:
        """Datagrams since the last call, in order, each with (host, port) of its sender."""
        datagrams: list[tuple[tuple[str, int], bytes]] = []
        if self._socket is None:
            return datagrams
        receive = self._socket.recvfrom
        try:
            while len(datagrams) < self._max:
                data, peer = receive(_LONGEST)
                datagrams.append((peer[:2], data))
        except OSError:  # empty, or an ICMP error of an earlier send
            pass
        self._sleep()
        return datagrams

    def _sleep(self) -> None:
        if not self._sleeping and self._socket is not None:
            self._sleeping = True
            asyncio.get_running_loop().add_reader(self._socket.fileno(), self._readable)

    def _readable(self) -> None:
        assert self._socket is not None
        asyncio.get_running_loop().remove_reader(self._socket.fileno())
        self._sleeping = False
        self._wake()
