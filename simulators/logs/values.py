"""Texts of logs as values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import isfinite

from simulators.logs.errors import BadLog

__all__ = ["finite", "milliseconds", "number"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECONDS_END = 1e11  # larger numbers are milliseconds: as seconds they would lie after the year 5000


def finite(name: str, text: str) -> float:
    """A number. Raises BadLog."""
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        raise BadLog(f"{name}: {text!r} is not a number")
    return value


def number(name: str, text: str | None) -> float | None:
    """A number, None for an empty text. Raises BadLog."""
    return finite(name, text) if text is not None and text.strip() else None


def milliseconds(text: str) -> int:
    """ISO 8601 (UTC where it names no zone), or seconds or ms since 1970, as ms since 1970. Raises BadLog."""
    text = text.strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        epoch = finite("time", text)
        return round(epoch if epoch >= _SECONDS_END else epoch * 1000)
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return (aware - _EPOCH) // timedelta(milliseconds=1)
