"""Tracks: positions in fix-time order as one structured array, and the JSON that they become."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

__all__ = [
    "NO_TRACK",
    "TRACK_ROW",
    "Track",
    "columns_from_arrays",
    "track_from_arrays",
    "track_to_columns",
    "track_to_geojson",
]

TRACK_ROW = np.dtype(
    [
        ("fix_time", "<i8"),  # microseconds since 1970 UTC
        ("latitude", "<f8"),  # degrees
        ("longitude", "<f8"),
        ("speed", "<f4"),  # m/s; NaN unknown, so with the rest
        ("course", "<f4"),  # degrees true
        ("altitude", "<f4"),  # metres above mean sea level
        ("accuracy", "<f4"),  # metres at 95 %
        ("battery", "<f4"),  # 0 to 1
        ("distance", "<f4"),  # metres from the position before, when it was stored
    ]
)

Track = npt.NDArray[np.void]
"""Array of TRACK_ROW, shape (n,), in fix-time order."""

NO_TRACK: Track = np.empty(0, TRACK_ROW)

_ARRAY_HEADER = 20  # bytes: dimensions, flags, element type, length, lower bound; int32 each
_US_FROM_1970_TO_2000 = 946_684_800_000_000
_OPTIONS = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NAIVE_UTC | orjson.OPT_UTC_Z


def track_from_arrays(arrays: Sequence[bytes], n: int) -> Track:
    """A track from PostgreSQL's binary arrays."""
    return columns_from_arrays(arrays, n, TRACK_ROW)


def columns_from_arrays(arrays: Sequence[bytes], n: int, row: np.dtype[np.void]) -> npt.NDArray[np.void]:
    """Read PostgreSQL's binary arrays of n elements without NULLs, one a field of `row`, in its order.

    Element: int32 length, value, big-endian; `fix_time` in microseconds since 2000.
    """
    columns = np.empty(n, row)
    for name, data in zip(row.names or (), arrays, strict=True):
        element = row[name].newbyteorder(">")
        values = np.frombuffer(data, np.dtype([("length", ">i4"), ("value", element)]), n, _ARRAY_HEADER)["value"]
        columns[name] = values + _US_FROM_1970_TO_2000 if name == "fix_time" else values
    return columns


def track_to_columns(track: Track, head: dict[str, Any]) -> bytes:
    """A JSON object: `head`, then `count` and an array a column; unknown numbers are null, times RFC 3339."""
    columns: dict[str, Any] = {name: np.ascontiguousarray(track[name]) for name in TRACK_ROW.names or ()}
    columns["time"] = _times(track)
    del columns["fix_time"]
    return orjson.dumps(head | {"count": len(track)} | columns, option=_OPTIONS)


def track_to_geojson(track: Track, head: dict[str, Any]) -> bytes:
    """A GeoJSON feature: a LineString (a Point or nothing for a shorter track), with the times as properties."""
    places = np.column_stack([track["longitude"], track["latitude"]])
    geometry: dict[str, Any] | None = {"type": "LineString", "coordinates": places}
    if len(track) < 2:
        geometry = {"type": "Point", "coordinates": places[0]} if len(track) else None
    properties = head | {"count": len(track), "time": _times(track), "speed": np.ascontiguousarray(track["speed"])}
    return orjson.dumps({"type": "Feature", "geometry": geometry, "properties": properties}, option=_OPTIONS)


def _times(track: Track) -> npt.NDArray[np.datetime64]:
    return np.ascontiguousarray(track["fix_time"]).view("datetime64[us]")
