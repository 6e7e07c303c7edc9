"""Messages as they really come, of each decoder: the vectors of the tests, and one of each file."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
from PIL import Image

__all__ = [
    "COLLECTION", "CSV", "CSV_FIXES", "GPX", "LONGEST", "ROUTED", "blob", "fixes", "gpslogger", "message", "nmea",
    "opengts", "osmand", "overland", "owntracks", "parts", "picture", "rmc", "sentences", "texts", "traccar",
    "workbook",
]  # fmt: skip

LONGEST = 2_048
"""Bytes of most inputs."""

VECTORS = Path(__file__).parents[3] / "tests" / "vectors"


def _vectors(name: str, said: Callable[[dict[str, Any]], str]) -> Iterator[bytes]:
    for line in (VECTORS / name).read_text(encoding="utf-8").splitlines():
        yield said(json.loads(line)).encode()


def osmand() -> Iterator[bytes]:
    return _vectors("osmand/traccar.jsonl", lambda one: _request(one["message"]["path"], one["message"]["body"] or ""))


def traccar() -> Iterator[bytes]:
    return (seed for seed in osmand() if seed.partition(b"\n")[2].startswith(b"{"))


def _request(path: str, body: str) -> str:
    return f"{path.partition('?')[2]}\n{body}"


def nmea() -> Iterator[bytes]:
    for path in sorted((VECTORS / "nmea").rglob("*.log")):
        yield path.read_bytes()[-LONGEST:]
    yield from _vectors("t55/t55.jsonl", lambda one: str(one["message"]))


def sentences(kind: bytes = b"") -> Iterator[bytes]:
    """Each kind of sentence once a recording."""
    for path in sorted((VECTORS / "nmea").rglob("*.log")):
        lines = [one for one in path.read_bytes().splitlines() if one[3:6].endswith(kind) and one[:1] == b"$"]
        yield from {line[:6]: line[:200] for line in lines}.values()


def rmc() -> Iterator[bytes]:
    lines = list(sentences(b"RMC"))
    yield b"\r\n".join(lines[:20])
    yield from lines


def fixes() -> Iterator[bytes]:
    fix = {"time": "2026-11-24T01:02:03.123Z", "latitude": 26.0801, "longitude": 119.2965, "event": "sos", "n": [1]}
    more = {"speed": 1.25, "course": 360, "altitude": 12, "accuracy": 8.0, "hdop": 0.5, "battery": 0.75}
    yield json.dumps(fix).encode()
    yield json.dumps([fix] * 7).encode()
    yield json.dumps([{name: fix[name] for name in ("time", "latitude", "longitude")} | more] * 7).encode()


def message() -> Iterator[bytes]:
    for some in map(json.loads, fixes()):
        yield json.dumps(some).encode()
        yield json.dumps({"type": "fixes", "id": 7, "fixes": some}).encode()
    yield b'{"type": "sign-in", "token": "secret"}'
    yield b'{"type": "received", "id": "a", "assignment": "AS-1"}'


def overland() -> Iterator[bytes]:
    said = json.loads((VECTORS / "overland" / "readme_batch.json").read_text(encoding="utf-8"))
    yield json.dumps(said["request"]["body"]).encode()
    yield b'{"_type": "location", "lat": 1.5, "lon": 2.5, "tst": 785692800, "batt": 80, "topic": "owntracks/x"}'


def owntracks() -> Iterator[bytes]:
    yield from _vectors("owntracks/traccar.jsonl", lambda one: str(one["message"]["body"]))
    for name in ("booklet", "recorder"):
        yield from _vectors(f"owntracks/{name}.jsonl", lambda one: json.dumps(one["payload"]))


def gpslogger() -> Iterator[bytes]:
    return _vectors("gpslogger/custom_url.jsonl", lambda one: f"id=1&{one['message'].partition('?')[2]}")


def opengts() -> Iterator[bytes]:
    return _vectors("opengts/gpslogger.jsonl", lambda one: f"dev=1&{one['message'].partition('?')[2]}")


def texts(*texts: str) -> Callable[[], Iterator[bytes]]:
    return lambda: (text.encode() for text in texts)


def workbook() -> Iterator[bytes]:
    """A small one, whole."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    for row in (["id", "name", "phone"], ["a", "安娜", 13800000000], ["b", None, 1.5]):
        sheet.append(row)
    book.save(file)
    yield file.getvalue()


def parts() -> Iterator[bytes]:
    """Each part of that workbook: its name, a line's end, what it holds."""
    with zipfile.ZipFile(io.BytesIO(next(workbook()))) as whole:
        for name in whole.namelist():
            yield name.encode() + b"\n" + whole.read(name)


def picture() -> Iterator[bytes]:
    exif = Image.Exif()
    exif[0x0132] = "2026:11:24 01:02:03"
    exif.get_ifd(0x8825).update({1: "N", 2: (26.0, 4.0, 48.4), 3: "E", 4: (119.0, 17.0, 47.4)})
    for kind in ("JPEG", "PNG"):
        file = io.BytesIO()
        Image.new("RGB", (8, 8), "teal").save(file, kind, exif=exif)
        yield file.getvalue()


def blob() -> Iterator[bytes]:
    yield b"GWB1" + bytes(32)
    yield b"GWB1" + (1).to_bytes(4, "little") + (2).to_bytes(4, "little") + bytes(24 + 2 * 128)


_SQUARE = [[[119.2, 26.0], [119.3, 26.0], [119.3, 26.1], [119.2, 26.1], [119.2, 26.0]]]
COLLECTION = json.dumps({
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "properties": {"id": "a", "name": "安娜", "level": 1.5},
         "geometry": {"type": "Polygon", "coordinates": _SQUARE}},
        {"type": "Feature", "properties": {"id": "b"}, "geometry": {"type": "MultiPolygon", "coordinates": [_SQUARE]}},
        {"type": "Feature", "properties": {"highway": "residential", "oneway": "yes", "maxspeed": "30"},
         "geometry": {"type": "LineString", "coordinates": [[119.2, 26.0], [119.3, 26.0]]}},
    ],
})  # fmt: skip
CSV = 'id,name,level\na,"安, 娜",1\nb,,2\n'
CSV_FIXES = "time,latitude,longitude,speed,course\n2026-11-24T01:02:03Z,26.1,119.2,1.5,90\n1764000000,26.2,119.3,,\n"
GPX = """<?xml version="1.0"?><gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>
<trkpt lat="26.1" lon="119.2"><ele>3</ele><time>2026-11-24T01:02:03Z</time><extensions><speed>1</speed></extensions>
</trkpt></trkseg></trk></gpx>"""
ROUTED = (
    '{"code": "Ok", "durations": [[1.5], [null]]}',
    '{"sources_to_targets": [[{"time": 1}], [{"time": null}]]}',
    '{"code": "Ok", "routes": [{"duration": 9.5, "geometry": {"coordinates": [[119.2, 26.0], [119.3, 26.1]]}}]}',
    '{"trip": {"legs": [{"shape": "_p~iF~ps|U_ulLnnqC"}], "summary": {"time": 9}}}',
)
