"""OwnTracks in HTTP mode (https://owntracks.org/booklet/tech/json/): one JSON message, or an array of them.

    location:  lat, lon degrees   tst seconds since 1970   acc, alt, vac metres   vel km/h   cog degrees true
               batt percent; the rest (tid, t trigger, conn, bs, m, p, SSID, poi, tag, ...) is kept as attributes
    encrypted: refused, this server has no key
    others:    transition, waypoint(s), lwt, status, steps, card, cmd, request, ...: taken and not kept. A transition's
               place comes as a location too.

-1 is unknown. The answer is `[]` (it could hold commands). The app for Android sends a message again until it is
answered so, before all later ones: what is an OwnTracks message is therefore taken even where it cannot be used, and
what is wrong with it is reported as refused. An empty body is a test of the connection. Overland's OwnTracks mode
sent tst counted from 2001-01-01 in earlier versions; see `tst_of_overland`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from tracker.model.batch import instant
from tracker.model.fix import Fix
from tracker.protocols.errors import DecodeError
from tracker.protocols.json_fixes import load_json
from tracker.protocols.report import Report
from tracker.protocols.values import KMH, bounded_attributes, direction, known, number, percent, time_of_epoch

__all__ = ["REPLY", "decode_owntracks", "fixes_of_messages", "tst_of_overland"]

REPLY = b"[]"

_MOST = 1_000
_FIELDS = frozenset({"_type", "lat", "lon", "tst", "acc", "alt", "vel", "cog", "batt", "topic"})
_FROM_1970_TO_2001 = 978_307_200
_OVERLAND_IS_BORN = 1_420_070_400  # 2015-01-01: no Overland fix is older

Epoch = Callable[[float], float]


def decode_owntracks(body: bytes, *, received_at: int) -> Report:
    """Read one request. received_at: microseconds since 1970, for a location without tst. Raises DecodeError."""
    if not body.strip():
        return Report()
    return fixes_of_messages(load_json(body)[0], received_at=received_at)


def fixes_of_messages(value: object, *, received_at: int, epoch: Epoch = float) -> Report:
    """The fixes of parsed messages. Raises DecodeError when none of them is an OwnTracks message.

    epoch: from their tst to seconds since 1970. received_at: microseconds since 1970.
    """
    messages = value if isinstance(value, list) else [value]
    if len(messages) > _MOST:
        raise DecodeError(f"more than {_MOST} messages")
    kinds = [_kind_of(message) for message in messages]
    if messages and not any(kinds):
        raise DecodeError("not an OwnTracks message: an object with _type")
    fixes: list[Fix] = []
    refused: list[str] = []
    for kind, message in zip(kinds, messages, strict=True):
        try:
            fix = _fix_of(kind, message, received_at, epoch)
        except DecodeError as refusal:
            refused.append(refusal.reason)
        else:
            fixes += [] if fix is None else [fix]
    return Report(tuple(fixes), refused=tuple(refused))


def tst_of_overland(tst: float) -> float:
    """Seconds since 1970 of either epoch: what would be before Overland existed is counted from 2001."""
    return tst + _FROM_1970_TO_2001 if tst < _OVERLAND_IS_BORN else tst


def _kind_of(message: object) -> str:
    """Its _type, "" where it is no OwnTracks message."""
    kind = message.get("_type") if isinstance(message, dict) else None
    return kind if isinstance(kind, str) else ""


def _fix_of(kind: str, message: Mapping[str, object], received_at: int, epoch: Epoch) -> Fix | None:
    """The fix of a location; None for what is taken and not kept."""
    if not kind:
        raise DecodeError("not an OwnTracks message: an object with _type")
    if kind == "encrypted":
        raise DecodeError("the payload is encrypted and this server has no key: remove the encryption key in the app")
    return _location(message, received_at, epoch) if kind == "location" else None


def _location(message: Mapping[str, object], received_at: int, epoch: Epoch) -> Fix:
    speed, battery = known(_optional(message, "vel")), _optional(message, "batt")
    return Fix(
        fix_time=_time(message, received_at, epoch),
        latitude=number(message.get("lat"), "lat"),
        longitude=number(message.get("lon"), "lon"),
        speed_over_ground=None if speed is None else speed * KMH,
        course_over_ground=direction(_optional(message, "cog")),
        altitude_msl=_optional(message, "alt"),
        horizontal_accuracy=known(_optional(message, "acc")) or None,
        battery=percent(battery),
        attributes=bounded_attributes((name, value) for name, value in message.items() if name not in _FIELDS),
    )


def _time(message: Mapping[str, object], received_at: int, epoch: Epoch) -> datetime:
    tst = _optional(message, "tst")
    return instant(received_at) if tst is None else time_of_epoch(epoch(tst))


def _optional(message: Mapping[str, object], name: str) -> float | None:
    value = message.get(name)
    return None if value is None else number(value, name)
