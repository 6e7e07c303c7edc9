"""The same positions through mosquitto: ours and the broker take turns. `python -m benchmarks broker`.

10,000 members move once a second; every viewer gets all of them in one frame. The broker gets each frame once, QoS 0,
and sends it to every subscriber; it knows neither members nor who may see them. core: per cent of one, of our process
or of the broker; median of the turns. Empty: there is no mosquitto on this machine.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from benchmarks import fan_out
from benchmarks.processor import ran
from benchmarks.watchers import MQTT_CONNECT, MQTT_TOPIC
from dispatch.push.frames import FRAME_ROW, HEADER, MAGIC
from gridwarden.compose.loop import run_async
from gridwarden.database.cluster import free_port

__all__ = ["Row", "main"]

VIEWERS = (100, 1_000)
_TURNS = 3
_READY_S = 10.0


@dataclass(frozen=True)
class Row:
    """So many viewers. p99_ms: from encoding to the last byte at the viewer."""

    name: str
    core: float
    broker_core: float | None
    p99_ms: float
    broker_p99_ms: float | None
    turns: int


def main(seconds: float = 10.0, sizes: tuple[int, ...] = VIEWERS, turns: int = _TURNS) -> list[Row]:
    """Turns of so long."""
    return [_row(viewers, [_turn(viewers, seconds) for _ in range(turns)]) for viewers in sizes]


def _turn(viewers: int, seconds: float) -> tuple[fan_out.Row, tuple[float, float] | None]:
    (ours,) = fan_out.main(seconds, [fan_out.Case("", viewers, 0, 1)])
    theirs: list[tuple[float, float]] = []

    async def run() -> int:
        with _mosquitto() as (process, port):
            theirs.append(await _through(process, port, viewers, seconds))
        return 0

    if _program() is not None:
        run_async(run())
    return ours, theirs[0] if theirs else None


def _row(viewers: int, turns: list[tuple[fan_out.Row, tuple[float, float] | None]]) -> Row:
    theirs = [one for _, one in turns if one is not None]
    return Row(
        f"{viewers:,} viewers", median(ours.core for ours, _ in turns),
        median(core for core, _ in theirs) if theirs else None, median(ours.p99_ms for ours, _ in turns),
        median(p99 for _, p99 in theirs) if theirs else None, len(turns),
    )  # fmt: skip


async def _through(process: subprocess.Popen[bytes], port: int, viewers: int, seconds: float) -> tuple[float, float]:
    """Per cent of a core, and the latency's p99, ms."""
    with socket.create_connection(("127.0.0.1", port)) as publisher:
        publisher.sendall(MQTT_CONNECT)
        assert publisher.recv(4, socket.MSG_WAITALL)[3] == 0
        publisher.sendall(_publish(retained=True))
        async with fan_out.watching(port, viewers, "mqtt") as watchers:
            await fan_out.until_ready(watchers, lambda: None)
            before, began = ran(process.pid), time.monotonic()
            for tick in range(int(seconds)):
                await asyncio.to_thread(publisher.sendall, _publish())
                await asyncio.sleep(max(0.0, began + tick + 1 - time.monotonic()))
            core = 100 * (ran(process.pid) - before) / (time.monotonic() - began)
            return core, (await fan_out.seen_by(watchers))["p99_ms"]


def _publish(*, retained: bool = False) -> bytes:
    """A PUBLISH packet (MQTT 3.1.1, section 3.3) with a frame of everybody; retained: late subscribers get it, too."""
    frame = HEADER.pack(MAGIC, fan_out.MEMBERS, 0, time.time_ns() // 1_000_000) + bytes(
        fan_out.MEMBERS * FRAME_ROW.itemsize
    )
    left, length = len(MQTT_TOPIC) + len(frame), b""
    while left:
        left, seven = left >> 7, left & 0x7F
        length += bytes([seven | (0x80 if left else 0)])
    return (b"\x31" if retained else b"\x30") + length + MQTT_TOPIC + frame


@contextmanager
def _mosquitto() -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    program, port = _program(), free_port()
    assert program is not None
    process = subprocess.Popen([program, "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + _READY_S
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except ConnectionRefusedError:
                time.sleep(0.05)
        yield process, port
    finally:
        process.kill()
        process.wait()


def _program() -> str | None:
    return shutil.which("mosquitto", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
