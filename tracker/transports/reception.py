"""The desk that every acknowledged device transport shares: rate limit, submission, sightings, counts."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from registry.devices.model import Device
from tracker.model.batch import FixBatch
from tracker.model.refusal import Refusal
from tracker.protocols.json_fixes import DecodedFixes
from tracker.protocols.report import Report
from tracker.transports.downlink import Downlink
from tracker.transports.errors import TooFast
from tracker.transports.ports import AcknowledgedIntake, Clock, Identities, RateLimits

__all__ = ["DeviceLimits", "Reception", "decoded"]

_LARGE = 65_536  # bytes; decoding them takes some milliseconds

T = TypeVar("T")


async def decoded(message: bytes | str, decode: Callable[[], T]) -> T:
    """What `decode` makes of a message of that size; a large one in a thread, so that the event loop goes on."""
    return decode() if len(message) < _LARGE else await asyncio.to_thread(decode)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceLimits:
    """Bounds of what a device may send.

    body_bytes: of a request's body, unpacked, and of a websocket message. body_timeout_s: for a body to arrive.
    messages_in_flight: of one websocket, taken and not yet acknowledged; beyond it reading waits.
    idle_timeout_s: of a websocket without any message. sign_in_timeout_s: for its first one.
    """

    body_bytes: int = 1 << 20
    body_timeout_s: float = 30.0
    messages_in_flight: int = 32
    idle_timeout_s: float = 300.0
    sign_in_timeout_s: float = 10.0


@dataclass(frozen=True, slots=True)
class Reception:
    """The rooms behind the transports.

    downlink: what flows towards websockets, None: nothing. refused: how many requests and fixes, by (protocol, what was
    wrong).
    """

    intake: AcknowledgedIntake
    directory: Identities
    rates: RateLimits
    clock: Clock
    limits: DeviceLimits
    downlink: Downlink | None = None
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)

    async def take_decoded(
        self, protocol: str, device: Device, fixes: DecodedFixes, *, received_at: int
    ) -> dict[str, object]:
        """Take a message of JSON fixes: `accepted` (a number) and `rejected` ({index, reason}, by index).

        received_at: microseconds since 1970. Raises TooFast and IntakeError.
        """
        rejected = list(fixes.rejected)
        sent = len(fixes.batch) + len(rejected)
        self.admit(device, sent)
        if rejected:
            self.refused[protocol, "Bad fix"] += len(rejected)
        if len(fixes.batch):
            codes = (await self.intake.submit(fixes.batch)).tolist()
            rejected += [(fixes.rows[row], Refusal(code).word) for row, code in enumerate(codes) if code]
            rejected.sort()
        else:
            self.intake.sighting(device.key, no_fix=False, received_at=received_at)
        reasons = [{"index": index, "reason": reason} for index, reason in rejected]
        return {"accepted": sent - len(rejected), "rejected": reasons}

    async def take_report(self, protocol: str, device: Device, report: Report, *, received_at: int) -> None:
        """Take what a phone app said; what the pipeline refuses is on its record and no reason to send again.

        received_at: microseconds since 1970. Raises TooFast and IntakeError.
        """
        self.admit(device, len(report.fixes) + len(report.refused))
        if report.refused:
            self.refused[protocol, "Bad fix"] += len(report.refused)
        if not report.fixes:
            self.intake.sighting(device.key, no_fix=report.no_fix, received_at=received_at)
            return
        await self.intake.submit(FixBatch.from_fixes(device.key, report.fixes, received_at=received_at))

    def admit(self, device: Device, fixes: int) -> None:
        """Count what a device sent, unreadable fixes included, and a message without any as one. Raises TooFast."""
        wait_s = self.rates.admit(device.key, max(1, fixes), self.clock.monotonic_s())
        if wait_s > 0:
            raise TooFast(wait_s)
