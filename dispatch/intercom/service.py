"""The intercom: channels of an organisation, an operation or an incident; text, voice clips, roll calls."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from dispatch.incidents.actor import Actor
from dispatch.intercom.model import LONGEST_S, MEDIA_TYPES, MOST_BYTES, clip_seconds
from dispatch.intercom.store import IntercomStore, Row
from dispatch.outbox.model import Happening, Topic
from dispatch.outbox.store import put
from registry.api.problems import BadRequest, NotFound, TooMany, Unsupported
from registry.files.model import looks_like
from registry.files.service import Disk
from registry.idempotency.queries import claim, keep

__all__ = ["MOST_A_MINUTE", "MOST_SHOWN", "IntercomService", "Place", "Where", "message_of"]

Place = tuple[float, float]
"""latitude, longitude."""
Where = Callable[[int], Place | None]
"""Where a member (key) was seen last."""

MOST_SHOWN = 2_000
"""Members of a channel in one answer."""
MOST_A_MINUTE = 60
"""Messages of one speaker."""
_ROLL_CALLS_FOR = timedelta(hours=1)
"""How long a roll call waits for handhelds that come back."""


class IntercomService:
    """folder: where clips lie; several servers share it. now: aware UTC."""

    def __init__(
        self, pool: AsyncConnectionPool, folder: Path, where: Where, now: Callable[[], datetime]
    ) -> None:  # fmt: skip
        self._pool, self._disk, self._where, self._now = pool, Disk(folder), where, now

    async def open(
        self, actor: Actor, *, name: str, organisation: str, incident: str | None, members: Sequence[str],
        idempotency_key: str | None = None,
    ) -> Row:  # fmt: skip
        """Open a channel. Raises NotFound for what the actor may not see."""
        async with self._pool.connection() as connection:
            store, scope = IntercomStore(connection), actor.organisation
            if idempotency_key is not None and actor.user is not None:
                earlier = await claim(connection, actor.user, idempotency_key, "channel")
                if earlier is not None:
                    return await _channel(store, earlier, actor)
            key = await store.organisation(organisation, scope)
            if key is None:
                raise NotFound(f"there is no organisation {organisation!r} that you may see")
            on = None if incident is None else await store.incident(incident, scope)
            if incident is not None and on is None:
                raise NotFound(f"there is no incident {incident!r} that you may see")
            found = await store.members(members, scope)
            if missing := [member for member in members if member not in found]:
                raise NotFound(f"there is no member {missing[0]!r} that you may see")
            made = await store.add(
                actor, self._now(), name=name, organisation=key, incident=on, members=list(found.values())
            )
            if idempotency_key is not None and actor.user is not None:
                await keep(connection, actor.user, idempotency_key, made)
            channel = await _channel(store, made, actor)
            await _tell(connection, channel, {"opened": True})
            return channel

    async def channels(self, actor: Actor, *, before: int, limit: int) -> list[Row]:
        """The newest first."""
        async with self._pool.connection() as connection:
            return await IntercomStore(connection).channels(actor, before=before, limit=limit)

    async def channel(self, channel: str, actor: Actor) -> Row:
        """One of them with its `members`, MOST_SHOWN at most. Raises NotFound."""
        async with self._pool.connection() as connection:
            store = IntercomStore(connection)
            found = await _channel(store, channel, actor)
            return found | {"members": await store.listeners(found["key"], MOST_SHOWN)}

    async def messages(self, channel: str, actor: Actor, *, before: int, limit: int) -> list[Row]:
        """The newest first. Raises NotFound."""
        async with self._pool.connection() as connection:
            store = IntercomStore(connection)
            found = await _channel(store, channel, actor)
            return await store.messages(found["key"], before=before, limit=limit)

    async def say(self, channel: str, actor: Actor, text: str, *, idempotency_key: str | None = None) -> Row:
        """A line of text to all who take part. Raises NotFound, TooMany."""
        async with self._pool.connection() as connection:
            store = IntercomStore(connection)
            earlier = await claim(connection, actor.user, idempotency_key, f"message on {channel}")
            if earlier is not None and (message := await store.message(earlier)) is not None:
                return message
            found = await self._to_speak(store, channel, actor)
            message = await store.say(found["key"], actor, self._now(), text=text, clip=None)
            await keep(connection, actor.user, idempotency_key, message["id"])
            await _tell(connection, found, {"message": message_of(message)})
            return message

    async def speak(
        self, channel: str, actor: Actor, data: bytes, media_type: str, seconds: float | None, *,
        idempotency_key: str | None = None,
    ) -> Row:  # fmt: skip
        """A voice clip to all who take part. seconds: as the recorder says, where the file does not.

        Raises BadRequest (too long), NotFound, TooMany, Unsupported.
        """
        if media_type not in MEDIA_TYPES or not looks_like(data, media_type):
            raise Unsupported(f"a clip is one of {', '.join(MEDIA_TYPES)}, and what it says it is")
        lasts = clip_seconds(data, media_type) or seconds
        if len(data) > MOST_BYTES or (lasts is not None and lasts > LONGEST_S):
            raise BadRequest(f"a clip has at most {MOST_BYTES} bytes and {LONGEST_S:.0f} seconds")
        async with self._pool.connection() as connection:
            await self._to_speak(IntercomStore(connection), channel, actor)
        sha256 = await asyncio.to_thread(self._disk.put, data)
        async with self._pool.connection() as connection:
            store = IntercomStore(connection)
            found = await _channel(store, channel, actor)
            earlier = await claim(connection, actor.user, idempotency_key, f"clip on {channel}")
            if earlier is not None and (message := await store.message(earlier)) is not None:
                return message
            clip = await store.add_clip(found["key"], self._now(), {
                "sha256": bytes.fromhex(sha256), "media_type": media_type, "bytes": len(data), "seconds": lasts,
            })  # fmt: skip
            message = await store.say(found["key"], actor, self._now(), text=None, clip=clip)
            await keep(connection, actor.user, idempotency_key, message["id"])
            await _tell(connection, found, {"message": message_of(message)})
            return message

    async def listen(self, clip: str, actor: Actor) -> tuple[str, AsyncIterator[bytes]]:
        """A clip's media type and bytes. Raises NotFound."""
        async with self._pool.connection() as connection:
            found = await IntercomStore(connection).clip(clip, actor)
        if found is None or not await asyncio.to_thread(self._disk.has, found["sha256"]):
            raise NotFound(f"there is no clip {clip!r} that you may hear")
        return found["media_type"], self._disk.chunks(found["sha256"])

    async def call_roll(self, channel: str, actor: Actor) -> Row:
        """Ask all who take part where they are. Raises NotFound."""
        async with self._pool.connection() as connection:
            store, now = IntercomStore(connection), self._now()
            found = await _channel(store, channel, actor)
            made, members = await store.call_roll(found["key"], actor, now)
            called = {"id": made, "asker": actor.name, "at": now}
            await _tell(connection, found, {"roll_call": called}, members)
            return await _roll_call(store, made, actor)

    async def roll_call(self, roll_call: str, actor: Actor) -> Row:
        """Who answered, where, and who did not. Raises NotFound."""
        async with self._pool.connection() as connection:
            return await _roll_call(IntercomStore(connection), roll_call, actor)

    async def here(self, roll_call: str, member: int, place: Place | None, note: str | None) -> Row:
        """A member (key) answers; without a place it is where he was seen last. Raises NotFound: he was not asked."""
        latitude, longitude = place or self._where(member) or (None, None)
        answer = {"at": self._now(), "latitude": latitude, "longitude": longitude, "note": note}
        async with self._pool.connection() as connection:
            kept = await IntercomStore(connection).answer(roll_call, member, answer)
            if kept is None:
                raise NotFound(f"there is no roll call {roll_call!r} for you")
            told = {name: value for name, value in kept.items() if name not in ("channel", "organisation_key")}
            body = {"id": kept["channel"], "answer": told}
            organisations = (kept["organisation_key"],)
            await put(connection, Happening(topic=Topic.CHANNEL, organisations=organisations, body=body))
            return told

    async def unanswered(self, member: int) -> list[dict[str, Any]]:
        """Roll calls that still wait for a member (key), as handhelds are told."""
        async with self._pool.connection() as connection:
            rows = await IntercomStore(connection).unanswered(member, self._now() - _ROLL_CALLS_FOR)
        return [
            {"id": row["channel"], "roll_call": {name: row[name] for name in ("id", "asker", "at")}} for row in rows
        ]

    async def _to_speak(self, store: IntercomStore, channel: str, actor: Actor) -> Row:
        """The channel, unless he has said too much already. Raises NotFound, TooMany."""
        found = await _channel(store, channel, actor)
        if await store.said_since(actor, self._now() - timedelta(minutes=1)) >= MOST_A_MINUTE:
            raise TooMany(f"at most {MOST_A_MINUTE} messages a minute", retry_after_s=60.0)
        return found


