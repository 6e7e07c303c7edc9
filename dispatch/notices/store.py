"""SQL of notices: what members of an organisation are told, and who has read it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

from dispatch.incidents.actor import Actor

__all__ = ["NoticeRow", "NoticeStore"]

NoticeRow = dict[str, Any]
"""key, id, organisation (id), title, body, urgent, author, at; members, read: how many; read_at: when he read it."""

_COLUMNS = "n.key, n.id, o.id AS organisation, n.title, n.body, n.urgent, n.author, n.at"
_COUNTS = """(SELECT count(*) FROM notice_receipts r JOIN members m ON m.key = r.member
               JOIN organisation_closure c ON c.descendant = m.organisation AND c.ancestor = %(scope)s
               WHERE r.notice = n.key) AS members,
             (SELECT count(*) FROM notice_receipts r JOIN members m ON m.key = r.member
               JOIN organisation_closure c ON c.descendant = m.organisation AND c.ancestor = %(scope)s
               WHERE r.notice = n.key AND r.read_at IS NOT NULL) AS read"""
_OWN = """SELECT r.read_at FROM notice_receipts r WHERE r.notice = n.key AND r.member = %(member)s"""
_SEEN = f"""CASE WHEN %(only_own)s THEN EXISTS ({_OWN})
            ELSE EXISTS (SELECT FROM organisation_closure c
                         WHERE c.ancestor = %(scope)s AND c.descendant = n.organisation
                            OR c.ancestor = n.organisation AND c.descendant = %(scope)s) END"""
"""Staff see what was written for, below or above their organisation; a member what was written for him."""


class NoticeStore:
    """Notices over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def organisation(self, organisation: str, scope: int | None) -> int | None:
        """The key of that organisation below `scope` (None: anywhere)."""
        cursor = await self._connection.execute(
            """SELECT o.key FROM organisations o WHERE o.id = %(id)s AND (%(scope)s::int IS NULL OR EXISTS (
                   SELECT FROM organisation_closure c WHERE c.ancestor = %(scope)s AND c.descendant = o.key))""",
            {"id": organisation, "scope": scope},
        )
        row = await cursor.fetchone()
        return None if row is None else int(row[0])

    async def add(
        self, organisation: int, actor: Actor, at: datetime, *, title: str, body: str, urgent: bool
    ) -> tuple[str, list[int]]:
        """Store it; its id, and the keys of the members whom it is for."""
        cursor = await self._connection.execute(
            """INSERT INTO notices (key, id, organisation, title, body, urgent, author, "user", at)
               SELECT n, 'N-' || n, %s, %s, %s, %s, %s, %s, %s
               FROM nextval(pg_get_serial_sequence('notices', 'key')) AS n RETURNING key, id""",
            (organisation, title, body, urgent, actor.name, actor.user, at),
        )
        row = await cursor.fetchone()
        assert row is not None
        cursor = await self._connection.execute(
            """INSERT INTO notice_receipts (notice, member)
               SELECT %s, m.key FROM members m
               JOIN organisation_closure c ON c.descendant = m.organisation AND c.ancestor = %s RETURNING member""",
            (row[0], organisation),
        )
        return str(row[1]), [member for (member,) in await cursor.fetchall()]

    async def find(self, notice: str, actor: Actor) -> NoticeRow | None:
        """As the actor sees it; None where he does not."""
        rows = await self._rows(actor, "AND n.id = %(id)s", {"id": notice})
        return rows[0] if rows else None

    async def page(self, actor: Actor, *, before: int, limit: int) -> list[NoticeRow]:
        """The newest first, those with a key below `before` (0: from the newest)."""
        where = "AND (%(before)s = 0 OR n.key < %(before)s) ORDER BY n.key DESC LIMIT %(limit)s"
        return await self._rows(actor, where, {"before": before, "limit": limit})

    async def unread(self, member: int, limit: int) -> list[NoticeRow]:
        """What a member (key) has not read, the oldest first; the newest where there are more than `limit`."""
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(
                f"""SELECT {_COLUMNS} FROM notice_receipts r JOIN notices n ON n.key = r.notice
                    JOIN organisations o ON o.key = n.organisation
                    WHERE r.member = %s AND r.read_at IS NULL ORDER BY r.notice DESC LIMIT %s""".encode(),
                (member, limit),
            )
            return (await cursor.fetchall())[::-1]

    async def read(self, notice: str, member: int, at: datetime) -> bool:
        """He has read it, if not before; False when it was not for him."""
        cursor = await self._connection.execute(
            """UPDATE notice_receipts r SET read_at = COALESCE(r.read_at, %s) FROM notices n
               WHERE n.id = %s AND r.notice = n.key AND r.member = %s""",
            (at, notice, member),
        )
        return cursor.rowcount == 1

    async def receipts(
        self, notice: int, scope: int | None, *, read: bool | None, after: int, limit: int
    ) -> list[dict[str, Any]]:
        """Members below `scope` by key: member, name, organisation, read_at. read: only who has, or has not."""
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(
                """SELECT m.key, m.id AS member, m.name, o.id AS organisation, r.read_at
                   FROM notice_receipts r JOIN members m ON m.key = r.member
                   JOIN organisations o ON o.key = m.organisation
                   JOIN organisation_closure c ON c.descendant = m.organisation AND c.ancestor = %(scope)s
                   WHERE r.notice = %(notice)s AND m.key > %(after)s
                     AND (%(read)s::bool IS NULL OR (r.read_at IS NOT NULL) = %(read)s)
                   ORDER BY m.key LIMIT %(limit)s""",
                {"notice": notice, "scope": scope, "read": read, "after": after, "limit": limit},
            )
            return await cursor.fetchall()

    async def _rows(self, actor: Actor, where: str, values: dict[str, Any]) -> list[NoticeRow]:
        counts = "NULL::bigint AS members, NULL::bigint AS read" if actor.only_own else _COUNTS
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(
                f"""SELECT {_COLUMNS}, {counts}, ({_OWN}) AS read_at
                    FROM notices n JOIN organisations o ON o.key = n.organisation WHERE {_SEEN} {where}""".encode(),
                {"scope": actor.organisation, "only_own": actor.only_own, "member": actor.member} | values,
            )
            return await cursor.fetchall()
