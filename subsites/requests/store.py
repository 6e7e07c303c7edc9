"""SQL of requests and their messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

from subsites.record.desk import Subject, page_of
from subsites.record.model import Told

__all__ = ["REQUEST", "RequestStore"]

REQUEST = Subject(
    table="requests",
    prefix="RQ",
    word="request",
    told="""x.state, x.kind, x.subject, x.body, x.latitude, x.longitude, x.address, x.source, x.language, x.name_sealed,
            x.telephone_sealed, x.taken_by, x.answer, x.unread, x.created_at, x.ended_at, x.followed_up_at,
            x.organisation AS organisation_key, i.id AS incident, i.state AS incident_state, e.score,
            e.comment AS score_comment""",
    joins="""LEFT JOIN incidents i ON i.key = x.incident
             LEFT JOIN evaluations e ON e.subject = 'requests' AND e.record = x.key""",
)


class RequestStore:
    """Requests over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def page(self, scope: int, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """The newest first; filters: state, kind, organisation (id, its subtree), open, text."""
        return await page_of(self._connection, REQUEST, scope, filters, _ASKED, before=before, limit=limit)

    async def messages(self, request: int) -> list[Told]:
        """Of a request (key), the oldest first, 500 at most."""
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(
                "SELECT at, by_citizen, author, body FROM request_messages WHERE request = %s ORDER BY key LIMIT 500",
                (request,),
            )
            return await cursor.fetchall()

    async def say(self, request: int, message: Mapping[str, Any]) -> None:
        """Add one: at, by_citizen, author, body."""
        await self._connection.execute(
            """INSERT INTO request_messages (request, at, by_citizen, author, body)
               VALUES (%(request)s, %(at)s, %(by_citizen)s, %(author)s, %(body)s)""",
            dict(message) | {"request": request},
        )

    async def unanswered(self, request: int) -> int:
        """Messages of the citizen since somebody of ours said something."""
        cursor = await self._connection.execute(
            """SELECT count(*) FROM request_messages m WHERE m.request = %(request)s AND m.by_citizen
               AND m.key > coalesce(
                   (SELECT max(key) FROM request_messages WHERE request = %(request)s AND NOT by_citizen), 0)""",
            {"request": request},
        )
        row = await cursor.fetchone()
        assert row is not None
        return int(row[0])

    async def incident_key(self, incident: str) -> int:
        """Of an incident (id) that is there."""
        cursor = await self._connection.execute("SELECT key FROM incidents WHERE id = %s", (incident,))
        row = await cursor.fetchone()
        assert row is not None
        return int(row[0])

    async def public_organisation(self, organisation: str) -> int | None:
        """The key of one that the public may choose (id)."""
        cursor = await self._connection.execute(
            f"SELECT key FROM organisations WHERE id = %s AND {_PUBLIC}".encode(), (organisation,)
        )
        row = await cursor.fetchone()
        return None if row is None else int(row[0])

    async def public_organisations(self) -> list[Told]:
        """Districts, streets and communities by name, 5,000 at most."""
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(
                f"""SELECT o.id, o.name, o.level, p.id AS parent FROM organisations o
                    LEFT JOIN organisations p ON p.key = o.parent WHERE o.{_PUBLIC}
                    ORDER BY o.name, o.key LIMIT 5000""".encode()
            )
            return await cursor.fetchall()


_PUBLIC = "level IN ('district', 'street', 'community')"
"""Levels with a service desk: a grid has none, and a department is told by them."""

_ASKED = """(NOT %(to_follow_up)s OR (x.state IN ('answered', 'rejected') AND x.followed_up_at IS NULL))
    AND (%(state)s::text IS NULL OR x.state = %(state)s) AND (%(kind)s::text IS NULL OR x.kind = %(kind)s)
    AND (%(q)s::text IS NULL OR position(lower(%(q)s) IN lower(x.subject || ' ' || x.body)) > 0 OR x.id = %(q)s)"""