def message_of(row: Row) -> dict[str, Any]:
    """As people are told of it."""
    clip = None if row["clip"] is None else {"id": row["clip"]} | {
        name: row[name] for name in ("media_type", "seconds", "bytes")
    }  # fmt: skip
    return {name: row[name] for name in ("id", "at", "sender", "member", "text")} | {"clip": clip}


async def _channel(store: IntercomStore, channel: str, actor: Actor) -> Row:
    found = await store.channel(channel, actor)
    if found is None:
        raise NotFound(f"there is no channel {channel!r} that you may see")
    return found


async def _roll_call(store: IntercomStore, roll_call: str, actor: Actor) -> Row:
    found = await store.roll_call(roll_call, actor)
    if found is None:
        raise NotFound(f"there is no roll call {roll_call!r} that you may see")
    return found | {"answers": await store.answers(found["key"])}


async def _tell(
    connection: AsyncConnection, channel: Row, what: dict[str, Any], members: Sequence[int] | None = None
) -> None:
    """Those who watch over the organisation, and the handhelds of those who take part."""
    to = await IntercomStore(connection).participants(channel["key"]) if members is None else members
    body = {"id": channel["id"], "name": channel["name"], "incident": channel["incident"]} | what
    await put(connection, Happening(
        topic=Topic.CHANNEL, organisations=(channel["organisation_key"],), members=tuple(to), body=body
    ))  # fmt: skip
