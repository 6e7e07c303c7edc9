"""What a fleet counts."""

from __future__ import annotations

from dataclasses import asdict, dataclass

__all__ = ["Counts"]


@dataclass(slots=True)
class Counts:
    """Of all members together; a fix is one statement of one handheld, however often it goes out.

    sent: fixes that went out at least once. acknowledged, rejected: what the server said of them, each fix once; a
    protocol without answers leaves both 0. resent: sendings of fixes that had gone out before. dropped: fixes that a
    full memory lost before they were settled. errors: links that failed and answers that were no acknowledgement.
    """

    sent: int = 0
    acknowledged: int = 0
    rejected: int = 0
    errors: int = 0
    resent: int = 0
    dropped: int = 0

    def as_dict(self) -> dict[str, int]:
        """For the JSON line."""
        return asdict(self)
