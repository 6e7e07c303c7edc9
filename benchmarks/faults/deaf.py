"""Fault 8: viewers who subscribe to everything and never read."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import struct
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import numpy as np

from benchmarks.faults.account import Fault, Result
from benchmarks.faults.installation import Server, installation
from benchmarks.faults.load import loaded
from benchmarks.faults.memory import looking
from benchmarks.faults.viewers import Viewer, watching

__all__ = ["FAULTS"]

VIEWERS = 100
DEVICES = 1_000
LENGTH_S = 60.0
SHORTEST_S = 20.0
"""Of a p99 that is more than the one worst of a few frames."""
MOST_MB = 50.0
_SLOWER = 2.0
_LEAST_S = 0.5
"""A p99 below this is unharmed whatever it was before."""


@contextmanager
def _deaf(server: Server, token: str) -> Iterator[socket.socket]:
    """A websocket that asked for everything and will not look at what comes."""
    with socket.create_connection(server.ws_at) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        connection.sendall(
            b"GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
            b"Authorization: Bearer " + token.encode() + b"\r\n\r\n"
        )
        message = json.dumps({"type": "subscribe"}).encode()
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(message))
        connection.sendall(struct.pack("!BB", 0x81, 0x80 | len(message)) + mask + masked)
        yield connection


async def _p99_s(viewer: Viewer, length_s: float) -> float:
    """Between two frames, over so long."""
    viewer.begin()
    await asyncio.sleep(length_s)
    return float(np.percentile(viewer.gaps_s, 99)) if viewer.gaps_s else length_s


async def _never_reading(share: float) -> list[Result]:
    length_s = max(SHORTEST_S, LENGTH_S * share)
    async with installation() as made:
        server = await made.server()
        async with (
            loaded(made, server, trackers=DEVICES) as load,
            watching(server.ws, load.desk.person.token) as viewer,
        ):
            before_s = await _p99_s(viewer, length_s)
            async with looking(server) as held:
                with ExitStack() as stack:
                    for _ in range(VIEWERS):
                        stack.enter_context(_deaf(server, load.desk.person.token))
                    during_s = await _p99_s(viewer, length_s)
            kept = held.growth_mb <= MOST_MB and during_s <= max(_LEAST_S, _SLOWER * before_s)
            return [
                await load.result(
                    f"{VIEWERS} viewers that never read, for {length_s:.0f} s", server, kept=kept,
                    goal=f"memory grows by {MOST_MB:.0f} MB at most, other viewers' p99 unharmed",
                    notes=f"memory grew by {held.growth_mb:.0f} MB; p99 between two frames of another viewer "
                    f"{before_s:.2f} s before, {during_s:.2f} s meanwhile",
                )
            ]  # fmt: skip


FAULTS = (Fault(8, "deaf_viewers", _never_reading),)
