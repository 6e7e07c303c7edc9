"""Traccar Client, versions 9 (a JSON document) and 10 (a form); up to version 8 it is `osmand`."""

from __future__ import annotations

from urllib.parse import urlencode

import orjson

from simulators.encoders.moments import rfc3339
from simulators.encoders.osmand import parameters
from simulators.fleet.reports import Sample

__all__ = ["form_body", "json_body"]

_MOVING = 0.5  # m/s


def json_body(device: str, sample: Sample) -> bytes:
    """Version 9: SI units, -1 where the phone does not know, the battery as a share."""
    coordinates = {
        "latitude": sample.latitude,
        "longitude": sample.longitude,
        "accuracy": sample.accuracy or 0,
        "speed": -1 if sample.speed is None else sample.speed,
        "heading": -1 if sample.course is None else sample.course,
        "altitude": sample.altitude or 0,
    }
    location: dict[str, object] = {
        "timestamp": rfc3339(sample.time_ms),
        "coords": coordinates,
        "is_moving": (sample.speed or 0) > _MOVING,
        "odometer": 0,
        "event": "motionchange",
        "activity": {"type": "walking"},
        "extras": {},
    }
    if sample.battery is not None:
        location["battery"] = {"level": sample.battery, "is_charging": False}
    return orjson.dumps({"location": location, "device_id": device})


def form_body(device: str, sample: Sample, token: str | None = None, *, alarm: str | None = None) -> bytes:
    """Version 10: the names of the OsmAnd form, url-encoded in the body; alarm: "sos"."""
    fields = parameters(device, sample, token)
    return urlencode(fields | ({"alarm": alarm} if alarm else {})).encode()
