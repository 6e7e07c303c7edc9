"""Overland for iOS (https://overland.p3k.app): a batch of GeoJSON features, 50 to 1,000 a request.

    {"locations": [{"type": "Feature", "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
                    "properties": {"timestamp": ISO 8601, also -0700, "altitude" m, "speed" m/s, "course" degrees true,
                                   "horizontal_accuracy" m, "battery_level" 0 to 1, "action"?, ...}}],
     "current"?, "trip"?}

Negative is unknown. Entries with an action ("visit", "paused_location_updates") may lack the geometry: they are taken
and not kept; with one, the action is the fix's event. Other properties become attributes.

The app sends a batch again until the answer is the object `{"result":"ok"}`, so a batch that can be read is taken
whatever its entries are like, and what is wrong with them is reported as refused. In its OwnTracks mode it posts
single OwnTracks locations and wants the same answer.
"""

from __future__ import annotations

from collections.abc import Mapping

from tracker.model.fix import Fix
from tracker.protocols.errors import DecodeError
from tracker.protocols.json_fixes import load_json
from tracker.protocols.owntracks import fixes_of_messages, tst_of_overland
from tracker.protocols.report import Report
from tracker.protocols.values import (
    bounded_attributes,
    direction,
    fraction,
    known,
    number,
    time_of_loose_text,
    word,
)

__all__ = ["REPLY", "decode_overland"]

REPLY = b'{"result":"ok"}'

_MOST = 2_000
_FIELDS = frozenset({"timestamp", "altitude", "speed", "course", "horizontal_accuracy", "battery_level", "action"})


def decode_overland(body: bytes, *, received_at: int) -> Report:
    """Read one request. received_at: microseconds since 1970. Raises DecodeError when it is no batch at all."""
    message, _ = load_json(body)
    if isinstance(message, dict) and "_type" in message:
        return fixes_of_messages(message, received_at=received_at, epoch=tst_of_overland)
    locations = message.get("locations") if isinstance(message, dict) else None
    if not isinstance(locations, list):
        raise DecodeError("not an Overland batch: an object with a list of locations")
    if len(locations) > _MOST:
        raise DecodeError(f"more than {_MOST} locations")
    return _report(locations)


def _report(locations: list[object]) -> Report:
    fixes: list[Fix] = []
    refused: list[str] = []
    for location in locations:
        try:
            fix = _fix_of(location)
        except DecodeError as refusal:
            refused.append(refusal.reason)
        else:
            fixes += [] if fix is None else [fix]
    return Report(tuple(fixes), refused=tuple(refused))


def _fix_of(location: object) -> Fix | None:
    """The fix of one entry; None for an action without a place."""
    if not isinstance(location, dict) or not isinstance(properties := location.get("properties"), dict):
        raise DecodeError("not a GeoJSON feature with properties")
    geometry = location.get("geometry")
    if geometry is None and "action" in properties:
        return None
    longitude, latitude = _coordinates(geometry)
    battery = _optional(properties, "battery_level")
    return Fix(
        fix_time=time_of_loose_text(properties.get("timestamp")),
        latitude=latitude,
        longitude=longitude,
        speed_over_ground=known(_optional(properties, "speed")),
        course_over_ground=direction(_optional(properties, "course")),
        altitude_msl=_optional(properties, "altitude"),
        horizontal_accuracy=known(_optional(properties, "horizontal_accuracy")) or None,
        battery=fraction(battery),
        event=word(properties.get("action")),
        attributes=bounded_attributes(_attributes(properties)),
    )


def _coordinates(geometry: object) -> tuple[float, float]:
    """Longitude and latitude of a GeoJSON point."""
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if not isinstance(coordinates, list) or len(coordinates) < 2:
        raise DecodeError("the geometry is not a GeoJSON point")
    return number(coordinates[0], "longitude"), number(coordinates[1], "latitude")


def _attributes(properties: Mapping[str, object]) -> list[tuple[str, object]]:
    return [(name, value) for name, value in properties.items() if name not in _FIELDS and value not in ("", [])]


def _optional(properties: Mapping[str, object], name: str) -> float | None:
    value = properties.get(name)
    return None if value is None else number(value, name)
