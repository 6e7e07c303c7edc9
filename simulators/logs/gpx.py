"""Points of GPX 1.0 and 1.1 tracks, in document order.

    trk/trkseg/trkpt lat lon degrees WGS 84;  ele m;  time ISO 8601;  hdop;  speed m/s;  course degrees true

Speed and course count at the point (1.0) and within its extensions (1.1), whatever their namespace. Files are
strangers': a document type, which could define entities that grow without end, is refused.
"""

from __future__ import annotations

from xml.parsers import expat

from simulators.fleet.reports import Sample
from simulators.logs.errors import BadLog
from simulators.logs.values import finite, milliseconds, number

__all__ = ["read_gpx"]

_FIELDS = {"ele": "altitude", "hdop": "hdop", "speed": "speed", "course": "course", "time": "time"}


def read_gpx(document: bytes) -> list[Sample]:
    """The track points that have a time. Raises BadLog."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(document, True)
    except expat.ExpatError as error:
        raise BadLog(f"not XML: {error}") from error
    if not reader.samples:
        raise BadLog("no track point with a time")
    return reader.samples


class _Reader:
    """Collects track points from the parser's calls. `_point`: the texts of the open one, None outside."""

    def __init__(self) -> None:
        self.samples: list[Sample] = []
        self._point: dict[str, str] | None = None
        self._field: str | None = None

    def doctype(self, name: str, system: str | None, public: str | None, has_subset: bool) -> None:
        del name, system, public, has_subset
        raise BadLog("a GPX file has no document type")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "trkpt":
            self._point = {"lat": attributes.get("lat", ""), "lon": attributes.get("lon", "")}
        elif self._point is not None:
            self._field = _FIELDS.get(local)

    def text(self, data: str) -> None:
        if self._point is not None and self._field is not None:
            self._point[self._field] = self._point.get(self._field, "") + data

    def end(self, name: str) -> None:
        self._field = None
        if name.rpartition(" ")[2] == "trkpt" and self._point is not None:
            point, self._point = self._point, None
            if point.get("time", "").strip():
                self.samples.append(_sample(point))


def _sample(point: dict[str, str]) -> Sample:
    return Sample(
        time_ms=milliseconds(point["time"]),
        latitude=finite("lat", point["lat"]),
        longitude=finite("lon", point["lon"]),
        speed=number("speed", point.get("speed")),
        course=number("course", point.get("course")),
        altitude=number("ele", point.get("altitude")),
        hdop=number("hdop", point.get("hdop")),
    )
