"""Every message of tests/vectors as the app or tracker sends it, with the position and the reply that must follow.

What a position must be comes from the vectors: what Traccar's decoder returned, the location that GPSLogger's own
tests started from, the values of the message itself read with the standard library. A device of its own says each
message: the one that the message names, or, where another message named it already, one that differs in the last
three characters.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.tracker.protocols.vectors import VECTORS, lines_of
from tracker.protocols.nmea_fields import checksum
from tracker.protocols.values import KMH, KNOT

__all__ = ["MARKER", "Expected", "Lines", "Message", "Request", "messages", "token_of"]

MARKER = "$GPRMC,070809,A,0100.0000,N,00100.0000,E,,,010100,,*1B"
"""What every NMEA device says last: once it is stored, so is everything that came before it."""

WRONG_CHECKSUM = {"traccar-t55-20", "traccar-t55-102", "traccar-t55-117"}
"""Traccar does not check them; here such a sentence is refused. With the right one it must give the position."""

NO_FIX = {
    "traccar-t55-108": "status V: the tracker says itself that it has no fix; Traccar stores it as not valid",
    "traccar-t55-163": "status V, with no satellite used",
    "gpslogger-9": "it claims 9,005 m/s, beyond what a receiver may: kept with the refused fixes",
}
"""Messages whose position is not stored, by design."""

TIMES = {"traccar-t55-66": "1996-11-01T16:12:23Z"}
"""Year 96 is 1996, as GPS began in 1980; Traccar says 2096."""

ELLIPSOID = {"traccar-t55-20"}
"""Its altitude is above the ellipsoid, not above mean sea level, so it is no altitude here."""

NO_APP_SENDS = {"recorder-3", "recorder-4", "object-empty.json", "cmd-setWaypoints-illegal.json"}
"""Answers of the Recorder's API, {} and what is no JSON: no OwnTracks messages, so no app waits to send them again."""


@dataclass(frozen=True, kw_only=True)
class Expected:
    """A position. time: None = on arrival; today: only its time of day counts, the day is the server's.

    speed m/s, course degrees, altitude metres: None = nothing is asserted; 0 may be stored as unknown, since
    Traccar and GPSLogger write 0 for it. battery: 0 to 1.
    """

    latitude: float
    longitude: float
    time: datetime | None = None
    today: bool = False
    speed: float | None = None
    course: float | None = None
    altitude: float | None = None
    battery: float | None = None


@dataclass(frozen=True, kw_only=True)
class Request:
    """A request of a phone app.

    path: still quoted. reply: the body that the app needs, parsed where it is JSON; None: a refusal in a line of words.
    """

    path: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    listener: str = "http"
    status: int = 200
    reply: object = ""


@dataclass(frozen=True)
class Lines:
    """Lines over NMEA's TCP or UDP port, each a datagram there. The reply is nothing."""

    lines: tuple[str, ...]
    listener: str


@dataclass(frozen=True, kw_only=True)
class Message:
    """name: of the vector and its way; device: who says it, "" where nobody is named."""

    name: str
    device: str
    sent: Request | Lines
    expected: tuple[Expected, ...]


class _Names:
    """Devices that no other message has."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, wanted: str) -> str:
        """The name, or one like it."""
        number, name = 0, wanted
        while name in self._taken:
            number += 1
            name = f"{wanted[:-3]}{number:03}"
        self._taken.add(name)
        return name


def messages() -> list[Message]:
    """All of them. A device's token is `token_of` its name."""
    names = _Names()
    return [
        *_osmand(names),
        *_owntracks(names),
        *_overland(names),
        *_gpslogger(names),
        *_opengts(names),
        *_t55(names),
    ]


def token_of(device: str) -> str:
    """The token that it is registered with."""
    return f"token of {device}".replace(" ", "-")


def _by_traccar(vector: dict[str, Any]) -> tuple[Expected, ...]:
    """What Traccar's decoder returned, but for what is listed above."""
    if vector["id"] in NO_FIX:
        return ()
    return tuple(
        Expected(
            latitude=one["lat"], longitude=one["lon"], speed=one["speed_knots"] * KNOT, course=one["course"],
            altitude=None if vector["id"] in ELLIPSOID else one["altitude_m"],
            **_time_by_traccar(one, TIMES.get(vector["id"], one["time"])),
        )
        for one in vector["decoded_by_traccar"]["positions"]
        if not one.get("no_location_in_message")
    )  # fmt: skip


