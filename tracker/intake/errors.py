"""What a device's fixes may meet between the socket and the store.

IntakeError
    UnknownDevice       not in the registry, or retired; recorded for adoption
    WrongToken          the token is missing or not the device's
    Overloaded          too much is waiting already; retry_after_s
    StoreUnavailable    neither the database nor the spool takes it now; retry_after_s
"""

from __future__ import annotations

__all__ = ["IntakeError", "Overloaded", "StoreUnavailable", "UnknownDevice", "WrongToken"]


class IntakeError(Exception):
    """Anything below: the fixes were not taken, and nothing was acknowledged."""


class UnknownDevice(IntakeError):
    """Nobody registered this device; an administrator finds it in the list of unknown devices."""

    def __init__(self, device_id: str) -> None:
        super().__init__(f"device {device_id!r} is not registered: adopt it, or add it with 'gridwarden device add'")
        self.device_id = device_id


class WrongToken(IntakeError):
    """The token that came is not this device's, or none came where one is required."""

    def __init__(self, reason: str = "wrong or missing device token") -> None:
        super().__init__(reason)


class Overloaded(IntakeError):
    """More is waiting for the store than the server keeps."""

    def __init__(self, retry_after_s: float = 1.0) -> None:
        super().__init__("too many fixes are waiting to be stored: send again later")
        self.retry_after_s = retry_after_s


class StoreUnavailable(IntakeError):
    """The database is away and the spool is full or cannot be written."""

    def __init__(
        self, reason: str = "fixes cannot be stored now: send again later", retry_after_s: float = 5.0
    ) -> None:
        super().__init__(reason)
        self.retry_after_s = retry_after_s
