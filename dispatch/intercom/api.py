"""/channels, /clips and /roll-calls: the intercom."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from dispatch.incidents.actor import actor_of
from dispatch.incidents.api import DISPATCHERS, place_of
from dispatch.incidents.shapes import Latitude, Longitude, Text
from dispatch.intercom.model import LONGEST_S, MEDIA_TYPES, MOST_BYTES
from dispatch.intercom.service import IntercomService, message_of
from dispatch.intercom.store import Row
from registry.api.fields import Id, Line
from registry.api.paging import PageQuery, after_key, page_of
from registry.api.problems import NotFound
from registry.api.route import EVERYBODY, Call, Download, Role, Route, Upload, Uploaded

__all__ = ["routes"]

_SPEAKERS = EVERYBODY - {Role.OBSERVER}
_CALLERS = DISPATCHERS | {Role.SUPERVISOR}


class ChannelIn(BaseModel, extra="forbid"):
    """Who takes part: `members` (ids), and who is sent to the incident; with neither, all below the organisation."""

    name: Line
    organisation: Id
    incident: Id | None = None
    members: list[Id] = Field(default_factory=list, max_length=2_000)


class ChannelOut(BaseModel):
    """A channel. everyone: all members below the organisation take part."""

    id: str
    name: str
    organisation: str
    incident: str | None
    everyone: bool
    at: datetime


class ChannelPage(BaseModel):
    """Channels, the newest first."""

    items: list[ChannelOut]
    next: str | None


class ListenerOut(BaseModel):
    """A member who takes part now."""

    member: str
    name: str
    organisation: str


class ChannelDetail(ChannelOut):
    """A channel with who takes part now, 2,000 at most."""

    members: list[ListenerOut]


class TextIn(BaseModel, extra="forbid"):
    """What is said."""

    text: Text


class ClipOut(BaseModel):
    """A voice clip; its bytes are at /clips/{id}. seconds: null where nobody said."""

    id: str
    media_type: str
    seconds: float | None
    bytes: int


class MessageOut(BaseModel):
    """A message: text or a clip. member: id, where a member said it."""

    id: str
    at: datetime
    sender: str
    member: str | None
    text: str | None
    clip: ClipOut | None


class MessagePage(BaseModel):
    """Messages, the newest first."""

    items: list[MessageOut]
    next: str | None


class ClipQuery(BaseModel, extra="forbid"):
    """seconds: how long it lasts, as the recorder says."""

    seconds: float | None = Field(None, ge=0.001, le=LONGEST_S, allow_inf_nan=False)


class AnswerOut(BaseModel):
    """A member who was asked. answered_at: null while he has not answered; latitude, longitude: null unknown."""

    member: str
    name: str
    answered_at: datetime | None
    latitude: float | None
    longitude: float | None
    note: str | None


class RollCallOut(BaseModel):
    """A roll call; who has not answered stands first."""

    id: str
    channel: str
    asker: str
    at: datetime
    answers: list[AnswerOut]


class HereIn(BaseModel, extra="forbid"):
    """Where the member is; left out: where the handheld was seen last."""

    latitude: Latitude | None = None
    longitude: Longitude | None = None
    note: Line | None = None


class _Handlers:
    def __init__(self, service: IntercomService) -> None:
        self._service = service

    async def open(self, call: Call) -> ChannelOut:
        """Open one."""
        body: ChannelIn = call.body
        row = await self._service.open(
            actor_of(call.user), name=body.name, organisation=body.organisation, incident=body.incident,
            members=body.members, idempotency_key=call.idempotency_key,
        )  # fmt: skip
        return ChannelOut.model_validate(row)

    async def channels(self, call: Call) -> ChannelPage:
        """Those the caller may see."""
        query: PageQuery = call.query
        rows = await self._service.channels(actor_of(call.user), before=after_key(query.cursor), limit=query.limit)
        return page_of(ChannelPage, rows, query.limit)

    async def channel(self, call: Call) -> ChannelDetail:
        """One of them."""
        return ChannelDetail.model_validate(await self._service.channel(call.path["id"], actor_of(call.user)))

    async def messages(self, call: Call) -> MessagePage:
        """What was said."""
        query: PageQuery = call.query
        rows = await self._service.messages(
            call.path["id"], actor_of(call.user), before=after_key(query.cursor), limit=query.limit
        )
        return page_of(MessagePage, rows, query.limit, _message)

    async def say(self, call: Call) -> MessageOut:
        """Say it."""
        body: TextIn = call.body
        return _message(
            await self._service.say(
                call.path["id"], actor_of(call.user), body.text, idempotency_key=call.idempotency_key
            )
        )

    async def speak(self, call: Call) -> MessageOut:
        """Send a clip."""
        uploaded: Uploaded = call.body
        query: ClipQuery = call.query
        row = await self._service.speak(
            call.path["id"], actor_of(call.user), uploaded.data, uploaded.media_type, query.seconds,
            idempotency_key=call.idempotency_key,
        )  # fmt: skip
        return _message(row)

    async def listen(self, call: Call) -> Download:
        """A clip's bytes."""
        media_type, chunks = await self._service.listen(call.path["id"], actor_of(call.user))
        return Download(media_type=media_type, chunks=chunks)

    async def call_roll(self, call: Call) -> RollCallOut:
        """Ask where everybody is."""
        return RollCallOut.model_validate(await self._service.call_roll(call.path["id"], actor_of(call.user)))

    async def roll_call(self, call: Call) -> RollCallOut:
        """Who answered."""
        return RollCallOut.model_validate(await self._service.roll_call(call.path["id"], actor_of(call.user)))

    async def here(self, call: Call) -> AnswerOut:
        """I am here."""
        body: HereIn = call.body
        if call.user.member is None:
            raise NotFound(f"there is no roll call {call.path['id']!r} for you")
        place = place_of(body.latitude, body.longitude)
        return AnswerOut.model_validate(
            await self._service.here(call.path["id"], call.user.member, place, body.note)
        )  # fmt: skip


