"""What members say by their handhelds; dispatch/push/handhelds.py lists the messages. Pure."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Base64Bytes, BaseModel, Field

from dispatch.incidents.shapes import Latitude, Longitude, Text
from dispatch.intercom.model import LONGEST_S, MOST_BYTES
from registry.api.fields import Id, Line

__all__ = ["Clip", "Feedback", "Heard", "Here", "Listen", "Messages", "Read", "Received", "Say", "Step"]


Words = Annotated[Text, Field(pattern=r"^[^\x00]*$")]
"""What the database can hold."""


class Received(BaseModel, extra="ignore"):
    """The handheld shows the assignment."""

    type: Literal["received"]
    assignment: Id


class Step(BaseModel, extra="ignore"):
    """A step of an assignment."""

    type: Literal["assignment"]
    assignment: Id
    do: Literal["acknowledge", "decline", "en-route", "arrive"]
    reason: Words | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None


class Feedback(BaseModel, extra="ignore"):
    """The member is done."""

    type: Literal["feedback"]
    incident: Id
    note: Words
    latitude: Latitude | None = None
    longitude: Longitude | None = None


class Read(BaseModel, extra="ignore"):
    """The member has read a notice."""

    type: Literal["read"]
    notice: Id


class Messages(BaseModel, extra="ignore"):
    """The member reads a channel: its newest messages."""

    type: Literal["messages"]
    channel: Id


class Say(BaseModel, extra="ignore"):
    """The member writes on a channel."""

    type: Literal["say"]
    channel: Id
    text: Words


class Clip(BaseModel, extra="ignore"):
    """The member spoke on a channel. data: base64; seconds: as the recorder says."""

    type: Literal["clip"]
    channel: Id
    media_type: Id
    data: Base64Bytes = Field(max_length=MOST_BYTES)
    seconds: float | None = Field(None, ge=0.001, le=LONGEST_S, allow_inf_nan=False)


class Listen(BaseModel, extra="ignore"):
    """The member wants to hear a clip."""

    type: Literal["listen"]
    clip: Id


class Here(BaseModel, extra="ignore"):
    """The member answers a roll call; without a place it is where the handheld was seen last."""

    type: Literal["here"]
    roll_call: Id
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    note: Line | None = None


Heard = Annotated[
    Received | Step | Feedback | Read | Messages | Say | Clip | Listen | Here, Field(discriminator="type")
]
"""One message."""
