"""What every decoder may raise.

DecodeError
    bytes that cannot be read; `reason` is for the peer and the metrics, `frame` the bytes in question.
"""

from __future__ import annotations

__all__ = ["DecodeError"]


class DecodeError(ValueError):
    """These bytes are not what the protocol allows. No other error may leave a decoder."""

    def __init__(self, reason: str, frame: bytes = b"") -> None:
        super().__init__(reason)
        self.reason = reason
        self.frame = frame
