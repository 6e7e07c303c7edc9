"""Traccar Client 9: one location of its background library as JSON, posted to the OsmAnd port.

    {"location": {"timestamp": RFC 3339,
                  "coords": {"latitude", "longitude", "accuracy" m, "speed" m/s, "heading" degrees, "altitude" m},
                  "is_moving", "odometer" m, "event", "battery": {"level" 0 to 1, "is_charging"},
                  "activity": {"type"}, "mock", "alarm", "extras": {...}, "_": template},
     "device_id": "..."}

-1 is unknown. `coords` may be absent: the phone does not know where it is. Its server answers 404 for a device it
does not know, 200 otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from tracker.model.batch import instant
from tracker.model.fix import Fix
from tracker.protocols.errors import DecodeError
from tracker.protocols.json_fixes import load_json
from tracker.protocols.report import Report
from tracker.protocols.values import (
    bounded_attributes,
    direction,
    fraction,
    known,
    number,
    one_line,
    time_of_text,
    word,
)

__all__ = ["TraccarLocation", "read_json"]

_HEARTBEAT = "heartbeat"
_AS_THEY_ARE = ("is_moving", "odometer", "mock")


@dataclass(frozen=True, slots=True)
class TraccarLocation:
    """One message whose device is known; see `Claim`."""

    device_id: str
    token: str | None
    location: Mapping[str, object]

    def report(self, *, dialect: str, received_at: int) -> Report:
        """One fix, or a heartbeat. This format has no dialects."""
        del dialect
        coords = self.location.get("coords")
        if coords is None:
            return Report(no_fix=self.location.get("event") != _HEARTBEAT)
        return Report((_fix(self.location, _object(coords, "coords"), received_at),))


def read_json(body: bytes, *, device_id: str | None, token: str | None) -> TraccarLocation:
    """Read one message; device_id, token: what the query said. Raises DecodeError, also when no device is named."""
    message = _object(load_json(body)[0], "the body")
    named = message.get("device_id", device_id)
    if type(named) is not str and type(named) is not int:
        raise DecodeError("no device: device_id is missing")
    location = _object(message.get("location"), "location")
    return TraccarLocation(one_line(str(named), "device_id", longest=128), token, location)


def _fix(location: Mapping[str, object], coords: Mapping[str, object], received_at: int) -> Fix:
    battery = location.get("battery")
    level = battery.get("level") if isinstance(battery, dict) else None
    return Fix(
        fix_time=_time(location.get("timestamp"), received_at),
        latitude=number(coords.get("latitude"), "latitude"),
        longitude=number(coords.get("longitude"), "longitude"),
        speed_over_ground=known(_optional(coords, "speed")),
        course_over_ground=direction(_optional(coords, "heading")),
        altitude_msl=_optional(coords, "altitude"),
        horizontal_accuracy=known(_optional(coords, "accuracy")) or None,
        battery=None if level is None else fraction(number(level, "battery level")),
        event=word(location.get("alarm")) or word(location.get("event")),
        attributes=bounded_attributes(_attributes(location)),
    )


def _time(value: object, received_at: int) -> datetime:
    return instant(received_at) if value is None else time_of_text(value)


def _attributes(location: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    battery, activity, extras = location.get("battery"), location.get("activity"), location.get("extras")
    for name in _AS_THEY_ARE:
        if location.get(name) is not None:
            yield name, location[name]
    if isinstance(battery, dict) and "is_charging" in battery:
        yield "charging", battery["is_charging"]
    if isinstance(activity, dict) and "type" in activity:
        yield "activity", activity["type"]
    if isinstance(extras, dict):
        yield from extras.items()


def _optional(members: Mapping[str, object], name: str) -> float | None:
    value = members.get(name)
    return None if value is None else number(value, name)


def _object(value: object, name: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise DecodeError(f"{name} is not a JSON object")
    return value
