"""SQL of the intercom: channels and who takes part, messages, clips, roll calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

from dispatch.incidents.actor import Actor

__all__ = ["IntercomStore", "Row"]

Row = dict[str, Any]

_SENT = "a.state IN ('offered', 'acknowledged', 'en_route', 'on_scene')"
_TAKES_PART = f"""(EXISTS (SELECT FROM channel_members cm WHERE cm.channel = c.key AND cm.member = %(member)s)
        OR EXISTS (SELECT FROM assignments a WHERE a.incident = c.incident AND a.member = %(member)s AND {_SENT})
        OR c.everyone AND EXISTS (
            SELECT FROM members m JOIN organisation_closure oc ON oc.descendant = m.organisation
            WHERE m.key = %(member)s AND oc.ancestor = c.organisation))"""
_SEEN = f"""CASE WHEN %(only_own)s THEN {_TAKES_PART}
        ELSE %(scope)s::int IS NULL OR EXISTS (
            SELECT FROM organisation_closure oc WHERE oc.ancestor = %(scope)s AND oc.descendant = c.organisation) END"""
"""Whether an actor sees channel c: staff those of their subtree, a member those that he takes part in."""
_PARTICIPANTS = f"""SELECT cm.member FROM channel_members cm WHERE cm.channel = %(channel)s
        UNION SELECT a.member FROM assignments a JOIN channels c ON c.incident = a.incident
              WHERE c.key = %(channel)s AND a.member IS NOT NULL AND {_SENT}
        UNION SELECT m.key FROM channels c JOIN organisation_closure oc ON oc.ancestor = c.organisation
              JOIN members m ON m.organisation = oc.descendant WHERE c.key = %(channel)s AND c.everyone"""
_CHANNEL = """SELECT c.key, c.id, c.name, c.organisation AS organisation_key, o.id AS organisation, i.id AS incident,
                     c.everyone, c.at
              FROM channels c JOIN organisations o ON o.key = c.organisation
              LEFT JOIN incidents i ON i.key = c.incident"""
_MESSAGE = """SELECT s.key, s.id, s.at, s.sender, m.id AS member, s.text, k.id AS clip, k.media_type, k.seconds, k.bytes
              FROM messages s LEFT JOIN members m ON m.key = s.member LEFT JOIN clips k ON k.key = s.clip"""


def _by(actor: Actor) -> Row:
    return {"scope": actor.organisation, "only_own": actor.only_own, "member": actor.member}


class IntercomStore:
    """Over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self, actor: Actor, at: datetime, *, name: str, organisation: int, incident: int | None, members: Sequence[int]
    ) -> str:
        """Store a channel; its id. Without an incident and members it is for everyone below the organisation."""
        everyone = incident is None and not members
        cursor = await self._connection.execute(
            """INSERT INTO channels (key, id, name, organisation, incident, everyone, "user", at)
               SELECT n, 'C-' || n, %s, %s, %s, %s, %s, %s
               FROM nextval(pg_get_serial_sequence('channels', 'key')) AS n RETURNING key, id""",
            (name, organisation, incident, everyone, actor.user, at),
        )
        row = await cursor.fetchone()
        assert row is not None
        await self._connection.execute(
            "INSERT INTO channel_members (channel, member) SELECT %s, unnest(%s::int[]) ON CONFLICT DO NOTHING",
            (row[0], list(members)),
        )
        return str(row[1])

    async def organisation(self, organisation: str, scope: int | None) -> int | None:
        """The key of that organisation below `scope`."""
        return await self._key(
            """SELECT o.key FROM organisations o WHERE o.id = %(id)s AND (%(scope)s::int IS NULL OR EXISTS (
                   SELECT FROM organisation_closure c WHERE c.ancestor = %(scope)s AND c.descendant = o.key))""",
            {"id": organisation, "scope": scope},
        )

    async def incident(self, incident: str, scope: int | None) -> int | None:
        """The key of that incident below `scope`."""
        return await self._key(
            """SELECT i.key FROM incidents i WHERE i.id = %(id)s AND (%(scope)s::int IS NULL OR EXISTS (
                   SELECT FROM organisation_closure c
                   WHERE c.ancestor = %(scope)s AND c.descendant IN (i.organisation, i.place_organisation)))""",
            {"id": incident, "scope": scope},
        )

    async def members(self, members: Sequence[str], scope: int | None) -> dict[str, int]:
        """Keys of those members below `scope`, by id."""
        cursor = await self._connection.execute(
            """SELECT m.id, m.key FROM members m WHERE m.id = ANY(%(ids)s) AND (%(scope)s::int IS NULL OR EXISTS (
                   SELECT FROM organisation_closure c
                   WHERE c.ancestor = %(scope)s AND c.descendant = m.organisation))""",
            {"ids": list(members), "scope": scope},
        )
        return {str(one): int(key) for one, key in await cursor.fetchall()}

    async def channel(self, channel: str, actor: Actor) -> Row | None:
        """That channel, if the actor sees it."""
        rows = await self._rows(f"{_CHANNEL} WHERE c.id = %(id)s AND {_SEEN}", {"id": channel} | _by(actor))
        return rows[0] if rows else None

    async def channels(self, actor: Actor, *, before: int, limit: int) -> list[Row]:
        """The newest first."""
        return await self._rows(
            f"""{_CHANNEL} WHERE (%(before)s = 0 OR c.key < %(before)s) AND {_SEEN}
                ORDER BY c.key DESC LIMIT %(limit)s""",
            {"before": before, "limit": limit} | _by(actor),
        )

    async def participants(self, channel: int) -> list[int]:
        """Keys of the members who take part now."""
        cursor = await self._connection.execute(_PARTICIPANTS.encode(), {"channel": channel})
        return [member for (member,) in await cursor.fetchall()]

    async def said_since(self, actor: Actor, since: datetime) -> int:
        """How many messages somebody sent since then, on any channel."""
        return await self._key(
            """SELECT count(*) FROM messages
               WHERE at >= %(since)s AND (member = %(member)s OR "user" = %(user)s)
                 AND key > (SELECT COALESCE(max(key), 0) - 10000 FROM messages)""",
            {"since": since, "member": actor.member, "user": actor.user},
        ) or 0  # fmt: skip

    async def listeners(self, channel: int, limit: int) -> list[Row]:
        """Member (id), name, organisation (id) of those who take part now, by the registry's order."""
        return await self._rows(
            f"""SELECT m.id AS member, m.name, o.id AS organisation FROM members m
                JOIN organisations o ON o.key = m.organisation
                WHERE m.key IN ({_PARTICIPANTS}) ORDER BY m.key LIMIT %(limit)s""",
            {"channel": channel, "limit": limit},
        )

    async def say(self, channel: int, actor: Actor, at: datetime, *, text: str | None, clip: int | None) -> Row:
        """Store a message."""
        cursor = await self._connection.execute(
            """INSERT INTO messages (key, id, channel, at, sender, "user", member, text, clip)
               SELECT n, 'M-' || n, %s, %s, %s, %s, %s, %s, %s
               FROM nextval(pg_get_serial_sequence('messages', 'key')) AS n RETURNING key""",
            (channel, at, actor.name, actor.user, actor.member, text, clip),
        )
        row = await cursor.fetchone()
        assert row is not None
        return (await self._rows(f"{_MESSAGE} WHERE s.key = %(key)s", {"key": row[0]}))[0]

    async def message(self, message: str) -> Row | None:
        """The message of that id."""
        rows = await self._rows(f"{_MESSAGE} WHERE s.id = %(id)s", {"id": message})
        return rows[0] if rows else None

    async def messages(self, channel: int, *, before: int, limit: int) -> list[Row]:
        """The newest first."""
        return await self._rows(
            f"""{_MESSAGE} WHERE s.channel = %(channel)s AND (%(before)s = 0 OR s.key < %(before)s)
                ORDER BY s.key DESC LIMIT %(limit)s""",
            {"channel": channel, "before": before, "limit": limit},
        )

    async def add_clip(self, channel: int, at: datetime, clip: Mapping[str, Any]) -> int:
        """Store what is known of a clip: sha256, media_type, bytes, seconds; its key."""
        key = await self._key(
            """INSERT INTO clips (key, id, channel, sha256, media_type, bytes, seconds, at)
               SELECT n, 'V-' || n, %(channel)s, %(sha256)s, %(media_type)s, %(bytes)s, %(seconds)s, %(at)s
               FROM nextval(pg_get_serial_sequence('clips', 'key')) AS n RETURNING key""",
            {"channel": channel, "at": at} | dict(clip),
        )
        assert key is not None
        return key

    async def clip(self, clip: str, actor: Actor) -> Row | None:
        """id, sha256 (hex), media_type; None where the actor does not see its channel."""
        rows = await self._rows(
            f"""SELECT k.id, encode(k.sha256, 'hex') AS sha256, k.media_type FROM clips k
                JOIN channels c ON c.key = k.channel WHERE k.id = %(id)s AND {_SEEN}""",
            {"id": clip} | _by(actor),
        )
        return rows[0] if rows else None

    async def call_roll(self, channel: int, actor: Actor, at: datetime) -> tuple[str, list[int]]:
        """Ask all who take part; the roll call's id, and keys of those who are asked."""
        cursor = await self._connection.execute(
            """INSERT INTO roll_calls (key, id, channel, asker, "user", at)
               SELECT n, 'R-' || n, %s, %s, %s, %s
               FROM nextval(pg_get_serial_sequence('roll_calls', 'key')) AS n RETURNING key, id""",
            (channel, actor.name, actor.user, at),
        )
        row = await cursor.fetchone()
        assert row is not None
        cursor = await self._connection.execute(
            f"""INSERT INTO roll_call_answers (roll_call, member)
                SELECT %(roll_call)s, p.member FROM ({_PARTICIPANTS}) p RETURNING member""".encode(),
            {"roll_call": row[0], "channel": channel},
        )
        return str(row[1]), [member for (member,) in await cursor.fetchall()]

    async def roll_call(self, roll_call: str, actor: Actor) -> Row | None:
        """key, id, channel (id), asker, at; None where the actor does not see its channel."""
        rows = await self._rows(
            f"""SELECT r.key, r.id, c.id AS channel, r.asker, r.at
                FROM roll_calls r JOIN channels c ON c.key = r.channel WHERE r.id = %(id)s AND {_SEEN}""",
            {"id": roll_call} | _by(actor),
        )
        return rows[0] if rows else None

    async def answers(self, roll_call: int) -> list[Row]:
        """Of all who were asked: member, name, answered_at, latitude, longitude, note; who did not answer first."""
        return await self._rows(
            """SELECT m.id AS member, m.name, a.answered_at, a.latitude, a.longitude, a.note
               FROM roll_call_answers a JOIN members m ON m.key = a.member WHERE a.roll_call = %(roll_call)s
               ORDER BY a.answered_at NULLS FIRST, m.key""",
            {"roll_call": roll_call},
        )

    async def unanswered(self, member: int, since: datetime) -> list[Row]:
        """Roll calls since then that a member (key) did not answer: id, channel (id), asker, at."""
        return await self._rows(
            """SELECT r.id, c.id AS channel, r.asker, r.at FROM roll_call_answers a
               JOIN roll_calls r ON r.key = a.roll_call JOIN channels c ON c.key = r.channel
               WHERE a.member = %(member)s AND a.answered_at IS NULL AND r.at >= %(since)s ORDER BY r.key""",
            {"member": member, "since": since},
        )

    async def answer(self, roll_call: str, member: int, answer: Mapping[str, Any]) -> Row | None:
        """Keep at, latitude, longitude and note; the newest counts. What is told of it; None: he was not asked."""
        rows = await self._rows(
            """UPDATE roll_call_answers a SET answered_at = %(at)s, latitude = %(latitude)s, longitude = %(longitude)s,
                      note = %(note)s
               FROM roll_calls r, channels c, members m
               WHERE r.id = %(id)s AND a.roll_call = r.key AND a.member = %(member)s AND c.key = r.channel
                 AND m.key = a.member
               RETURNING c.id AS channel, c.organisation AS organisation_key, r.id AS roll_call, m.id AS member, m.name,
                         a.answered_at, a.latitude, a.longitude, a.note""",
            {"id": roll_call, "member": member} | dict(answer),
        )
        return rows[0] if rows else None

    async def _key(self, query: str, values: Mapping[str, Any]) -> int | None:
        cursor = await self._connection.execute(query.encode(), values)
        row = await cursor.fetchone()
        return None if row is None else int(row[0])

    async def _rows(self, query: str, values: Mapping[str, Any]) -> list[Row]:
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query.encode(), values)
            return await cursor.fetchall()
