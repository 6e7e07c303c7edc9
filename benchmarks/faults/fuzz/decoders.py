"""Every reader of what strangers send or hand in: what it may raise, and messages to begin from.

An input is bytes. Of what comes by HTTP, its first line is the query and the rest the body.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import orjson

from benchmarks.faults.fuzz import seeds
from dispatch.routing.model import BadAnswer, Kind, read
from dispatch.routing.ways import read_way
from dispatch.streets.geojson import BadStreets, lines_of, network_of
from registry.files.photographs import BadPhotograph, read_photograph
from registry.imports.errors import BadFile
from registry.imports.rows import rows_of
from registry.organisations.territory import bounds_of_territory, label_of, territory_from
from simulators.logs.csv_fixes import read_csv
from simulators.logs.errors import BadLog
from simulators.logs.gpx import read_gpx
from simulators.logs.nmea_log import read_nmea
from tracker.bus.blobs import read_blob
from tracker.protocols.credentials import basic, bearer
from tracker.protocols.device_messages import FixesMessage, read_message
from tracker.protocols.errors import DecodeError
from tracker.protocols.gpslogger import read_gpslogger
from tracker.protocols.json_fixes import decode_fixes, decode_objects
from tracker.protocols.nmea import NmeaConversation, NmeaCounts
from tracker.protocols.nmea0183 import read_sentence
from tracker.protocols.nmea_columns import read_rmc_columns
from tracker.protocols.nmea_fields import checksum
from tracker.protocols.opengts import read_opengts
from tracker.protocols.osmand import OSMAND_APP, read_osmand
from tracker.protocols.overland import decode_overland
from tracker.protocols.owntracks import decode_owntracks
from tracker.protocols.report import Claim, Report

__all__ = ["DECODERS", "Decoder", "decoder_of"]

NOW = 1_764_000_000_000_000
_FILE_BYTES = 16 << 10
_PARTS = dict(part.split(b"\n", 1) for part in seeds.parts())
_FOLDER = tempfile.TemporaryDirectory(prefix="gridwarden-fuzz-")


@dataclass(frozen=True, slots=True)
class Decoder:
    """inputs: at the full length. read: takes one; refusals: all that it may raise. first: what inputs are made of.

    longest: bytes of an input. is_json: inputs are changed as values too, not as bytes only.
    """

    name: str
    inputs: int
    read: Callable[[bytes], object]
    first: Callable[[], Iterator[bytes]]
    refusals: tuple[type[Exception], ...] = (DecodeError,)
    longest: int = seeds.LONGEST
    is_json: bool = False


def decoder_of(name: str) -> Decoder:
    """The one of that name."""
    return next(one for one in DECODERS if one.name == name)


def _stream(data: bytes) -> None:
    """As a device's connection: whoever it says it is is known, every other time."""
    talk = NmeaConversation("fuzz", NmeaCounts())
    for number, start in enumerate(range(0, len(data), 200)):
        talk.feed(data[start : start + 200], NOW + number * 100_000)
        while talk.claim is not None:
            if number % 2:
                talk.refuse()
            else:
                talk.bind(number + 1)
    talk.due(NOW + 10**9)
    talk.end(NOW + 10**9)


def _sentence(data: bytes) -> None:
    """One line with the checksum that it should have; else nothing is read behind that."""
    body = data.strip(b"$\r\n").partition(b"*")[0]
    read_sentence(b"$%s*%02X" % (body, checksum(body)))


def _columns(data: bytes) -> None:
    read_rmc_columns(data + b"\n")
    lines = (line.strip(b"$\r").partition(b"*")[0] for line in data.split(b"\n"))
    read_rmc_columns(b"".join(b"$%s*%02X\r\n" % (body, checksum(body)) for body in lines) or b"\n")


def _claimed(read: Callable[[str, str, bytes], Claim], data: bytes) -> None:
    query, _, body = data.partition(b"\n")
    claim = read(query.decode("utf-8", "surrogateescape"), "", body)
    for dialect in ("", OSMAND_APP):
        _fits(claim.report(dialect=dialect, received_at=NOW))


def _fits(report: Report) -> None:
    """What was read can be stored."""
    for fix in report.fixes:
        orjson.dumps(fix.attributes)


def _message(data: bytes) -> None:
    message = read_message(data)
    if isinstance(message, FixesMessage):
        decode_objects(message.objects, device=1, received_at=NOW, is_strict=message.is_strict)