def _time_by_traccar(position: dict[str, Any], time: str | None) -> dict[str, Any]:
    source = position.get("time_from", "")
    if time is None and "time of day" in source:
        return {"time": datetime.fromisoformat(f"2000-01-01T{source.split()[-1]}"), "today": True}
    return {"time": None if time is None else datetime.fromisoformat(time)}


def _osmand(names: _Names) -> Iterator[Message]:
    """To the port of the app's own server, as recorded. Any status below 400 is success, the body is not read."""
    for vector in lines_of("osmand/traccar.jsonl"):
        message, named = vector["message"], vector["decoded_by_traccar"]["device_ids_in_message"]
        device = names.take(named[0]) if named else ""
        path, body = message["path"], message["body"] or ""
        if named:
            path, body = path.replace(named[0], device), body.replace(named[0], device)
        request = Request(
            path=path, method=message["method"], headers=message["headers"], body=body, listener="osmand",
            status=200 if named else 400, reply="" if named else None,
        )  # fmt: skip
        yield Message(name=vector["id"], device=device, sent=request, expected=_by_traccar(vector))


def _owntracks(names: _Names) -> Iterator[Message]:
    """Basic auth as the app sets it up. Android sends again until a 2xx comes, iOS deletes on any 4xx."""
    for vector in lines_of("owntracks/traccar.jsonl"):
        yield _owntracks_message(names, vector["id"], vector["message"]["body"], _by_traccar(vector))
    for name in ("owntracks/booklet.jsonl", "owntracks/recorder.jsonl"):
        for vector in lines_of(name):
            yield _owntracks_message(names, vector["id"], json.dumps(vector["payload"]), _places(vector["payload"]))
    for path in sorted((VECTORS / "owntracks" / "json_schema").glob("*.json")):
        if path.name != "expectations.json":
            text = path.read_text(encoding="utf-8")
            payload = {} if path.name in NO_APP_SENDS else json.loads(text)
            yield _owntracks_message(names, path.name, text, _places(payload))


def _owntracks_message(names: _Names, name: str, body: str, expected: tuple[Expected, ...]) -> Message:
    topic = re.search(r'"topic": ?"owntracks/([^/"]+)/([^/"]+)"', body)
    user, phone = topic.groups() if topic else ("", f"owntracks-{name}")
    device = names.take(phone)
    credentials = b64encode(f"{user or device}:{token_of(device)}".encode()).decode()
    limits = {"X-Limit-U": user, "X-Limit-D": device} if user else {}
    known = name not in NO_APP_SENDS
    request = Request(
        path="/pub", method="POST", body=body, status=200 if known else 400,
        headers={"Authorization": f"Basic {credentials}", "Content-Type": "application/json"} | limits,
        reply=[] if known else None,
    )  # fmt: skip
    return Message(name=name, device=device, sent=request, expected=expected)


def _places(payload: Any) -> tuple[Expected, ...]:
    """The locations of OwnTracks messages, as the booklet says what their members mean."""
    each = payload if isinstance(payload, list) else [payload]
    return tuple(
        Expected(
            latitude=one["lat"], longitude=one["lon"],
            time=datetime.fromtimestamp(one["tst"], UTC) if "tst" in one else None,
            speed=one["vel"] * KMH if "vel" in one else None, course=one.get("cog"), altitude=one.get("alt"),
            battery=one["batt"] / 100 if one.get("batt", -1) >= 0 else None,
        )
        for one in each
        if one.get("_type") == "location" and "lat" in one
    )  # fmt: skip


def _overland(names: _Names) -> Iterator[Message]:
    """The app sends a batch again until the answer is the object that its README names."""
    batch = json.loads((VECTORS / "overland" / "readme_batch.json").read_text(encoding="utf-8"))
    device = names.take("overland")
    headers = batch["request"]["headers"] | {"Authorization": f"Bearer {token_of(device)}"}
    expected = tuple(
        Expected(
            latitude=one["lat"], longitude=one["lon"], time=datetime.fromisoformat(one["time"]),
            speed=one["speed_mps"], battery=one["battery"],
        )
        for one in batch["expected"]
    )  # fmt: skip
    request = Request(
        path="/ingest/overland", method="POST", headers=headers, body=json.dumps(batch["request"]["body"]),
        reply=batch["required_response_body"],
    )  # fmt: skip
    yield Message(name="overland-readme", device=device, sent=request, expected=expected)


