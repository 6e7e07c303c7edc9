"""GPSLogger's custom URL, with the parameters of its `%ALL`: lower-case key=value, speed in m/s."""

from __future__ import annotations

from urllib.parse import urlencode

from simulators.encoders.moments import rfc3339
from simulators.fleet.reports import Sample

__all__ = ["query"]


def query(device: str, sample: Sample, token: str | None = None) -> str:
    """The query string; empty values where the phone does not know."""
    fields: dict[str, object] = {
        "id": device,
        "lat": sample.latitude,
        "lon": sample.longitude,
        "alt": _known(sample.altitude),
        "acc": _known(sample.accuracy),
        "dir": _known(sample.course),
        "spd": _known(sample.speed),
        "hdop": _known(sample.hdop),
        "timestamp": sample.time_ms // 1000,
        "time": rfc3339(sample.time_ms),
        "batt": "" if sample.battery is None else round(sample.battery * 100),
        "ischarging": "false",
        "prov": "gps",
    }
    return urlencode(fields if token is None else fields | {"token": token})


def _known(value: float | None) -> object:
    return "" if value is None else value
