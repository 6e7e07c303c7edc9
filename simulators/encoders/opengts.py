"""OpenGTS over GET: an RMC sentence in the query, as GPSLogger's OpenGTS mode sends it.

The app does not zero-pad degrees: 0.195 degrees west are `011.71463,W`, split two digits before the point. It writes 0
for what the phone does not know.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import reduce
from operator import xor
from urllib.parse import urlencode

from simulators.encoders.nmea import KNOTS_PER_MPS
from simulators.fleet.reports import Sample

__all__ = ["gprmc", "query"]

_LOCATION_CODE = "0xF020"


def query(device: str, sample: Sample) -> str:
    """The query string; id and dev both name the device."""
    fields: dict[str, object] = {
        "id": device,
        "dev": device,
        "acct": device,
        "batt": round((sample.battery or 0) * 100),
        "code": _LOCATION_CODE,
        "alt": sample.altitude or 0.0,
        "gprmc": gprmc(sample),
    }
    return urlencode(fields, safe="$,*")


def gprmc(sample: Sample) -> str:
    """The app's sentence: whole seconds, speed and course with six places, neither variation nor mode."""
    moment = datetime.fromtimestamp(sample.time_ms // 1000, UTC)
    body = (
        f"GPRMC,{moment:%H%M%S},A,{_degrees(sample.latitude)},{'NS'[sample.latitude < 0]},"
        f"{_degrees(sample.longitude)},{'EW'[sample.longitude < 0]},"
        f"{(sample.speed or 0) * KNOTS_PER_MPS:.6f},{sample.course or 0:.6f},{moment:%d%m%y},,"
    )
    return f"${body}*{reduce(xor, body.encode(), 0):02X}"


def _degrees(value: float) -> str:
    degrees, parts = divmod(round(abs(value) * 6_000_000), 6_000_000)
    return f"{degrees}{parts / 100_000:08.5f}"