def _gpslogger(names: _Names) -> Iterator[Message]:
    """The queries that its tests expect of templates, and the device's id, which the template's owner adds."""
    for vector in lines_of("gpslogger/custom_url.jsonl"):
        yield _custom_url(names, vector["id"], urlsplit(vector["message"]).query)
        if vector["id"] == "gpslogger-9":
            believable = vector["message"].replace("9005.0", "90.0")
            yield _custom_url(names, "gpslogger-9 at 90 m/s", urlsplit(believable).query)


def _custom_url(names: _Names, name: str, query: str) -> Message:
    device = names.take(name.replace(" ", "-").replace("/", "-"))
    values = {key: one for key, (one, *_) in parse_qs(query).items()}

    def number(key: str) -> float | None:
        return float(values[key]) if key in values else None

    expected = Expected(
        latitude=float(values["lat"]), longitude=float(values["lon"]), time=_time_of_url(values), speed=number("spd"),
        course=number("dir"), altitude=number("alt"),
    )  # fmt: skip
    request = Request(path=f"/ingest/gpslogger?{query}&id={device}")
    return Message(name=name, device=device, sent=request, expected=() if name in NO_FIX else (expected,))


def _time_of_url(values: Mapping[str, str]) -> datetime | None:
    for name in ("time", "timeoff"):
        if name in values:
            return datetime.fromisoformat(values[name])
    return None


def _opengts(names: _Names) -> Iterator[Message]:
    """As a parameter over HTTP, and as account/device/sentence over TCP and UDP: the app speaks all three."""
    for vector in lines_of("opengts/gpslogger.jsonl"):
        location, (url, _, sentence) = vector["device_location"], vector["message"].rpartition("$")
        expected = Expected(
            latitude=location["lat"], longitude=location["lon"],
            time=datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=location["time_ms"]),
            speed=location.get("speed_mps", 0.0), course=location.get("bearing", 0.0),
        )  # fmt: skip
        device = names.take(f"{vector['id']}-http" if not url else "99")
        query = urlsplit(url).query.replace("=99", f"={device}") or f"id={device}&dev={device}&gprmc="
        request = Request(path=f"/ingest/opengts?{query}${sentence}")
        yield Message(name=f"{vector['id']} http", device=device, sent=request, expected=(expected,))
        for listener in ("nmea_tcp", "nmea_udp"):
            device = names.take(f"{vector['id']}-{listener}")
            lines = Lines((f"account/{device}/${sentence}", MARKER), listener)
            yield Message(name=f"{vector['id']} {listener}", device=device, sent=lines, expected=(expected,))


def _t55(names: _Names) -> Iterator[Message]:
    """Trackers that speak NMEA with an identity, over both transports."""
    for vector in lines_of("t55/t55.jsonl"):
        for listener in ("nmea_tcp", "nmea_udp"):
            message = _tracker_message(names, vector, listener)
            if vector["id"] in WRONG_CHECKSUM:
                yield replace(message, expected=())
                right = vector | {"message": _with_right_checksum(vector["message"])}
                message = _tracker_message(names, right, listener)
                message = replace(message, name=f"{message.name} with the right checksum")
            yield message


def _tracker_message(names: _Names, vector: dict[str, Any], listener: str) -> Message:
    """One connection: who it is, where the message does not say that itself, the message, the marker."""
    text, named = vector["message"], vector["decoded_by_traccar"]["device_ids_in_message"]
    named = [] if text.startswith("$PUBX") else named  # what Traccar takes for an identity there is a reserved field
    device = names.take(named[0] if named else f"{vector['id']}-{listener}")
    lines: tuple[str, ...] = (text.replace(named[0], device) if named else text, MARKER)
    if vector["session"].startswith("testMaxon"):  # no identity yet: the sentence is nobody's
        lines = (text, f"$DEVID,{device}", MARKER)
    elif not named:
        lines = (f"$DEVID,{device}", *lines)
    return Message(
        name=f"{vector['id']} {listener}", device=device, sent=Lines(lines, listener), expected=_by_traccar(vector)
    )


def _with_right_checksum(sentence: str) -> str:
    body = sentence[1 : sentence.rindex("*")]
    return f"${body}*{checksum(body.encode()):02X}"
