"""Lines out of a byte stream."""

from __future__ import annotations

__all__ = ["LineFramer"]


class LineFramer:
    """Cut a byte stream into lines; keep what is not finished yet, at most `limit` bytes of it.

    CR, LF and CRLF end a line; empty lines are left out. A line longer than `limit` is dropped to its end and counted
    in `too_long`; the stream goes on with the next line.
    """

    __slots__ = ("_held", "_limit", "_skipping", "too_long")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held = b""
        self._skipping = False
        self.too_long = 0

    @property
    def holds_part(self) -> bool:
        """Whether a line has begun and not ended."""
        return self._skipping or bool(self._held)

    def feed(self, chunk: bytes) -> list[bytes]:
        """The lines that `chunk` completes, without their ends."""
        *ended, rest = (self._held + chunk).replace(b"\r", b"\n").split(b"\n")
        if self._skipping and ended:
            ended[0], self._skipping = b"", False
        lines = [line for line in ended if self._fits(line)]
        if self._skipping or not self._fits(rest):
            self._held, self._skipping = b"", self._skipping or bool(rest)
        else:
            self._held = rest
        return [line for line in lines if line]

    def flush(self) -> list[bytes]:
        """What was begun, as the stream's last line."""
        held, self._held, self._skipping = self._held, b"", False
        return [held] if held else []

    def _fits(self, line: bytes) -> bool:
        if len(line) <= self._limit:
            return True
        self.too_long += 1
        return False
