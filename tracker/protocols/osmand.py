"""OsmAnd's live tracking format, which Traccar made its own and the Traccar Client speaks (default port 5055).

GET or POST to any path; parameters in the query, in a form body, or both. The server's answer is an empty 200.

    id, deviceid, device_id     who it is (required)         token       the device's secret
    lat, lon; location=lat,lon  degrees WGS 84               timestamp   seconds or ms since 1970, RFC 3339, or
    speed                       knots; m/s from OsmAnd       yyyy-MM-dd HH:mm:ss in UTC; absent: on arrival
    bearing, heading            degrees true                 altitude    metres
    accuracy                    metres, 0 = unknown          hdop        -; metres of accuracy from OsmAnd
    batt                        percent                      charge      true, false
    valid                       false: no fix                alarm       event, such as sos
    cell, wifi                  may be repeated; others: attributes

Without lat and lon it is a heartbeat (Traccar Client 9 and 10). OsmAnd the app uses the same names with two other
units, so a device has a `dialect`: "osmand" for the app, "" for everything else. Traccar Client 9 sends JSON instead
(`traccar_json`). A negative speed, bearing or battery is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from tracker.model.batch import instant
from tracker.model.fix import Fix
from tracker.protocols.errors import DecodeError
from tracker.protocols.parameters import Pairs, claimed, read_pairs
from tracker.protocols.report import Claim, Report
from tracker.protocols.traccar_json import read_json
from tracker.protocols.values import (
    KNOT,
    bounded_attributes,
    direction,
    known,
    number_of_text,
    percent,
    scalar,
    time_of_epoch,
    time_of_loose_text,
    word,
)

__all__ = ["OSMAND_APP", "read_osmand"]

OSMAND_APP = "osmand"
"""The dialect of the OsmAnd app itself."""

_FIELDS = frozenset(
    {"id", "deviceid", "device_id", "token", "lat", "lon", "location", "timestamp", "speed", "bearing", "heading",
     "altitude", "accuracy", "hdop", "batt", "valid", "alarm", "event", "charge", "cell", "wifi"}
)  # fmt: skip
_NO = ("false", "0")


@dataclass(frozen=True, slots=True)
class _Query:
    """Parameters whose device is known; see `Claim`."""

    device_id: str
    token: str | None
    pairs: Pairs

    def report(self, *, dialect: str, received_at: int) -> Report:
        """One fix, or a heartbeat."""
        values = dict(self.pairs)
        place = _place(values)
        if place is None or values.get("valid") in _NO:
            return Report(no_fix=place is not None or "cell" in values or "wifi" in values)
        return Report((_fix(values, place, self.pairs, dialect=dialect, received_at=received_at),))


def read_osmand(query: str, content_type: str, body: bytes) -> Claim:
    """Who sends what. query: as sent, still quoted. Raises DecodeError, also when no device is named."""
    is_json = "json" in content_type.lower() or body.lstrip()[:1] == b"{"
    pairs = read_pairs(query, b"" if is_json else body)
    device_id, token = claimed(pairs, "id", "deviceid", "device_id"), claimed(pairs, "token")
    if is_json:
        return read_json(body, device_id=device_id, token=token)
    if device_id is None:
        raise DecodeError("no device: id, deviceid or device_id is missing")
    return _Query(device_id, token, pairs)


def _fix(values: Mapping[str, str], place: tuple[float, float], pairs: Pairs, *, dialect: str, received_at: int) -> Fix:
    speed, hdop, accuracy = _known(values, "speed"), _known(values, "hdop"), _known(values, "accuracy")
    if dialect == OSMAND_APP:
        accuracy, hdop = (hdop if accuracy is None else accuracy), None
    elif speed is not None:
        speed *= KNOT
    return Fix(
        fix_time=_time(values.get("timestamp"), received_at),
        latitude=place[0],
        longitude=place[1],
        speed_over_ground=speed,
        course_over_ground=direction(_number(values, "bearing" if "bearing" in values else "heading")),
        altitude_msl=_number(values, "altitude"),
        horizontal_accuracy=accuracy or None,
        hdop=hdop or None,
        battery=percent(_number(values, "batt")),
        event=word(values.get("alarm")) or word(values.get("event")),
        attributes=_attributes(values, pairs),
    )


def _place(values: Mapping[str, str]) -> tuple[float, float] | None:
    """Latitude and longitude; None when neither is there."""
    latitude, longitude = values.get("lat"), values.get("lon")
    if latitude is None and longitude is None and "location" in values:
        latitude, _, longitude = values["location"].partition(",")
    if latitude is None and longitude is None:
        return None
    if latitude is None or longitude is None:
        raise DecodeError("lat without lon, or lon without lat")
    return number_of_text(latitude, "lat"), number_of_text(longitude, "lon")


def _time(text: str | None, received_at: int) -> datetime:
    if text is None:
        return instant(received_at)
    if "T" in text:
        return time_of_loose_text(text)
    if "-" in text[1:]:
        try:
            return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
        except ValueError:
            raise DecodeError("timestamp is not yyyy-MM-dd HH:mm:ss") from None
    return time_of_epoch(number_of_text(text, "timestamp"))


def _number(values: Mapping[str, str], name: str) -> float | None:
    text = values.get(name)
    return None if text is None else number_of_text(text, name)


def _known(values: Mapping[str, str], name: str) -> float | None:
    return known(_number(values, name))


def _attributes(values: Mapping[str, str], pairs: Pairs) -> dict[str, object]:
    if _FIELDS.issuperset(values) and "charge" not in values and "cell" not in values and "wifi" not in values:
        return {}
    more: list[tuple[str, object]] = [(name, scalar(text)) for name, text in values.items() if name not in _FIELDS]
    if "charge" in values:
        more.append(("charging", scalar(values["charge"])))
    repeated = [(name, [text for key, text in pairs if key == name]) for name in ("cell", "wifi") if name in values]
    return bounded_attributes([*more, *repeated])