def _message(row: Row) -> MessageOut:
    return MessageOut.model_validate(message_of(row))


def routes(service: IntercomService) -> list[Route]:
    """The intercom's routes."""
    handlers, tag = _Handlers(service), "intercom"
    channel, roll_call = "/channels/{id}", "/roll-calls/{id}"
    return [
        Route(method="POST", path="/channels", handler=handlers.open, tag=tag, summary="Open a channel", body=ChannelIn,
              answer=ChannelOut, status=201, roles=_CALLERS, idempotent=True, problems=(404, 409)),
        Route(method="GET", path="/channels", handler=handlers.channels, tag=tag,
              summary="Channels; a member's are those that he takes part in", query=PageQuery, answer=ChannelPage,
              roles=EVERYBODY),
        Route(method="GET", path=channel, handler=handlers.channel, tag=tag, summary="A channel and who takes part now",
              answer=ChannelDetail, roles=EVERYBODY, problems=(404,)),
        Route(method="GET", path=f"{channel}/messages", handler=handlers.messages, tag=tag, summary="What was said",
              query=PageQuery, answer=MessagePage, roles=EVERYBODY, problems=(404,)),
        Route(method="POST", path=f"{channel}/messages", handler=handlers.say, tag=tag, summary="Say something",
              body=TextIn, answer=MessageOut, status=201, roles=_SPEAKERS, idempotent=True, problems=(404, 409, 429)),
        Route(method="POST", path=f"{channel}/clips", handler=handlers.speak, tag=tag,
              summary="Send a voice clip of at most a minute", query=ClipQuery,
              upload=Upload(media_types=MEDIA_TYPES, most_bytes=MOST_BYTES), answer=MessageOut, status=201,
              roles=_SPEAKERS, idempotent=True, problems=(404, 409, 415, 429)),
        Route(method="GET", path="/clips/{id}", handler=handlers.listen, tag=tag, summary="A clip's bytes",
              media_type="application/octet-stream", media_types=MEDIA_TYPES, roles=EVERYBODY, problems=(404,)),
        Route(method="POST", path=f"{channel}/roll-calls", handler=handlers.call_roll, tag=tag,
              summary="Ask all who take part where they are", answer=RollCallOut, status=201, roles=_CALLERS,
              problems=(404,)),
        Route(method="GET", path=roll_call, handler=handlers.roll_call, tag=tag,
              summary="Who answered, where, and who did not", answer=RollCallOut, problems=(404,)),
        Route(method="POST", path=f"{roll_call}/answer", handler=handlers.here, tag=tag, summary="The member is here",
              body=HereIn, answer=AnswerOut, roles=frozenset({Role.MEMBER}), problems=(404,)),
    ]  # fmt: skip
