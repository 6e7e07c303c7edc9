"""Positions of 10,000 members at 1 Hz to many viewers, over real sockets. `python -m benchmarks fan_out`.

The server's side is this process: live table, hub and endpoint; what is told is its processor time. The viewers are a
process of their own on the other core (benchmarks/watchers.py).
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from websockets.asyncio.server import serve

from dispatch.push.endpoint import LiveEndpoint
from dispatch.push.hub import PushHub
from gridwarden.compose.loop import run_async
from registry.api.route import Caller, Role
from registry.devices.model import Device, DeviceId
from tracker.live.table import LiveTable
from tracker.model.live_row import LIVE_ROW, LiveRows

__all__ = ["MEMBERS", "Case", "Row", "main", "seen_by", "until_ready", "watching"]

MEMBERS = 10_000
READY_S = 60.0
VIEWER = Caller(user=1, name="bench", role=Role.DISPATCHER, organisation=1, organisation_id="city")
GOAL = "12 % now, 6 %; 20 bytes"


@dataclass(frozen=True)
class Case:
    """boxes: how many different subscriptions there are (0: all the same). ticks: of the hub a second."""

    name: str
    viewers: int
    boxes: int
    ticks: int


@dataclass(frozen=True)
class Row:
    """core: per cent of one. bytes: on the wire an update. latency: from encoding to the last byte at the viewer."""

    name: str
    core: float
    bytes: float
    p50_ms: float
    p99_ms: float
    late: float
    goal: str


CASES = (
    Case("100 viewers, one tick a second", 100, 0, 1),
    Case("1,000 viewers, one tick a second", 1_000, 0, 1),
    Case("1,000 viewers, 20 different boxes", 1_000, 20, 1),
    Case("1,000 viewers, members spread over 5 ticks a second", 1_000, 0, 5),
)


def main(seconds: float = 10.0, cases: Sequence[Case] = CASES) -> list[Row]:
    """Every case for so long, after everybody has the snapshot."""
    _allow_many_sockets()
    rows: list[Row] = []

    async def run() -> int:
        for case in cases:
            rows.append(await _run(case, seconds))
        return 0

    run_async(run())
    return rows


async def _run(case: Case, seconds: float) -> Row:
    table = LiveTable(stale_after_s=60, silent_after_s=600)
    table.describe(map(_device, range(MEMBERS)))
    table.apply(_rows(np.arange(MEMBERS)))
    hub = PushHub(table, now=_now, tick_s=1 / case.ticks)
    endpoint = LiveEndpoint(hub, _anybody, _everything, _nothing_missed)
    async with (
        serve(endpoint.serve, "127.0.0.1", 0, compression=None, ping_interval=None, backlog=2_048) as server,
        watching(next(iter(server.sockets)).getsockname()[1], case.viewers, str(case.boxes)) as watchers,
    ):
        await until_ready(watchers, hub.tick)
        began, cpu = time.monotonic(), time.process_time()
        updates = await _tick(table, hub, case, seconds)
        core = (time.process_time() - cpu) / (time.monotonic() - began)
        seen = await seen_by(watchers)
    sent = updates * case.viewers
    told = int(seconds * case.ticks) * case.viewers
    return Row(
        case.name, 100 * core, seen["bytes"] / sent, seen["p50_ms"], seen["p99_ms"],
        100 * max(0, told - seen["frames"]) / told, GOAL,
    )  # fmt: skip


async def until_ready(watchers: asyncio.subprocess.Process, send: Callable[[], object]) -> None:
    """Send until everybody has a first frame."""
    ready: Coroutine[Any, Any, bytes] = _read(watchers)
    waiting = asyncio.create_task(ready)
    while not waiting.done():
        send()
        await asyncio.sleep(0.1)
    assert waiting.result().strip() == b"ready"


async def _tick(table: LiveTable, hub: PushHub, case: Case, seconds: float) -> int:
    """Move everybody once a second, a share a tick; how many updates that were."""
    shares = np.array_split(np.arange(MEMBERS), case.ticks)
    due, updates = time.monotonic(), 0
    for tick in range(int(seconds * case.ticks)):
        share = shares[tick % case.ticks]
        table.apply(_rows(share))
        hub.tick()
        updates += len(share)
        due += 1 / case.ticks
        await asyncio.sleep(max(0.0, due - time.monotonic()))
    return updates


@asynccontextmanager
async def watching(port: int, viewers: int, boxes: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """So many viewers in a process of their own; boxes: see benchmarks/watchers.py."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.watchers", str(port), str(viewers), boxes,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _read(watchers: asyncio.subprocess.Process) -> bytes:
    assert watchers.stdout is not None
    async with asyncio.timeout(READY_S):
        return await watchers.stdout.readline()


async def seen_by(watchers: asyncio.subprocess.Process) -> dict[str, float]:
    """What they took, half a second after the last frame; it ends them."""
    await asyncio.sleep(0.5)
    assert watchers.stdin is not None
    watchers.stdin.write(b"\n")
    said: dict[str, float] = json.loads(await _read(watchers))
    return said


async def _anybody(token: str) -> Caller:
    return VIEWER


async def _nothing_missed(_: frozenset[int], __: int | None, ___: int) -> None:
    """Nobody asks what happened before."""


async def _everything(caller: Caller, organisation: str | None) -> frozenset[int]:
    return frozenset({1})


def _now() -> int:
    return time.time_ns() // 1000


def _device(key: int) -> Device:
    return Device(
        key=key, id=DeviceId(f"phone-{key}"), member=None, member_id=f"m{key}", member_name=f"Member {key}",
        post="patrol", organisation=1, token_hash=None, require_token=False, dialect="", stale_after_s=None,
        silent_after_s=None, on_duty=True, retired=False,
    )  # fmt: skip


def _rows(keys: np.ndarray[tuple[int], np.dtype[np.intp]]) -> LiveRows:
    rows = np.zeros(len(keys), LIVE_ROW)
    rows["device"], rows["fix_time"], rows["received_at"] = keys, _now(), _now()
    rows["latitude"], rows["longitude"] = 51.1 + keys * 1e-5, 71.4 + keys * 1e-5
    return rows


def _allow_many_sockets() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
