"""Fixes in CSV, as `gridwarden export positions --format csv` writes them.

time        ISO 8601, or seconds or ms since 1970     latitude, longitude   degrees WGS 84
speed m/s   course degrees true   altitude m   accuracy m   hdop   battery 0 to 1      may be absent or empty
"""

from __future__ import annotations

import csv
import io

from simulators.fleet.reports import Sample
from simulators.logs.errors import BadLog
from simulators.logs.values import finite, milliseconds, number

__all__ = ["read_csv"]

_REQUIRED = ("time", "latitude", "longitude")


def read_csv(document: bytes) -> list[Sample]:
    """Every row, in order. Raises BadLog naming the line."""
    try:
        rows = csv.DictReader(io.StringIO(document.decode("utf-8-sig"), newline=""))
        missing = [name for name in _REQUIRED if name not in (rows.fieldnames or ())]
        if missing:
            raise BadLog(f"no column {', '.join(missing)}")
        samples = [_sample(row, rows.line_num) for row in rows]
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadLog(str(error)) from error
    if not samples:
        raise BadLog("no fix")
    return samples


def _sample(row: dict[str, str], line: int) -> Sample:
    try:
        return Sample(
            time_ms=milliseconds(row["time"] or ""),
            latitude=finite("latitude", row["latitude"] or ""),
            longitude=finite("longitude", row["longitude"] or ""),
            speed=number("speed", row.get("speed")),
            course=number("course", row.get("course")),
            altitude=number("altitude", row.get("altitude")),
            accuracy=number("accuracy", row.get("accuracy")),
            hdop=number("hdop", row.get("hdop")),
            battery=number("battery", row.get("battery")),
        )
    except BadLog as error:
        raise BadLog(f"line {line}: {error}") from error
