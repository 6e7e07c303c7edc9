"""Why a log cannot be replayed."""

from __future__ import annotations

__all__ = ["BadLog"]


class BadLog(Exception):
    """The file cannot be read as a log; the message says what is wrong with it."""
