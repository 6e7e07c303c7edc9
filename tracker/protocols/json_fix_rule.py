"""Gridwarden's JSON fix, one object: the rule that decides. `json_fix_columns` is the same rule for whole columns.

    member     type                     unit, range                          unknown
    ---------  -----------------------  -----------------------------------  ------------
    time       text, required           RFC 3339 with offset or Z            -
    latitude   number, required         degrees WGS 84, north positive       -
    longitude  number, required         degrees WGS 84, east positive        -
    speed      number                   m/s over ground                      null, absent
    course     number                   degrees true; 360 is 0               null, absent
    altitude   number                   metres above mean sea level          null, absent
    accuracy   number                   metres at 95 %, >= 0                 null, absent
    hdop       number                   >= 0                                 null, absent
    battery    number                   0 to 1                               null, absent
    event      text, 1 to 64 printable  the device's own word, "sos" is one  null, absent
    others     anything                 kept as attributes, 4 KiB in all     -

Numbers are finite JSON numbers. The ranges of latitude, longitude, speed and course are the pipeline's.
"""

from __future__ import annotations

from math import inf, nan

from tracker.model.batch import Extra, microseconds
from tracker.protocols.errors import DecodeError
from tracker.protocols.values import bounded_attributes, number, one_line, time_of_text

__all__ = ["KNOWN", "LOWEST_HIGHEST", "NUMBERS", "REQUIRED", "JsonRow", "event_word", "row_of_object"]

NUMBERS = ("latitude", "longitude", "speed", "course", "altitude", "accuracy", "hdop", "battery")
"""The numeric members, in the order of FixBatch's columns."""
REQUIRED = frozenset({"time", "latitude", "longitude"})
KNOWN = frozenset({"time", "event", *NUMBERS})
LOWEST_HIGHEST = {"accuracy": (0.0, inf), "hdop": (0.0, inf), "battery": (0.0, 1.0)}
"""Closed ranges of the members that this rule judges itself."""

_LONGEST_EVENT = 64

JsonRow = tuple[int, list[float], Extra | None]
"""Microseconds since 1970; the NUMBERS, NaN where unknown; what few rows have."""


def row_of_object(value: object) -> JsonRow:
    """Read one object. Raises DecodeError with the reason for its sender."""
    if not isinstance(value, dict):
        raise DecodeError("a fix is a JSON object")
    missing = sorted(name for name in REQUIRED if value.get(name) is None)
    if missing:
        raise DecodeError(f"missing: {', '.join(missing)}")
    return microseconds(time_of_text(value["time"])), [_number(value, name) for name in NUMBERS], _extra(value)


def _number(members: dict[str, object], name: str) -> float:
    value = members.get(name)
    if value is None:
        return nan
    read = number(value, name)
    lowest, highest = LOWEST_HIGHEST.get(name, (-inf, inf))
    if not lowest <= read <= highest:
        raise DecodeError(f"{name} is out of range")
    return 0.0 if name == "course" and read == 360 else read


def _extra(members: dict[str, object]) -> Extra | None:
    event = members.get("event")
    if event is None and KNOWN.issuperset(members):
        return None
    word = None if event is None else event_word(event)
    return Extra(word, bounded_attributes((name, one) for name, one in members.items() if name not in KNOWN))


def event_word(value: object) -> str:
    """The device's word for what happened. Raises DecodeError."""
    return one_line(value, "event", longest=_LONGEST_EVENT)
