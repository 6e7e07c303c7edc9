"""What members say by their handhelds; dispatch/push/handhelds.py lists the messages. Pure."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from dispatch.incidents.shapes import Latitude, Longitude, Text
from registry.api.fields import Id

__all__ = ["Feedback", "Heard", "Read", "Received", "Step"]


class Received(BaseModel, extra="ignore"):
    """The handheld shows the assignment."""

    type: Literal["received"]
    assignment: Id


class Step(BaseModel, extra="ignore"):
    """A step of an assignment."""

    type: Literal["assignment"]
    assignment: Id
    do: Literal["acknowledge", "decline", "en-route", "arrive"]
    reason: Text | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None


class Feedback(BaseModel, extra="ignore"):
    """The member is done."""

    type: Literal["feedback"]
    incident: Id
    note: Text
    latitude: Latitude | None = None
    longitude: Longitude | None = None


class Read(BaseModel, extra="ignore"):
    """The member has read a notice."""

    type: Literal["read"]
    notice: Id


Heard = Annotated[Received | Step | Feedback | Read, Field(discriminator="type")]
"""One message."""
