"""The messages of the device websocket `/device`, JSON text both ways.

    device -> server
        {"type": "sign-in", "token": "..."}                   first, where no Authorization header came
        {"time": ..., "latitude": ..., ..., "id"?}            one fix (`json_fix_rule`)
        [{...}, ...]                                          several
        {"type": "fixes", "fixes": [{...}, ...], "id"?}       several, with an id
        {"type": "received" | "assignment" | "feedback" | ..., "id"?, ...}   about what the server sent
    server -> device, in the order of the messages
        {"type": "welcome", "device": "..."}                  after a sign-in message
        {"type": "ack", "id"?, "accepted": n, "rejected": [{"index": i, "reason": "..."}]}   the fixes are durable
        {"type": "problem", "id"?, "detail": "...", "retry_after_s"?}                        nothing was taken
    server -> device, any time: assignments, notices, ... (the dispatch side's)

id: the device's own name for the message, a text or a number, given back.
"""

from __future__ import annotations

from dataclasses import dataclass

import orjson

from tracker.protocols.errors import DecodeError
from tracker.protocols.json_fixes import load_json

__all__ = ["FixesMessage", "MessageId", "OtherMessage", "SignIn", "ack", "answer", "problem", "read_message", "welcome"]

MessageId = str | int | None

_LONGEST_ID = 64


@dataclass(frozen=True, slots=True)
class SignIn:
    """The device's token."""

    token: str


@dataclass(frozen=True, slots=True)
class FixesMessage:
    """Fix objects yet to be read. is_strict: as `load_json` said."""

    id: MessageId
    objects: list[object]
    is_strict: bool


@dataclass(frozen=True, slots=True)
class OtherMessage:
    """What is not about fixes: the dispatch side reads it."""

    id: MessageId
    body: dict[str, object]


def read_message(text: str | bytes) -> SignIn | FixesMessage | OtherMessage:
    """What the device said. Raises DecodeError."""
    value, is_strict = load_json(text)
    if isinstance(value, list):
        return FixesMessage(None, value, is_strict)
    if not isinstance(value, dict):
        raise DecodeError("a message is a JSON object, or an array of fixes")
    match value.get("type"):
        case None:
            return FixesMessage(_taken_id(value), [value], is_strict)
        case "fixes" if isinstance(objects := value.get("fixes"), list):
            return FixesMessage(_taken_id(value), objects, is_strict)
        case "sign-in" if isinstance(token := value.get("token"), str) and token.isascii() and token.isprintable():
            return SignIn(token)
        case str(other) if other not in ("fixes", "sign-in"):
            return OtherMessage(_taken_id(value), value)
        case _:
            raise DecodeError("unknown or incomplete message: type is sign-in, fixes, or absent for one fix")


def ack(message: MessageId, taken: dict[str, object]) -> str:
    """Say that the fixes of a message are durable. taken: `accepted` and `rejected`."""
    return _text({"type": "ack", **_id(message), **taken})


def answer(message: MessageId, said: dict[str, object]) -> str:
    """The dispatch side's answer."""
    return _text(said | _id(message))


def problem(detail: str, message: MessageId = None, retry_after_s: float | None = None) -> str:
    """Say that nothing of a message was taken. retry_after_s: None = do not send it again as it is."""
    later = {} if retry_after_s is None else {"retry_after_s": round(retry_after_s, 3)}
    return _text({"type": "problem", **_id(message), "detail": detail, **later})


def welcome(device: str) -> str:
    """Say who the device is."""
    return _text({"type": "welcome", "device": device})


def _taken_id(value: dict[str, object]) -> MessageId:
    """Take the id out of a message, so that it is no attribute of its fix."""
    found = value.pop("id", None)
    if found is None or (type(found) is int and abs(found) < 2**53):
        return found
    if isinstance(found, str) and len(found) <= _LONGEST_ID and found.isprintable():
        return found
    raise DecodeError(f"id is neither a whole number nor a text of at most {_LONGEST_ID} printable characters")


def _id(message: MessageId) -> dict[str, MessageId]:
    return {} if message is None else {"id": message}


def _text(value: object) -> str:
    return orjson.dumps(value).decode()
