"""The text messages of /live; docs/architecture.md lists them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

import orjson
from pydantic import AfterValidator, BaseModel, Field

from dispatch.outbox.model import Entry
from dispatch.push.subscription import Box
from registry.devices.model import Device

__all__ = ["SignIn", "Subscribe", "crossing", "gap", "happening", "members", "problem", "snapshot", "welcome"]

_Degrees = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]


def _is_box(box: Box) -> Box:
    _, south, _, north = box
    if not -90 <= south <= north <= 90:
        raise ValueError("a bbox is [west, south, east, north] in degrees, south <= north")
    return box


class SignIn(BaseModel):
    """The first message of a viewer that brought neither cookie nor header."""

    type: Literal["sign-in"]
    token: str = Field(min_length=1, max_length=256)


class Resume(BaseModel):
    """Where the viewer stood before its connection broke."""

    epoch: str = Field(max_length=64)
    sequence: int


class Subscribe(BaseModel):
    """What to see from now on: an organisation's subtree, a box, or all that the caller may see.

    after: what happened behind this key is told first. everywhere: what happens is told of all that the caller may see,
    though only the members of `organisation` are shown.
    """

    type: Literal["subscribe"]
    organisation: str | None = Field(None, max_length=128)
    bbox: Annotated[tuple[_Degrees, _Degrees, _Degrees, _Degrees], AfterValidator(_is_box)] | None = None
    resume: Resume | None = None
    everywhere: bool = False
    after: int | None = Field(None, ge=0, lt=2**63, description="key of the last happening seen")


def welcome(epoch: str) -> bytes:
    """Signed in. epoch: sequences of another epoch mean nothing here."""
    return orjson.dumps({"type": "welcome", "epoch": epoch})


def snapshot(sequence: int, devices: Iterable[Device]) -> bytes:
    """Everybody; their frame follows."""
    return orjson.dumps({"type": "snapshot", "sequence": sequence, "members": [_who(device) for device in devices]})


def members(added: Iterable[Device], removed: list[int]) -> bytes:
    """Who came or is described anew, and the keys of those who left."""
    return orjson.dumps({"type": "members", "added": [_who(device) for device in added], "removed": removed})


def crossing(event: Mapping[str, Any]) -> bytes:
    """A geofence was entered or left."""
    return orjson.dumps({"type": "crossing", **event})


def happening(entry: Entry) -> bytes:
    """Something happened: an incident, an alert, a notice ... as it is now. key: to resume behind."""
    return orjson.dumps({"type": entry.topic, "key": entry.key, "at": entry.at, "body": entry.body})


def gap() -> bytes:
    """More happened than can be told: read the lists again."""
    return orjson.dumps({"type": "gap"})


def problem(detail: str) -> bytes:
    """What was asked cannot be done; the connection goes on."""
    return orjson.dumps({"type": "problem", "detail": detail})


def _who(device: Device) -> dict[str, Any]:
    return {
        "key": device.key, "device": device.id, "member": device.member_id, "name": device.member_name or device.id,
        "post": device.post, "organisation": device.organisation,
    }  # fmt: skip
