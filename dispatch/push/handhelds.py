"""The handhelds that are connected here: assignments and notices reach them at once, and again until answered.

A handheld that connects is sent everything that its member still has to do, then what happens. Its queue is bounded:
one that does not read is cut off, and gets everything pending when it comes back. What its member does goes the same
way as by the API, so that nothing is decided here.

    server -> handheld   {"type": "assignment", "id", "state", "purpose", "answer_by", ..., "incident": {...}}
                         {"type": "alert" | "notice" | "channel" | "shift", ...}
    handheld -> server   {"type": "received", "assignment": id}
                         {"type": "assignment", "assignment": id, "do": "acknowledge" | "decline" | "en-route" |
                          "arrive", "reason"?, "latitude"?, "longitude"?}
                         {"type": "feedback", "incident": id, "note", "latitude"?, "longitude"?}
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import AsyncIterator
from typing import Any

import orjson
from pydantic import TypeAdapter, ValidationError
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed
from websockets.frames import CloseCode

from dispatch.assignments.service import AssignmentService
from dispatch.incidents.actor import Actor, handheld
from dispatch.incidents.api import place_of
from dispatch.incidents.model import Action
from dispatch.outbox.model import Entry, Topic
from dispatch.push.handheld_messages import Feedback, Heard, Received, Step
from registry.api.problems import Problem
from registry.devices.model import Device

__all__ = ["Handhelds"]

_log = logging.getLogger(__name__)

_MOST_WAITING = 256
_INCIDENT = (
    "id", "state", "kind", "kind_en", "kind_zh", "priority", "latitude", "longitude", "address", "description", "drill",
    "due_at",
)  # fmt: skip
_HEARD: TypeAdapter[Heard] = TypeAdapter(Heard)

Messages = asyncio.Queue["dict[str, Any] | None"]


class Handhelds:
    """Of this process. It is a Downlink."""

    def __init__(self, assignments: AssignmentService) -> None:
        self._assignments = assignments
        self._links: defaultdict[int, set[Messages]] = defaultdict(set)

    @property
    def connected(self) -> int:
        """How many."""
        return sum(map(len, self._links.values()))

    @contextlib.asynccontextmanager
    async def attached(self, device: Device, connection: ServerConnection) -> AsyncIterator[None]:
        """Send this device what concerns its member."""
        if device.member is None:
            yield
            return
        messages: Messages = asyncio.Queue(_MOST_WAITING)
        self._links[device.member].add(messages)
        sender = asyncio.create_task(self._send(device, messages, connection), name=f"device {device.id} downlink")
        try:
            yield
        finally:
            self._links[device.member].discard(messages)
            if not self._links[device.member]:
                del self._links[device.member]
            sender.cancel()
            await asyncio.gather(sender, return_exceptions=True)

    def happened(self, entry: Entry) -> None:
        """Tell the handhelds of the members whom it concerns."""
        for member in entry.members & self._links.keys():
            for messages in list(self._links[member]):
                _put(messages, {"key": entry.key, "topic": entry.topic, "body": entry.body})

    async def heard(self, device: Device, message: dict[str, object]) -> dict[str, object]:
        """Do what the member says. A refusal is a problem, told with its reason."""
        if device.member is None or device.member_name is None:
            return {"type": "problem", "detail": "nobody carries this device"}
        actor = handheld(device.member, device.member_id or device.id)
        try:
            await self._do(actor, device.member, _HEARD.validate_python(message))
        except ValidationError as error:
            return {"type": "problem", "detail": f"not understood: {error.errors()[0]['msg']}"}
        except Problem as refusal:
            return {"type": "problem", "detail": refusal.detail, "status": refusal.status}
        return {"type": "ack"}

    async def _do(self, actor: Actor, member: int, said: Heard) -> None:
        match said:
            case Received():
                await self._assignments.delivered(said.assignment, member)
            case Step():
                place = place_of(said.latitude, said.longitude)
                await self._assignments.step(said.assignment, actor, Action(said.do), reason=said.reason, place=place)
            case Feedback():
                place = place_of(said.latitude, said.longitude)
                await self._assignments.feedback(said.incident, actor, None, said.note, place=place)

    async def _send(self, device: Device, messages: Messages, connection: ServerConnection) -> None:
        """Everything pending, then what comes; who does not read, and whoever cannot be served, is cut off."""
        assert device.member is not None
        try:
            for told in await self._assignments.pending(device.member):
                for message in _assignments_of(device, told):
                    await connection.send(_text(message))
            while (waiting := await messages.get()) is not None:
                for one in _messages_of(device, waiting):
                    await connection.send(_text(one))
        except ConnectionClosed:
            return
        except Exception as error:  # noqa: BLE001 - supervisor of one handheld: the database is away
            _log.warning("a handheld is cut off", extra={"device": device.id, "error": str(error).strip()})
        await connection.close(CloseCode.TRY_AGAIN_LATER, "come back for what is pending")


def _put(messages: Messages, message: dict[str, Any]) -> None:
    """Queue it; a queue that is full is ended, so that its handheld comes back for everything."""
    try:
        messages.put_nowait(message)
    except asyncio.QueueFull:
        while not messages.empty():
            messages.get_nowait()
        messages.put_nowait(None)


def _messages_of(device: Device, message: dict[str, Any]) -> list[dict[str, Any]]:
    if message["topic"] == Topic.INCIDENT:
        return _assignments_of(device, message["body"])
    return [{"type": message["topic"], "key": message["key"]} | message["body"]]


def _assignments_of(device: Device, told: dict[str, Any]) -> list[dict[str, Any]]:
    """What this member is told of an incident: his assignments on it, and what it is about."""
    incident = {name: told[name] for name in _INCIDENT}
    mine = [one for one in told["assignments"] if one["member"] == device.member_id]
    return [{"type": "assignment"} | one | {"incident": incident} for one in mine[-1:]]


def _text(message: dict[str, Any]) -> str:
    return orjson.dumps(message).decode()
