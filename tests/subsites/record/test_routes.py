"""Rows of the routes table that every desk has alike."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from registry.api.route import Call, Caller, Role
from subsites.record.model import Told
from subsites.record.routes import RoomRoutes
from subsites.record.shapes import NoteIn, VersionIn

DORA = Caller(user=1, name="dora", role=Role.OFFICER, organisation=1, organisation_id="-", member=None)


class LampOut(BaseModel):
    """A lamp."""

    id: str
    note: str


async def _close(lamp: str, caller: Caller, version: int | None, note: str) -> Told:
    return {"id": lamp, "note": f"{caller.name} {version}: {note}"}


async def test_the_fields_of_the_body_are_arguments_by_name() -> None:
    route = RoomRoutes("/lamps", LampOut).step("close", _close, "It is out", NoteIn)
    body = NoteIn(note="old", version=2)
    call = Call(caller=DORA, path={"id": "L-1"}, query=None, body=body, token=None, address="127.0.0.1:1")
    assert await route.handler(call) == LampOut(id="L-1", note="dora 2: old")
    assert (route.path, route.tag) == ("/lamps/{id}/close", "lamps")


def test_a_body_that_does_not_fit_the_deed_stops_the_start() -> None:
    with pytest.raises(TypeError, match="note"):
        RoomRoutes("/lamps", LampOut).step("close", _close, "It is out", VersionIn)
