"""OpenGTS over HTTP, as GPSLogger and others speak it: GET with one NMEA RMC sentence among the parameters.

    dev, id, acct  who it is; token  the secret     gprmc  $GPRMC,...*hh (`nmea0183`; degrees may lack leading zeros)
    alt            metres                           batt   percent; 0 = unknown
    code           status, 0xF020 = in motion; kept with other parameters as attributes

A void sentence (status V) says that the device has no fix. Any 200 is success.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from tracker.model.fix import Fix
from tracker.protocols.errors import DecodeError
from tracker.protocols.nmea0183 import Sentence, read_sentence
from tracker.protocols.parameters import Pairs, claimed, read_pairs
from tracker.protocols.report import Claim, Report
from tracker.protocols.values import bounded_attributes, number_of_text, percent, scalar

__all__ = ["read_opengts"]

_NAMES = ("dev", "id", "acct")
_FIELDS = frozenset({*_NAMES, "token", "gprmc", "alt", "batt"})


@dataclass(frozen=True, slots=True)
class _Query:
    """Parameters whose device is known; see `Claim`."""

    device_id: str
    token: str | None
    pairs: Pairs

    def report(self, *, dialect: str, received_at: int) -> Report:
        """One fix, or that there is none. This format has no dialects, and the fix its own time."""
        del dialect, received_at
        values = dict(self.pairs)
        if "gprmc" not in values:
            return Report()
        sentence = read_sentence(values["gprmc"].encode())
        if sentence is None or sentence.kind != "RMC":
            raise DecodeError("gprmc is not an RMC sentence")
        return Report(no_fix=True) if sentence.void else Report((_fix(sentence, values),))


def read_opengts(query: str, content_type: str, body: bytes) -> Claim:
    """Who sends what. query: as sent, still quoted. Raises DecodeError, also when no device is named."""
    del content_type
    pairs = read_pairs(query, body)
    device_id = claimed(pairs, *_NAMES)
    if device_id is None:
        raise DecodeError("no device: dev or id is missing")
    return _Query(device_id, claimed(pairs, "token"), pairs)


def _fix(sentence: Sentence, values: Mapping[str, str]) -> Fix:
    if sentence.latitude is None or sentence.longitude is None:
        raise DecodeError("gprmc has no place")
    return Fix(
        fix_time=_time(sentence),
        latitude=sentence.latitude,
        longitude=sentence.longitude,
        speed_over_ground=sentence.speed,
        course_over_ground=sentence.course,
        altitude_msl=_number(values, "alt"),
        battery=percent(_number(values, "batt") or None),
        attributes=bounded_attributes((name, scalar(text)) for name, text in values.items() if name not in _FIELDS),
    )


def _time(sentence: Sentence) -> datetime:
    if sentence.day is None or sentence.time_of_day is None:
        raise DecodeError("gprmc has no date and time")
    return datetime.combine(sentence.day, time(), UTC) + timedelta(microseconds=sentence.time_of_day)


def _number(values: Mapping[str, str], name: str) -> float | None:
    text = values.get(name)
    return None if text is None else number_of_text(text, name)
