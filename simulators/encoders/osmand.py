"""The OsmAnd form as Traccar Client up to version 8 sends it: everything in the query.

id device   timestamp s since 1970   lat lon degrees   speed knots   bearing degrees   altitude accuracy m
hdop   batt percent   token the device's, when one is required
"""

from __future__ import annotations

from urllib.parse import urlencode

from simulators.encoders.nmea import KNOTS_PER_MPS
from simulators.fleet.reports import Sample

__all__ = ["app_query", "parameters", "query"]


def query(device: str, sample: Sample, token: str | None = None) -> str:
    """The query string. The time has milliseconds only where the fix has them."""
    return urlencode(parameters(device, sample, token))


def parameters(device: str, sample: Sample, token: str | None = None) -> dict[str, object]:
    """Names and values of the form, unknown ones left out."""
    seconds, rest = divmod(sample.time_ms, 1000)
    speed = None if sample.speed is None else round(sample.speed * KNOTS_PER_MPS, 3)
    fields: dict[str, object | None] = {
        "id": device,
        "timestamp": sample.time_ms if rest else seconds,
        "lat": sample.latitude,
        "lon": sample.longitude,
        "speed": speed,
        "bearing": sample.course,
        "altitude": sample.altitude,
        "accuracy": sample.accuracy,
        "hdop": sample.hdop,
        "batt": None if sample.battery is None else round(sample.battery * 100),
        "token": token,
    }
    return {name: value for name, value in fields.items() if value is not None}


def app_query(device: str, sample: Sample) -> str:
    """As the OsmAnd app itself sends it: speed in m/s, and the accuracy in metres under the name hdop."""
    fields: dict[str, object] = {
        "id": device,
        "lat": sample.latitude,
        "lon": sample.longitude,
        "timestamp": sample.time_ms,
        "hdop": sample.accuracy or 0.0,
        "altitude": sample.altitude or 0.0,
        "speed": sample.speed or 0.0,
        "bearing": sample.course or 0.0,
    }
    return urlencode(fields)