def _credentials(data: bytes) -> None:
    header = data.decode("latin-1")
    bearer(header)
    basic(header)


def _rows(ending: str, data: bytes) -> None:
    path = Path(_FOLDER.name) / f"input.{ending}"
    path.write_bytes(data)
    for _, row in rows_of(path, unpacked=1 << 20):
        if isinstance(row, dict) and "territory" in row:
            _territory(row["territory"])


def _part(data: bytes) -> None:
    """A workbook with one part of it replaced: what is changed in the whole fails at its checksums."""
    name, _, content = data.partition(b"\n")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as whole:
        for each, held in _PARTS.items():
            whole.writestr(each.decode(), content if each == name else held)
    _rows("xlsx", file.getvalue())


def _territory(geometry: object) -> None:
    try:
        territory = territory_from(geometry)
    except ValueError:
        return
    bounds_of_territory(territory)
    label_of(territory)


def _photograph(data: bytes) -> None:
    read_photograph(data, "image/png" if data.startswith(b"\x89PNG") else "image/jpeg")


def _answers(data: bytes) -> None:
    for ask in (lambda kind: read(kind, data, 2), lambda kind: read_way(kind, data)):
        for kind in Kind:
            try:
                ask(kind)
            except BadAnswer:
                continue


_HTTP = Decoder("OsmAnd", 600_000, partial(_claimed, read_osmand), seeds.osmand)
_JSON = Decoder("own JSON", 600_000, partial(decode_fixes, device=1, received_at=NOW), seeds.fixes, is_json=True)
_FILE = Decoder("CSV import", 40_000, partial(_rows, "csv"), seeds.texts(seeds.CSV), (BadFile,))

DECODERS = (
    Decoder("NMEA connection", 300_000, _stream, seeds.nmea, (), longest=1_024),
    Decoder("NMEA sentence", 1_000_000, _sentence, seeds.sentences, longest=256),
    Decoder("RMC as columns", 40_000, _columns, seeds.rmc, ()),
    _HTTP,
    replace(_HTTP, name="Traccar Client JSON", inputs=300_000, first=seeds.traccar),
    replace(_HTTP, name="GPSLogger", inputs=500_000, read=partial(_claimed, read_gpslogger), first=seeds.gpslogger),
    replace(_HTTP, name="OpenGTS", inputs=400_000, read=partial(_claimed, read_opengts), first=seeds.opengts),
    _JSON,
    replace(_JSON, name="device websocket", inputs=400_000, read=_message, first=seeds.message),
    replace(_JSON, name="OwnTracks", inputs=400_000, first=seeds.owntracks,
            read=lambda data: _fits(decode_owntracks(data, received_at=NOW))),
    replace(_JSON, name="Overland", inputs=400_000, first=seeds.overland,
            read=lambda data: _fits(decode_overland(data, received_at=NOW))),
    Decoder("credentials of devices", 100_000, _credentials, seeds.texts("Bearer secret", "Basic dXNlcjpwYXNz"), ()),
    Decoder("blobs between servers", 50_000, read_blob, seeds.blob, ()),
    _FILE,
    replace(_FILE, name="GeoJSON import", read=partial(_rows, "geojson"), first=seeds.texts(seeds.COLLECTION),
            is_json=True),
    replace(_FILE, name="XLSX import", inputs=2_000, read=partial(_rows, "xlsx"), first=seeds.workbook,
            longest=_FILE_BYTES),
    replace(_FILE, name="a part of XLSX", inputs=8_000, read=_part, first=seeds.parts, longest=_FILE_BYTES),
    Decoder("streets of GeoJSON", 40_000, lambda data: network_of(lines_of(orjson.loads(data))),
            seeds.texts(seeds.COLLECTION), (BadStreets, orjson.JSONDecodeError), is_json=True),
    Decoder("answers of routing engines", 50_000, _answers, seeds.texts(*seeds.ROUTED), (), is_json=True),
    Decoder("photographs", 5_000, _photograph, seeds.picture, (BadPhotograph,), longest=_FILE_BYTES),
    Decoder("GPX log", 40_000, read_gpx, seeds.texts(seeds.GPX), (BadLog,)),
    Decoder("CSV log", 40_000, read_csv, seeds.texts(seeds.CSV_FIXES), (BadLog,)),
    Decoder("NMEA log", 40_000, read_nmea, seeds.nmea, (BadLog,)),
)  # fmt: skip
