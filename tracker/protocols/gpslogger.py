"""GPSLogger's custom URL (https://gpslogger.app): its own parameter names, in the query or a form body.

    lat, lon   degrees WGS 84          time, timeoffset  ISO 8601 (`%TIME`, `%TIMEOFFSET`)
    alt        metres                  timestamp, epoch  seconds or ms since 1970
    acc        metres, 0 = unknown     batt, battery     percent
    dir        degrees true            ischarging, sat, prov, desc, act, ...: attributes
    spd        m/s                     spd_kph           km/h, where spd is not there
    hdop       -, 0 = unknown          id, dev, deviceid, device_id, aid, ser  who it is; token  the secret

`%ALL` writes the parameters of the user's log under these names. The user writes the template, so common spellings
are taken too. GPSLogger writes 0.0 for what the phone did not say: an accuracy, dilution or battery of 0 is unknown,
and so is a direction of 0 at speed 0. Without a time of its own the fix has the time of arrival. Any 2xx is success.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tracker.model.batch import instant
from tracker.model.fix import Fix
from tracker.protocols.errors import DecodeError
from tracker.protocols.parameters import Pairs, claimed, read_pairs
from tracker.protocols.report import Claim, Report
from tracker.protocols.values import (
    KMH,
    bounded_attributes,
    direction,
    known,
    number_of_text,
    percent,
    scalar,
    time_of_epoch,
    time_of_loose_text,
)

__all__ = ["read_gpslogger"]

_NAMES = ("id", "dev", "deviceid", "device_id", "aid", "androidid", "ser", "serial")
_ISO = ("time", "timeoffset", "timeoff")
_EPOCH = ("timestamp", "epoch", "ts")
_FIELDS = frozenset(
    {*_NAMES, *_ISO, *_EPOCH, "token", "lat", "lon", "alt", "acc", "dir", "spd", "spd_kph", "hdop", "batt", "battery"}
)


@dataclass(frozen=True, slots=True)
class _Query:
    """Parameters whose device is known; see `Claim`."""

    device_id: str
    token: str | None
    pairs: Pairs

    def report(self, *, dialect: str, received_at: int) -> Report:
        """One fix, or a heartbeat where neither lat nor lon came. This format has no dialects."""
        del dialect
        values = dict(self.pairs)
        if "lat" not in values and "lon" not in values:
            return Report()
        return Report((_fix(values, received_at),))


def read_gpslogger(query: str, content_type: str, body: bytes) -> Claim:
    """Who sends what. query: as sent, still quoted. Raises DecodeError, also when no device is named."""
    del content_type  # a form, whatever the template's header says
    pairs = [(name.lower(), value) for name, value in read_pairs(query, body)]
    device_id = claimed(pairs, *_NAMES)
    if device_id is None:
        raise DecodeError("no device: add id= to the URL")
    return _Query(device_id, claimed(pairs, "token"), pairs)


def _fix(values: Mapping[str, str], received_at: int) -> Fix:
    if "lat" not in values or "lon" not in values:
        raise DecodeError("lat without lon, or lon without lat")
    speed = _speed(values)
    course = direction(_number(values, "dir"))
    return Fix(
        fix_time=_time(values, received_at),
        latitude=number_of_text(values["lat"], "lat"),
        longitude=number_of_text(values["lon"], "lon"),
        speed_over_ground=speed,
        course_over_ground=course if course or speed else None,
        altitude_msl=_number(values, "alt"),
        horizontal_accuracy=known(_number(values, "acc")) or None,
        hdop=known(_number(values, "hdop")) or None,
        battery=percent(_number(values, "batt" if "batt" in values else "battery")) or None,
        attributes=bounded_attributes((name, scalar(text)) for name, text in values.items() if name not in _FIELDS),
    )


def _speed(values: Mapping[str, str]) -> float | None:
    if "spd" in values:
        return known(_number(values, "spd"))
    kilometres_an_hour = known(_number(values, "spd_kph"))
    return None if kilometres_an_hour is None else kilometres_an_hour * KMH


def _time(values: Mapping[str, str], received_at: int) -> datetime:
    for name in _ISO:
        if name in values:
            return time_of_loose_text(values[name])
    for name in _EPOCH:
        if name in values:
            text = values[name]  # Overland's templates write ISO 8601 there
            return time_of_loose_text(text) if "T" in text else time_of_epoch(number_of_text(text, name))
    return instant(received_at)


def _number(values: Mapping[str, str], name: str) -> float | None:
    text = values.get(name)
    return None if text is None else number_of_text(text, name)
