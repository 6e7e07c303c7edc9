"""Overland: a batch of GeoJSON features; a negative speed or course is an unknown one."""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from simulators.encoders.moments import rfc3339
from simulators.fleet.reports import Sample

__all__ = ["batch"]


def batch(device: str, samples: Sequence[Sample]) -> bytes:
    """The body of one batch, in order; the app sends 200 at most by default."""
    return orjson.dumps({"locations": [_feature(device, sample) for sample in samples]})


def _feature(device: str, sample: Sample) -> dict[str, object]:
    properties: dict[str, object] = {
        "timestamp": rfc3339(sample.time_ms),
        "altitude": sample.altitude or 0,
        "speed": -1 if sample.speed is None else sample.speed,
        "course": -1 if sample.course is None else sample.course,
        "horizontal_accuracy": -1 if sample.accuracy is None else sample.accuracy,
        "vertical_accuracy": -1,
        "motion": ["walking"],
        "battery_state": "unplugged",
        "wifi": "",
        "device_id": device,
    }
    if sample.battery is not None:
        properties["battery_level"] = sample.battery
    geometry = {"type": "Point", "coordinates": [sample.longitude, sample.latitude]}
    return {"type": "Feature", "geometry": geometry, "properties": properties}
