"""Single values of the phone and JSON protocols: numbers, times, texts, attributes, and their units.

None of these formats states the level of its accuracy in metres (WIRE_FORMATS of OsmAnd, OwnTracks, Overland and
GPSLogger say "accuracy in metres"), so it is taken as it stands.

Numbers: finite and below LARGEST in magnitude, so that every one fits every column. Ranges of latitude, longitude,
speed and course are judged by the pipeline, which keeps a refused fix with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

import orjson

from tracker.model.batch import instant
from tracker.protocols.errors import DecodeError

__all__ = [
    "KMH",
    "KNOT",
    "LARGEST",
    "bounded_attributes",
    "direction",
    "fraction",
    "known",
    "number",
    "number_of_text",
    "one_line",
    "percent",
    "scalar",
    "time_of_epoch",
    "time_of_loose_text",
    "time_of_text",
    "word",
]

KNOT = 1852 / 3600
"""m/s."""
KMH = 1 / 3.6
"""m/s."""
LARGEST = 1e15
"""No quantity of any of these protocols comes near it, milliseconds since 1970 included."""

_ATTRIBUTES_BYTES = 4_096
_ATTRIBUTE_DEPTH = 4
_NUMBER = re.compile(r"[-+]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][-+]?\d{1,3})?", re.ASCII)
_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?", re.ASCII)
_RFC_3339 = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d{1,12}))?(?:[Zz]|([-+]\d\d:\d\d))", re.ASCII)
_LOOSE_OFFSET = re.compile(r"([-+ ])(\d\d):?(\d\d)$", re.ASCII)
_FIRST_MILLISECONDS = 2**31  # as seconds this is 2038; as milliseconds it is January 1970


def number(value: object, name: str) -> float:
    """A JSON number. Raises DecodeError for anything else, booleans, NaN and infinity included."""
    if type(value) is not float and type(value) is not int:
        raise DecodeError(f"{name} is not a number")
    if not -LARGEST < value < LARGEST:
        raise DecodeError(f"{name} is not a finite number of a sensible size")
    return float(value)


def number_of_text(text: str, name: str) -> float:
    """A decimal number, with or without exponent. Raises DecodeError."""
    if _NUMBER.fullmatch(text) is None:
        raise DecodeError(f"{name} is not a number")
    return number(float(text), name)


def known(value: float | None) -> float | None:
    """None for what these apps write when they do not know: any negative number."""
    return None if value is None or value < 0 else value


def direction(value: float | None) -> float | None:
    """Degrees of a direction: 360 is 0, negative is unknown."""
    return 0.0 if value == 360 else known(value)


def percent(value: float | None) -> float | None:
    """0 to 100 as 0 to 1; outside is unknown (-1 is how the apps say so)."""
    return None if value is None or not 0 <= value <= 100 else value / 100


def fraction(value: float | None) -> float | None:
    """0 to 1; outside is unknown."""
    return None if value is None or not 0 <= value <= 1 else value


def time_of_epoch(value: float) -> datetime:
    """Seconds or milliseconds since 1970, told apart by size: 2**31 and more are milliseconds. Raises DecodeError."""
    scale = 1e6 if abs(value) < _FIRST_MILLISECONDS else 1e3
    try:
        return instant(round(value * scale))
    except OverflowError:
        raise DecodeError("time is outside the years 1 to 9999") from None


def time_of_text(text: object) -> datetime:
    """RFC 3339 with an offset or Z; a naive time is refused. Raises DecodeError.

    Digits beyond the microsecond are cut.
    """
    match = _RFC_3339.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise DecodeError("time is not an RFC 3339 date and time with an offset, such as 2026-11-24T01:02:03Z")
    day, clock, decimals, offset = match.groups()
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}.{(decimals or '0')[:6]:0<6}{offset or '+00:00'}")
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise DecodeError("time is not a date and time that exists") from None


def time_of_loose_text(text: object) -> datetime:
    """`time_of_text` that also takes -0700 (Overland), and a plus sign which a query string made a space."""
    if not isinstance(text, str):
        return time_of_text(text)
    return time_of_text(_LOOSE_OFFSET.sub(lambda found: f"{found[1].strip() or '+'}{found[2]}:{found[3]}", text))


def one_line(value: object, name: str, *, longest: int) -> str:
    """A text of 1 to `longest` characters without control characters. Raises DecodeError."""
    if not isinstance(value, str) or not 0 < len(value) <= longest or not value.isprintable():
        raise DecodeError(f"{name} is not a text of 1 to {longest} printable characters")
    return value


def word(value: object) -> str | None:
    """What an app calls an event; None when that is no short printable text, which is no reason to lose its fix."""
    try:
        return one_line(value, "event", longest=64)
    except DecodeError:
        return None


def scalar(text: str) -> object:
    """What a parameter means: true, false, a number, else the text itself; 007 stays the text that it is."""
    if text in ("true", "false"):
        return text == "true"
    if _PLAIN_NUMBER.fullmatch(text) is None:
        return text
    return float(text) if "." in text else int(text)


def bounded_attributes(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    """What else a device said, as JSON values that every store takes, 4 KiB in all.

    In order; what does not fit, nests deeper than four or holds NUL or lone surrogates is left out, and how many were
    is in `attributes_left_out`.
    """
    kept: dict[str, object] = {}
    room, left_out = _ATTRIBUTES_BYTES, 0
    for name, value in pairs:
        packed = _packed(name, value)
        if packed is None or len(packed) > room:
            left_out += 1
            continue
        room -= len(packed)
        kept.update(orjson.loads(packed))
    if left_out:
        kept["attributes_left_out"] = left_out
    return kept


def _packed(name: str, value: object) -> bytes | None:
    """One attribute as a JSON object; None when it cannot be one."""
    if not _is_shallow(value, _ATTRIBUTE_DEPTH):
        return None
    try:
        packed = orjson.dumps({name: value})
    except TypeError:  # orjson.JSONEncodeError: lone surrogates, integers beyond 64 bits
        return None
    return None if b"\\u0000" in packed else packed


def _is_shallow(value: object, levels: int) -> bool:
    if isinstance(value, dict):
        return levels > 0 and all(_is_shallow(one, levels - 1) for one in value.values())
    if isinstance(value, list):
        return levels > 0 and all(_is_shallow(one, levels - 1) for one in value)
    return True
