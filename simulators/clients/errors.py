"""What can go wrong between a simulated handheld and the server.

LinkTrouble             the conversation ends and is tried again; its fixes stay
    LinkLost            the connection is gone
    NotTaken            the server answered that it takes nothing now; retry_after_s
"""

from __future__ import annotations

__all__ = ["LinkLost", "LinkTrouble", "NotTaken"]


class LinkTrouble(Exception):
    """A conversation with the server failed."""


class LinkLost(LinkTrouble):
    """The connection is gone."""


class NotTaken(LinkTrouble):
    """The server took nothing. retry_after_s: when it wants to be asked again; None = it did not say."""

    def __init__(self, detail: str, retry_after_s: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s
