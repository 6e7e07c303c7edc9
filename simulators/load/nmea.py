"""NMEA over TCP as fast as one core writes: a device a connection, an RMC sentence a fix."""

from __future__ import annotations

import os
import select
import socket
import time
from collections.abc import Sequence
from contextlib import ExitStack

import numpy as np

from simulators.addresses import Address
from simulators.clients.protocols import Handheld
from simulators.encoders.nmea import identification
from simulators.load.lines import LINE_BYTES, circling, rmc_lines
from simulators.load.result import LoadResult, Pace

__all__ = ["nmea_load"]

TICK_S = 0.005
CONNECT_TIMEOUT_S = 10.0
_MOST_WRITES_A_TICK = 8_000
_MOST_BLOCKED_BYTES = 32 << 20


def nmea_load(
    address: Address, devices: Sequence[Handheld], *, rate: float, duration_s: float, lines_a_send: int = 1
) -> LoadResult:
    """Send for so long; a connection a device. rate: fixes a second in all, at most 1,000 a device.

    Fix times keep the pace of the rate from now on, so that the fixes of a device have times of their own.
    """
    if rate > 1000 * len(devices):
        raise ValueError("fix times are milliseconds: at most 1,000 fixes a second and device")
    with ExitStack() as stack:
        writers = _Writers([_connected(stack, address, who) for who in devices])
        return _send(writers, len(devices), rate, duration_s, lines_a_send)


def _connected(stack: ExitStack, address: Address, who: Handheld) -> socket.socket:
    connection = stack.enter_context(socket.create_connection((address.host, address.port), timeout=CONNECT_TIMEOUT_S))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.sendall(identification(who.device, who.token))
    connection.setblocking(False)
    return connection


def _send(writers: _Writers, devices: int, rate: float, duration_s: float, lines_a_send: int) -> LoadResult:
    start_ms = time.time_ns() // 1_000_000
    pace, made = Pace(rate / lines_a_send, duration_s), 0
    worth_while = max(1, int(TICK_S * rate / lines_a_send))  # numpy wants many at once
    while not pace.is_over:
        due = min(pace.due() - made, _MOST_WRITES_A_TICK)
        if due < worth_while or writers.blocked > _MOST_BLOCKED_BYTES:
            writers.wait(TICK_S)
            continue
        data = _messages(made, due, devices, lines_a_send, start_ms, 1000 * devices / rate)
        writers.write(made % devices, data, lines_a_send * LINE_BYTES)
        made += due
    writers.flush(CONNECT_TIMEOUT_S)
    whole = made * lines_a_send - writers.blocked // LINE_BYTES
    return pace.finish(LoadResult(sent=whole - writers.lost // LINE_BYTES, errors=writers.errors))


def _messages(first: int, number: int, devices: int, lines: int, start_ms: int, spacing_ms: float) -> bytes:
    """Messages `first` to `first + number`, of `lines` sentences each; message m is of device m % devices."""
    message = np.repeat(np.arange(first, first + number), lines)
    turn = message // devices * lines + np.tile(np.arange(lines), number)
    device = message % devices
    time_ms = start_ms + (turn * spacing_ms).astype(np.int64)
    return rmc_lines(time_ms, *circling(device, time_ms)).tobytes()


class _Writers:
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
        while self._rest and time.monotonic() < deadline:
            self.wait(TICK_S)
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
