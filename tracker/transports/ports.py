"""What the device transports need of the rooms behind them."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from registry.devices.model import Device
from tracker.model.batch import FixBatch

__all__ = ["AcknowledgedIntake", "Clock", "Identities", "RateLimits", "Verdicts"]

Verdicts = npt.NDArray[np.int8]
"""A Refusal code a row."""


class AcknowledgedIntake(Protocol):
    """Where fixes go whose sender waits for an answer."""

    async def submit(self, batch: FixBatch) -> Verdicts:
        """Return when every accepted row is durable. Raises Overloaded, StoreUnavailable."""
        ...

    def sighting(self, device: int, *, no_fix: bool, received_at: int) -> None:
        """The device of that key is alive but sent no fix; no_fix: it says that it has none.

        received_at: microseconds since 1970.
        """
        ...


class Identities(Protocol):
    """Who may speak."""

    async def identify(self, device_id: str, token: str | None, *, protocol: str, address: str) -> Device:
        """The device that calls itself so. Raises UnknownDevice, WrongToken."""
        ...

    async def identify_token(self, token: str) -> Device:
        """The device whose token this is. Raises WrongToken."""
        ...


class RateLimits(Protocol):
    """How fast a device may send."""

    def admit(self, device: int, fixes: int, now_s: float) -> float:
        """0.0 when admitted, else the seconds to wait. now_s: a monotonic clock's reading."""
        ...


class Clock(Protocol):
    """Both clocks of the process; the module `gridwarden.compose.clock` is one."""

    def now_us(self) -> int:
        """Microseconds since 1970 UTC."""
        ...

    def monotonic_s(self) -> float:
        """Seconds of a clock that never goes back."""
        ...
