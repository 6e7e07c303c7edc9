"""OwnTracks in HTTP mode: a `location` object; speed in km/h, battery in percent, whole seconds."""

from __future__ import annotations

from base64 import b64encode

import orjson

from simulators.fleet.reports import Sample

__all__ = ["basic_authorization", "location"]

KMH_PER_MPS = 3.6


def location(device: str, sample: Sample) -> bytes:
    """The body. Its time is cut to whole seconds: the app knows no finer."""
    message: dict[str, object] = {
        "_type": "location",
        "tid": device[-2:],
        "lat": sample.latitude,
        "lon": sample.longitude,
        "tst": sample.time_ms // 1000,
        "vel": -1 if sample.speed is None else round(sample.speed * KMH_PER_MPS),
        "cog": -1 if sample.course is None else round(sample.course) % 360,
        "conn": "m",
        "t": "p",
    }
    whole = {"acc": sample.accuracy, "alt": sample.altitude}
    message |= {name: round(value) for name, value in whole.items() if value is not None}
    if sample.battery is not None:
        message |= {"batt": round(sample.battery * 100), "bs": 1}
    return orjson.dumps(message)


def basic_authorization(user: str, password: str) -> str:
    """The value of the Authorization header."""
    return "Basic " + b64encode(f"{user}:{password}".encode()).decode()
