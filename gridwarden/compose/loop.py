"""The event loop everything runs on: uvloop where there is one."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

try:
    from uvloop import new_event_loop
except ImportError:  # no wheel for this platform
    from asyncio import new_event_loop

__all__ = ["run_async"]


def run_async(main: Coroutine[Any, Any, int]) -> int:
    """Run a command's coroutine to its exit status."""
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        return runner.run(main)
