"""What the first answers need and the start does not wait for, loaded once the server is ready.

Everything else that is imported late is imported in a thread of the work that needs it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from importlib import import_module

from registry.search.terms import known_letters

__all__ = ["warm"]

_LATER: tuple[Callable[[], object], ...] = (
    lambda: import_module("scipy.spatial"),  # the nearest, streets
    lambda: import_module("scipy.optimize"),  # the plan of several incidents
    known_letters,  # search
)


async def warm() -> None:
    """Load it in a thread, one after the other."""
    for load in _LATER:
        await asyncio.to_thread(load)
