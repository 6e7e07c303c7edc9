"""NMEA over TCP as fast as one core writes: a device a connection, an RMC sentence a fix."""

from __future__ import annotations

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
from simulators.load.writers import Writers

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
        writers = Writers([_connected(stack, address, who) for who in devices])
        return _send(writers, len(devices), rate, duration_s, lines_a_send)


def _connected(stack: ExitStack, address: Address, who: Handheld) -> socket.socket:
    connection = stack.enter_context(socket.create_connection((address.host, address.port), timeout=CONNECT_TIMEOUT_S))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.sendall(identification(who.device, who.token))
    connection.setblocking(False)
    return connection


def _send(writers: Writers, devices: int, rate: float, duration_s: float, lines_a_send: int) -> LoadResult:
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
