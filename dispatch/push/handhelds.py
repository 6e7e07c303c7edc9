"""The handhelds that are connected here: assignments and notices reach them at once, and again until answered.

A handheld that connects is sent everything that its member still has to do and to read, then what happens. Its queue
is bounded: one that does not read is cut off, and gets everything pending when it comes back; so is one whose device
another member carries from now on. What its member does goes the same way as by the API, so that nothing is decided
here.

    server -> handheld   {"type": "assignment", "id", "state", "purpose", "answer_by", ..., "incident": {...}}
                         {"type": "notice", "id", "title", "body", "urgent", "author", "at", "organisation"}
                         {"type": "pending", "assignments": [ids], "notices": [ids]}   after all that was pending:
                                                                                       whatever else it knows is over
                         {"type": "alert" | "notice" | "channel" | "shift", "key", ...}   as it happens
    handheld -> server   {"type": "received", "assignment": id}
                         {"type": "assignment", "assignment": id, "do": "acknowledge" | "decline" | "en-route" |
                          "arrive", "reason"?, "latitude"?, "longitude"?}
                         {"type": "feedback", "incident": id, "note", "latitude"?, "longitude"?}
                         {"type": "read", "notice": id}
                         {"type": "messages", "channel": id}, {"type": "say", "channel": id, "text"}
                         {"type": "clip", "channel": id, "media_type", "data": base64, "seconds"?}
                         {"type": "listen", "clip": id}
                         {"type": "here", "roll_call": id, "latitude"?, "longitude"?, "note"?}
each answered with {"type": "ack", ...} ("listen": {"type": "clip", "clip", "media_type", "data": base64}), or
{"type": "problem", "detail", "status", "retry_after_s"?}.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakValueDictionary

import orjson
from pydantic import TypeAdapter, ValidationError
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed
from websockets.frames import CloseCode

from dispatch.assignments.service import AssignmentService
from dispatch.incidents.actor import Actor, handheld
from dispatch.incidents.api import place_of
from dispatch.incidents.model import Action
from dispatch.intercom.service import IntercomService, message_of
from dispatch.notices.service import NoticeService
from dispatch.outbox.model import Entry, Topic
from dispatch.push.handheld_messages import Clip, Feedback, Heard, Here, Listen, Messages, Read, Received, Say, Step
from registry.api.problems import Problem
from registry.devices.model import Device

__all__ = ["Handhelds"]

_log = logging.getLogger(__name__)

_MOST_WAITING = 256
_LATER_S = 5.0
_MESSAGES = 50
_INCIDENT = (
    "id", "state", "kind", "kind_en", "kind_zh", "priority", "latitude", "longitude", "address", "description", "drill",
    "due_at",
)  # fmt: skip
_HEARD: TypeAdapter[Heard] = TypeAdapter(Heard)

Current = Callable[[int], Device | None]

_NOBODY = -1


@dataclass(slots=True, eq=False)
class _Link:
    """A connected device. messages: what it is to be sent; None: nothing more, it is to come back."""

    device: Device
    messages: asyncio.Queue[dict[str, Any] | None] = field(default_factory=lambda: asyncio.Queue(_MOST_WAITING))

    def put(self, message: dict[str, Any]) -> None:
        """Queue it; a queue that is full is ended, so that its handheld comes back for everything."""
        try:
            self.messages.put_nowait(message)
        except asyncio.QueueFull:
            self.end()

    def end(self) -> None:
        """Cut it off."""
        while not self.messages.empty():
            self.messages.get_nowait()
        self.messages.put_nowait(None)


class Handhelds:
    """Of this process. It is a Downlink. current: the device of a key as the registry has it now."""

    def __init__(
        self, assignments: AssignmentService, notices: NoticeService, intercom: IntercomService, current: Current
    ) -> None:
        self._assignments, self._notices, self._intercom, self._current = assignments, notices, intercom, current
        self._links: defaultdict[int, set[_Link]] = defaultdict(set)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @property
    def connected(self) -> int:
        """How many."""
        return sum(map(len, self._links.values()))

    @contextlib.asynccontextmanager
    async def attached(self, device: Device, connection: ServerConnection) -> AsyncIterator[None]:
        """Send this device what concerns its member; nobody's device is told when somebody takes it up."""
        link = _Link(self._current(device.key) or device)
        member = link.device.member or _NOBODY
        self._links[member].add(link)
        sender = asyncio.create_task(self._send(link, connection), name=f"device {device.id} downlink")
        try:
            yield
        finally:
            self._links[member].discard(link)
            if not self._links[member]:
                del self._links[member]
            sender.cancel()
            await asyncio.gather(sender, return_exceptions=True)

    def changed(self, devices: Iterable[Device]) -> None:
        """Cut off those whose device is another's by now, or nobody's: it is told its new member's things only."""
        now = {device.key: device for device in devices}
        for link in [link for links in self._links.values() for link in links if link.device.key in now]:
            device = now[link.device.key]
            if device.retired or device.member != link.device.member:
                link.end()

    def happened(self, entry: Entry) -> None:
        """Tell the handhelds of the members whom it concerns."""
        for member in entry.members & self._links.keys():
            for link in self._links[member]:
                link.put({"key": entry.key, "topic": entry.topic, "body": entry.body})

    async def heard(self, device: Device, message: dict[str, object]) -> dict[str, object]:
        """Do what the member says, one thing after the other. A refusal is a problem, told with its reason."""
        device = self._current(device.key) or device
        if device.member is None or device.member_name is None or device.retired:
            return {"type": "problem", "detail": "nobody carries this device", "status": 403}
        actor = handheld(device.member, device.member_id or device.id)
        turn = self._turns.setdefault(device.key, asyncio.Lock())
        try:
            async with turn:
                return {"type": "ack"} | await self._do(actor, device.member, _HEARD.validate_python(message))
        except ValidationError as error:
            return {"type": "problem", "detail": f"not understood: {error.errors()[0]['msg']}", "status": 400}
        except Problem as refusal:
            later = {} if refusal.retry_after_s is None else {"retry_after_s": refusal.retry_after_s}
            return {"type": "problem", "detail": refusal.detail, "status": refusal.status} | later
        except Exception as error:  # noqa: BLE001 - supervisor of one message: the database is away
            _log.warning("a handheld's message failed", extra={"device": device.id, "error": str(error).strip()})
            detail = "this cannot be done now: send it again later"
            return {"type": "problem", "detail": detail, "status": 503, "retry_after_s": _LATER_S}

    async def _do(self, actor: Actor, member: int, said: Heard) -> dict[str, object]:
        """Do it; what the answer says besides."""
        match said:
            case Received():
                await self._assignments.delivered(said.assignment, member)
            case Step():
                place = place_of(said.latitude, said.longitude)
                await self._assignments.step(said.assignment, actor, Action(said.do), reason=said.reason, place=place)
            case Feedback():
                place = place_of(said.latitude, said.longitude)
                await self._assignments.feedback(said.incident, actor, None, said.note, place=place)
            case Read():
                await self._notices.read(said.notice, member)
            case Here():
                place = place_of(said.latitude, said.longitude)
                await self._intercom.here(said.roll_call, member, place, said.note)
            case Messages() | Say() | Clip() | Listen():
                return await self._speak(actor, said)
        return {}

    async def _speak(self, actor: Actor, said: Messages | Say | Clip | Listen) -> dict[str, object]:
        match said:
            case Messages():
                rows = await self._intercom.messages(said.channel, actor, before=0, limit=_MESSAGES)
                return {"messages": [message_of(row) for row in reversed(rows)]}
            case Say():
                return {"message": message_of(await self._intercom.say(said.channel, actor, said.text))}
            case Clip():
                row = await self._intercom.speak(said.channel, actor, said.data, said.media_type, said.seconds)
                return {"message": message_of(row)}
            case Listen():
                media_type, chunks = await self._intercom.listen(said.clip, actor)
                data = b"".join([chunk async for chunk in chunks])
                text = base64.b64encode(data).decode()
                return {"type": "clip", "clip": said.clip, "media_type": media_type, "data": text}

    async def _send(self, link: _Link, connection: ServerConnection) -> None:
        """Everything pending, then what comes; who does not read, and whoever cannot be served, is cut off."""
        device = link.device
        try:
            if device.member is not None:
                for message in await self._pending(device, device.member):
                    await connection.send(_text(message))
            while (waiting := await link.messages.get()) is not None:
                for one in _messages_of(device, waiting):
                    await connection.send(_text(one))
        except ConnectionClosed:
            return
        except Exception as error:  # noqa: BLE001 - supervisor of one handheld: the database is away
            _log.warning("a handheld is cut off", extra={"device": device.id, "error": str(error).strip()})
        await connection.close(CloseCode.TRY_AGAIN_LATER, "come back for what is pending")

    async def _pending(self, device: Device, member: int) -> list[dict[str, Any]]:
        """What its member still has to do and to read, and that this is all."""
        incidents = await self._assignments.pending(member)
        assignments = [one for told in incidents for one in _assignments_of(device, told)]
        notices = await self._notices.unread(member)
        ids = {"assignments": [one["id"] for one in assignments], "notices": [one["id"] for one in notices]}
        told = [{"type": Topic.NOTICE} | one for one in notices]
        called = [{"type": Topic.CHANNEL} | one for one in await self._intercom.unanswered(member)]
        return [*assignments, *told, *called, {"type": "pending"} | ids]


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
