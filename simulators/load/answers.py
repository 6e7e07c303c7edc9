"""Just enough of HTTP/1.1 to read a server's answers fast."""

from __future__ import annotations

__all__ = ["BadAnswer", "read_answer"]

_LONGEST_HEAD = 16_384


class BadAnswer(Exception):
    """Not an answer that this reader knows: a status line, headers with a Content-Length, a body."""


def read_answer(held: bytearray) -> tuple[int, bytes] | None:
    """Take the first whole answer out of `held`: status and body; None when it is not there yet. Raises BadAnswer."""
    end = held.find(b"\r\n\r\n")
    if end < 0:
        if len(held) > _LONGEST_HEAD:
            raise BadAnswer("no end of the headers")
        return None
    head = bytes(held[:end]).lower()
    length = _content_length(head)
    if len(held) < end + 4 + length:
        return None
    body = bytes(held[end + 4 : end + 4 + length])
    del held[: end + 4 + length]
    if not head.startswith(b"http/1.1 ") or not head[9:12].isdigit():
        raise BadAnswer(head[:80].decode("latin-1"))
    return int(head[9:12]), body


def _content_length(head: bytes) -> int:
    at = head.find(b"\r\ncontent-length:")
    if at < 0:
        raise BadAnswer("no Content-Length")
    text = head[at + 17 :].partition(b"\r\n")[0].strip()
    if not text.isdigit():
        raise BadAnswer("Content-Length is not a number")
    return int(text)
