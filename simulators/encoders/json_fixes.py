"""The product's own JSON: one object a fix in SI units and degrees, RFC 3339 UTC; unknown members are left out."""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from simulators.encoders.moments import rfc3339
from simulators.fleet.reports import Sample

__all__ = ["fix_object", "fixes_body"]

_OPTIONAL = ("speed", "course", "altitude", "accuracy", "hdop", "battery")


def fix_object(sample: Sample) -> dict[str, object]:
    """The JSON object of one fix."""
    known = {name: value for name in _OPTIONAL if (value := getattr(sample, name)) is not None}
    place = {"latitude": sample.latitude, "longitude": sample.longitude}
    return {"time": rfc3339(sample.time_ms), **place, **known}


def fixes_body(samples: Sequence[Sample]) -> bytes:
    """A JSON array of fixes, in order."""
    return orjson.dumps([fix_object(sample) for sample in samples])
