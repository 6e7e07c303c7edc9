"""What a request of a device may meet before its fixes reach the intake.

TransportRefusal
    TooLarge    the body or message is longer than the limit
    TooSlow     the body did not arrive in time, or broke off
    TooFast     the device sends more than its rate; retry_after_s
"""

from __future__ import annotations

__all__ = ["TooFast", "TooLarge", "TooSlow", "TransportRefusal"]


class TransportRefusal(Exception):
    """Anything below: nothing was taken."""


class TooLarge(TransportRefusal):
    """Longer than the server reads."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"longer than {limit} bytes")


class TooSlow(TransportRefusal):
    """The rest of the body never came, or cannot be unpacked."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)


class TooFast(TransportRefusal):
    """Beyond the device's rate."""

    def __init__(self, retry_after_s: float) -> None:
        super().__init__("the device sends more than its rate limit")
        self.retry_after_s = retry_after_s
