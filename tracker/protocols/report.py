"""What one request of a phone app said, once its device is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from tracker.model.fix import Fix

__all__ = ["Claim", "Report"]


@dataclass(frozen=True, slots=True)
class Report:
    """The fixes of one request, in the order sent.

    no_fix: the device is alive and says that it does not know where it is. Without fixes and without no_fix it is a
    heartbeat. refused: reasons of what could not be used and would be no better when sent again; a request that is not
    of its protocol at all raises DecodeError instead.
    """

    fixes: tuple[Fix, ...] = ()
    no_fix: bool = False
    refused: tuple[str, ...] = ()


class Claim(Protocol):
    """A request read so far that one knows who claims to speak.

    device_id: what it calls itself. token: None when it sent none.
    """

    @property
    def device_id(self) -> str:
        """What the device calls itself."""
        ...

    @property
    def token(self) -> str | None:
        """The secret it sent."""
        ...

    def report(self, *, dialect: str, received_at: int) -> Report:
        """Decode the rest as this device speaks. received_at: microseconds since 1970. Raises DecodeError."""
        ...
