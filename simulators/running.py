"""Running a simulator from the command line: the loop, the signals, the open files, the counts."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import resource
import signal
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from simulators.clients.counts import Counts

__all__ = ["print_counts", "print_progress", "run_until_stopped", "stopped"]

Main = Callable[[asyncio.Event], Coroutine[Any, Any, int]]


def run_until_stopped(main: Main) -> int:
    """Run `main(stop)` to its exit status; SIGINT and SIGTERM set `stop`."""
    _open_many_files()
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        return runner.run(_with_signals(main))


async def stopped(stop: asyncio.Event, timeout_s: float) -> bool:
    """Wait until stopped, at most so long; whether it was stopped."""
    if timeout_s > 0:
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await stop.wait()
    return stop.is_set()


def print_counts(counts: Counts) -> None:
    """One line of JSON on stdout."""
    sys.stdout.write(json.dumps(counts.as_dict()) + "\n")
    sys.stdout.flush()


def print_progress(counts: Counts, elapsed_s: float) -> None:
    """One line on stderr."""
    rest = "".join(f", {name} {number}" for name, number in counts.as_dict().items() if number and name != "sent")
    sys.stderr.write(f"{elapsed_s:7.1f} s  sent {counts.sent}{rest}\n")
    sys.stderr.flush()


async def _with_signals(main: Main) -> int:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    numbers = (signal.SIGINT, signal.SIGTERM)
    for number in numbers:
        loop.add_signal_handler(number, stop.set)
    try:
        return await main(stop)
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)


def _open_many_files() -> None:
    """Every member has a connection: allow as many as the system lets us."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    if importlib.util.find_spec("uvloop") is None:  # no wheel for this platform
        return asyncio.new_event_loop
    import uvloop

    return uvloop.new_event_loop
