"""Fault 14: nothing but time."""

from __future__ import annotations

import asyncio

import numpy as np

from benchmarks.faults.account import Fault, Result
from benchmarks.faults.installation import installation
from benchmarks.faults.load import loaded
from benchmarks.faults.memory import looking

__all__ = ["FAULTS"]

LENGTH_S = 1_200.0
MOST_MB = 20.0
MOST_MORE = 10
_WARM = 0.3
"""Of the length, in which caches fill."""


async def _soaked(share: float) -> list[Result]:
    """Resident memory, descriptors and tasks are as at the start, once everything has warmed up."""
    length_s = max(20.0, LENGTH_S * share)
    async with installation() as made:
        server = await made.server()
        async with loaded(made, server) as load:
            await asyncio.sleep(length_s * _WARM)
            tasks = await server.metric("gridwarden_tasks") or 0.0
            async with looking(server, period_s=1.0) as held:
                await asyncio.sleep(length_s * (1 - _WARM))
            more = (await server.metric("gridwarden_tasks") or 0.0) - tasks
            quarter = max(1, len(held.resident_mb) // 4)
            first_mb, last_mb = (
                float(np.median(some)) for some in (held.resident_mb[:quarter], held.resident_mb[-quarter:])
            )
            files = held.descriptors[-1] - held.descriptors[0]
            flat = last_mb - first_mb <= MOST_MB and files <= MOST_MORE and more <= MOST_MORE
            return [
                await load.result(
                    f"{length_s / 60:.0f} minutes' soak", server, kept=flat, goal="memory, descriptors and tasks flat",
                    notes=f"memory {first_mb:.0f} MB in the first quarter, {last_mb:.0f} MB in the last (medians); "
                    f"descriptors {held.descriptors[0]} and {held.descriptors[-1]}; "
                    f"tasks {tasks:.0f} and {tasks + more:.0f}",
                )
            ]  # fmt: skip


FAULTS = (Fault(14, "soak", _soaked),)
