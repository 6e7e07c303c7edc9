"""The event loop everything runs on: uvloop where there is one."""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import Callable, Coroutine
from typing import Any

__all__ = ["ends_before", "run_async"]


def run_async(main: Coroutine[Any, Any, int]) -> int:
    """Run a command's coroutine to its exit status."""
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        return runner.run(main)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    if importlib.util.find_spec("uvloop") is None:  # no wheel for this platform
        return asyncio.new_event_loop
    import uvloop

    return uvloop.new_event_loop


async def ends_before(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Do the work unless `stop` is set first, which cancels it; whether it was done. What it raises is raised."""
    doing, waiting = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait((doing, waiting), return_when=asyncio.FIRST_COMPLETED)
        if doing.done():
            await doing
        return doing.done()
    finally:
        doing.cancel()
        waiting.cancel()
        await asyncio.wait((doing, waiting))
