"""`name=value` pairs of a query string and of a form body (application/x-www-form-urlencoded).

Written by hand because it stands in the way of every OsmAnd fix and the standard library's reader costs more than
twice as much; percent signs are rare, so most values are slices.
"""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

from tracker.protocols.errors import DecodeError
from tracker.protocols.values import one_line

__all__ = ["Pairs", "claimed", "read_pairs"]

Pairs = list[tuple[str, str]]

_MOST = 200
_LONGEST_CLAIM = 128


def read_pairs(query: str, body: bytes = b"") -> Pairs:
    """The pairs of the query, then of the body, in order, repeated names kept, blank values left out.

    query: as sent, still quoted. Text that is not UTF-8 gets replacement characters. Raises DecodeError beyond 200.
    """
    text = query if not body else f"{query}&{body.decode('utf-8', 'replace').strip()}"
    parts = text.split("&")
    if len(parts) > _MOST:
        raise DecodeError(f"more than {_MOST} parameters")
    pairs = (part.partition("=") for part in parts)
    return [(_unquoted(name), _unquoted(value)) for name, _, value in pairs if value]


def claimed(pairs: Pairs, *names: str) -> str | None:
    """The identity or secret under the first of these names that is there. Raises DecodeError when it cannot be one."""
    for name in names:
        for key, value in pairs:
            if key == name:
                return one_line(value, name, longest=_LONGEST_CLAIM)
    return None


def _unquoted(text: str) -> str:
    if "%" not in text and "+" not in text and text.isascii():
        return text
    raw = text.replace("+", " ").encode("utf-8", "replace")
    return unquote_to_bytes(raw).decode("utf-8", "replace")
