"""Members and incidents as Cursor on Target events, and where they go. Pure.

<event version="2.0" uid type time start stale how>    uid: the same thing ever again replaces what was told of it
  <point lat lon hae ce le/>                            degrees, WGS 84; metres; 9999999.0 = not known
  <detail>                                              what TAK shows: contact, track, status, remarks, color

               uid                         type                      how         stale
member         gridwarden.member.<id>      a-f-G-U-C, friendly       m-g, GPS    when we would show him as stale
incident       gridwarden.incident.<id>    b-m-p-s-m, spot on a map  h-g-i-g-o   a minute after it was told

hae is the height above the ellipsoid; ours is above mean sea level, so it is not told. ce is the radius at one sigma;
ours is at 95 %, which is 2.4477 sigma of a circular error.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from registry.api.plain import plain_text

__all__ = ["INCIDENT_STALE", "OpenIncident", "SeenMember", "Target", "incident_event", "member_event", "target_of"]

INCIDENT_STALE = timedelta(seconds=60)
_UNKNOWN = "9999999.0"
_SIGMAS_AT_95 = 2.4477
_LONGEST_NAME, _LONGEST_REMARKS = 60, 300
_COLOURS = {1: -65_536, 2: -23_296, 3: -256, 4: -16_711_681}
"""ARGB of red, orange, yellow, cyan as a signed number, by priority."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where events are sent."""

    transport: Literal["tcp", "udp"]
    host: str
    port: int


def target_of(text: str) -> Target | None:
    """`tcp://host:port` or `udp://host:port`; "": None. Raises ValueError, which says what is expected."""
    if not text:
        return None
    parts = urlsplit(text)
    if parts.scheme not in ("tcp", "udp") or not parts.hostname or not parts.port or parts.path or parts.query:
        raise ValueError("expected tcp://HOST:PORT or udp://HOST:PORT of a TAK server or a multicast group")
    parts.hostname.encode("idna")  # raises ValueError where it can be no name
    return Target("tcp" if parts.scheme == "tcp" else "udp", parts.hostname, parts.port)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenMember:
    """A member where he was seen. speed: m/s; course: degrees true; accuracy: metres at 95 %; battery: 0 to 1."""

    id: str
    name: str
    post: str | None
    latitude: float
    longitude: float
    speed: float | None
    course: float | None
    accuracy: float | None
    battery: float | None
    fix_time: datetime
    stale_at: datetime


@dataclass(frozen=True, slots=True)
class OpenIncident:
    """An incident that is not over. kind: its name in English."""

    id: str
    kind: str
    priority: int
    state: str
    latitude: float
    longitude: float
    address: str | None
    description: str
    reported_at: datetime


def member_event(seen: SeenMember, now: datetime) -> bytes:
    """One event, a line of UTF-8 without an XML declaration."""
    event = _event(f"gridwarden.member.{seen.id}", "a-f-G-U-C", "m-g", now, seen.fix_time, seen.stale_at)
    ce = _UNKNOWN if seen.accuracy is None else f"{seen.accuracy / _SIGMAS_AT_95:.1f}"
    detail = _place(event, seen.latitude, seen.longitude, ce)
    SubElement(detail, "contact", callsign=plain_text(seen.name)[:_LONGEST_NAME])
    if seen.speed is not None:
        course = {} if seen.course is None else {"course": f"{seen.course:.1f}"}
        SubElement(detail, "track", course | {"speed": f"{seen.speed:.2f}"})
    if seen.battery is not None:
        SubElement(detail, "status", battery=str(round(min(max(seen.battery, 0.0), 1.0) * 100)))
    if seen.post:
        SubElement(detail, "remarks").text = plain_text(seen.post)[:_LONGEST_REMARKS]
    return _line(event)


def incident_event(incident: OpenIncident, now: datetime) -> bytes:
    """One event, a line of UTF-8 without an XML declaration; nothing of who reported it."""
    uid = f"gridwarden.incident.{incident.id}"
    event = _event(uid, "b-m-p-s-m", "h-g-i-g-o", now, incident.reported_at, now + INCIDENT_STALE)
    detail = _place(event, incident.latitude, incident.longitude, _UNKNOWN)
    SubElement(detail, "contact", callsign=plain_text(f"{incident.id} {incident.kind}")[:_LONGEST_NAME])
    SubElement(detail, "color", argb=str(_COLOURS[incident.priority]))
    said = (f"priority {incident.priority}", incident.state, incident.address, incident.description)
    SubElement(detail, "remarks").text = plain_text(", ".join(part for part in said if part))[:_LONGEST_REMARKS]
    return _line(event)


def _event(uid: str, kind: str, how: str, now: datetime, start: datetime, stale: datetime) -> Element:
    times = {"time": _instant(now), "start": _instant(start), "stale": _instant(stale)}
    return Element("event", {"version": "2.0", "uid": plain_text(uid), "type": kind} | times | {"how": how})


def _place(event: Element, latitude: float, longitude: float, ce: str) -> Element:
    where = {"lat": f"{latitude:.7f}", "lon": f"{longitude:.7f}", "hae": _UNKNOWN, "ce": ce, "le": _UNKNOWN}
    SubElement(event, "point", where)
    return SubElement(event, "detail")


def _instant(at: datetime) -> str:
    """RFC 3339 in UTC with milliseconds."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _line(event: Element) -> bytes:
    written: bytes = tostring(event, encoding="utf-8", xml_declaration=False)
    return written + b"\n"
