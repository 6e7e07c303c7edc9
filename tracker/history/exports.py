"""Fixes and tracks as files: JSON lines, CSV, GPX 1.1, KML 2.2. Each writer streams; times are RFC 3339 UTC.

JSON lines are the objects of POST /api/v1/fixes, so that an export can be sent again as it is.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from xml.sax.saxutils import escape

import numpy as np
import orjson

from tracker.history.tracks import Track
from tracker.model.batch import instant
from tracker.model.fix import Fix

__all__ = ["fixes_as_csv", "fixes_as_gpx", "fixes_as_jsonl", "fixes_of_track", "track_as_kml"]

_COLUMNS = (
    "time", "latitude", "longitude", "speed", "course", "altitude", "accuracy", "hdop", "battery", "event",
)  # fmt: skip
_CHUNK = 1_000
_NOT_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_GPX_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gpx version="1.1" creator="Gridwarden" xmlns="http://www.topografix.com/GPX/1/1"'
    ' xmlns:gridwarden="https://gridwarden.example/gpx/1">\n<trk><name>{}</name><trkseg>\n'
)
_GPX_TAIL = "</trkseg></trk>\n</gpx>\n"
_KML_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2">\n'
    "<Document><name>{0}</name><Placemark><name>{0}</name><gx:Track>\n"
)
_KML_TAIL = "</gx:Track></Placemark></Document>\n</kml>\n"


async def fixes_as_jsonl(fixes: AsyncIterator[Fix]) -> AsyncIterator[bytes]:
    """One object a line; unknown fields are left out."""
    async for fix in fixes:
        yield orjson.dumps(_wire_object(fix), option=orjson.OPT_APPEND_NEWLINE)


async def fixes_as_csv(fixes: AsyncIterator[Fix]) -> AsyncIterator[bytes]:
    """A header and a line a fix; unknown fields are empty. Attributes are left out."""
    async for text in _chunked(_csv_lines, ",".join(_COLUMNS) + "\r\n", fixes, ""):
        yield text


async def fixes_as_gpx(fixes: AsyncIterator[Fix], name: str) -> AsyncIterator[bytes]:
    """One track of one segment."""
    async for text in _chunked(_gpx_points, _GPX_HEAD.format(_xml_text(name)), fixes, _GPX_TAIL):
        yield text


def track_as_kml(track: Track, name: str) -> Iterator[bytes]:
    """A gx:Track: all times, then all places."""
    yield _KML_HEAD.format(_xml_text(name)).encode()
    for first in range(0, len(track), _CHUNK):
        part = track["fix_time"][first : first + _CHUNK].tolist()
        yield "".join(f"<when>{_rfc3339(instant(us))}</when>\n" for us in part).encode()
    for first in range(0, len(track), _CHUNK):
        places = track[["longitude", "latitude"]][first : first + _CHUNK].tolist()
        yield "".join(f"<gx:coord>{longitude!r} {latitude!r} 0</gx:coord>\n" for longitude, latitude in places).encode()
    yield _KML_TAIL.encode()


async def fixes_of_track(track: Track) -> AsyncIterator[Fix]:
    """The positions of a track one by one."""
    for row in track:
        yield Fix(
            fix_time=instant(int(row["fix_time"])),
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            speed_over_ground=_known(row["speed"]),
            course_over_ground=_known(row["course"]),
            altitude_msl=_known(row["altitude"]),
            horizontal_accuracy=_known(row["accuracy"]),
            battery=_known(row["battery"]),
        )


def _wire_object(fix: Fix) -> dict[str, object]:
    """The names of the JSON that devices send; attributes stand among them and never hide a field."""
    named = {
        "time": _rfc3339(fix.fix_time),
        "latitude": fix.latitude,
        "longitude": fix.longitude,
        "speed": fix.speed_over_ground,
        "course": fix.course_over_ground,
        "altitude": fix.altitude_msl,
        "accuracy": fix.horizontal_accuracy,
        "hdop": fix.hdop,
        "battery": fix.battery,
        "event": fix.event,
    }
    return dict(fix.attributes) | {name: value for name, value in named.items() if value is not None}


def _csv_lines(fixes: list[Fix]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    for fix in fixes:
        named = _wire_object(fix)
        writer.writerow([_harmless(named.get(column, "")) for column in _COLUMNS])
    return text.getvalue()


def _harmless(value: object) -> object:
    """Text from devices that a spreadsheet would run as a formula is quoted."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t")) else value


def _gpx_points(fixes: list[Fix]) -> str:
    return "".join(map(_gpx_point, fixes))


def _gpx_point(fix: Fix) -> str:
    """The schema wants ele, time, hdop and extensions in this order."""
    parts = [f'<trkpt lat="{fix.latitude!r}" lon="{fix.longitude!r}">']
    if fix.altitude_msl is not None:
        parts.append(f"<ele>{fix.altitude_msl!r}</ele>")
    parts.append(f"<time>{_rfc3339(fix.fix_time)}</time>")
    if fix.hdop is not None:
        parts.append(f"<hdop>{fix.hdop!r}</hdop>")
    extensions = {"speed": fix.speed_over_ground, "course": fix.course_over_ground, "battery": fix.battery}
    known = [
        f"<gridwarden:{name}>{value!r}</gridwarden:{name}>" for name, value in extensions.items() if value is not None
    ]
    if known:
        parts.append(f"<extensions>{''.join(known)}</extensions>")
    return "".join(parts) + "</trkpt>\n"


def _xml_text(text: str) -> str:
    """Escaped, without the characters that XML 1.0 cannot hold."""
    return escape(_NOT_XML.sub("", text))


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _known(value: np.float32) -> float | None:
    """The shortest decimal that is this float32, as a Python float; NaN is unknown."""
    return None if np.isnan(value) else float(str(value))


async def _chunked(
    write: Callable[[list[Fix]], str], head: str, fixes: AsyncIterator[Fix], tail: str
) -> AsyncIterator[bytes]:
    """The head, then what `write` makes of some fixes at a time, then the tail."""
    yield head.encode()
    held: list[Fix] = []
    async for fix in fixes:
        held.append(fix)
        if len(held) == _CHUNK:
            yield write(held).encode()
            held.clear()
    yield (write(held) + tail).encode()
