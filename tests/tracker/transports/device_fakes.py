"""The rooms behind the device transports, in memory: the real directory and rates, and an intake one can hold up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import numpy as np

from tests.tracker.intake.registry_of import RegistryOf, a_device
from tracker.intake.directory import Directory
from tracker.intake.rates import Rates
from tracker.model.batch import FixBatch
from tracker.model.refusal import Refusal
from tracker.transports.ports import Verdicts
from tracker.transports.reception import DeviceLimits, Reception

__all__ = ["NOW", "FakeClock", "HeldIntake", "a_reception"]

NOW = 1_764_000_000_000_000
"""Microseconds since 1970 of every FakeClock."""


class FakeClock:
    """Stands still unless moved."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def now_us(self) -> int:
        return NOW

    def monotonic_s(self) -> float:
        return self.seconds


class HeldIntake:
    """Keeps what was submitted; `open` says whether submissions return, `fault` what they raise instead."""

    def __init__(self) -> None:
        self.batches: list[FixBatch] = []
        self.sightings: list[tuple[int, bool, int]] = []
        self.open = asyncio.Event()
        self.open.set()
        self.arrived = asyncio.Condition()
        self.fault: Exception | None = None
        self.judge: Callable[[FixBatch], Verdicts] = lambda batch: np.zeros(len(batch), np.int8)

    async def submit(self, batch: FixBatch) -> Verdicts:
        if self.fault is not None:
            raise self.fault
        self.batches.append(batch)
        async with self.arrived:
            self.arrived.notify_all()
        await self.open.wait()
        return self.judge(batch)

    def sighting(self, device: int, *, no_fix: bool, received_at: int) -> None:
        self.sightings.append((device, no_fix, received_at))

    async def has(self, submissions: int) -> None:
        """Wait until so many came."""
        async with asyncio.timeout(5), self.arrived:
            await self.arrived.wait_for(lambda: len(self.batches) >= submissions)

    @property
    def places(self) -> list[tuple[int, float, float]]:
        """(device key, latitude, longitude) of every fix submitted."""
        return [
            place
            for batch in self.batches
            for place in zip(batch.device.tolist(), batch.latitude.tolist(), batch.longitude.tolist(), strict=True)
        ]


def off_the_earth(batch: FixBatch) -> Verdicts:
    """A pipeline that only knows latitudes."""
    return np.where(np.abs(batch.latitude) > 90, Refusal.OUT_OF_RANGE, Refusal.NONE).astype(np.int8)


def a_reception(*, fixes_per_s: float = 1e6, burst: float = 1e6, **limits: float) -> tuple[Reception, HeldIntake]:
    """Devices: `open` (key 1, token token-1), `strict` (2, token-2 required), `app` (3, no token, OsmAnd's dialect)."""
    clock, intake = FakeClock(), HeldIntake()
    registry = RegistryOf(
        a_device(1, "open", token="token-1"),
        a_device(2, "strict", token="token-2", require_token=True),
        a_device(3, "app", dialect="osmand"),
    )
    reception = Reception(
        intake,
        Directory(registry, clock=clock.monotonic_s),
        Rates(fixes_per_s=fixes_per_s, burst=burst),
        clock,
        DeviceLimits(**limits),  # type: ignore[arg-type]  # limits by name
    )
    return reception, intake
