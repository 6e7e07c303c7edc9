"""Members in the database."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import AsyncConnection
from psycopg.rows import class_row

__all__ = ["MemberRow", "MemberStore"]


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member as people see it. organisation: id; devices: ids of what the member carries."""

    key: int
    id: str
    name: str
    organisation: str
    post: str | None
    phone: str | None
    on_duty: bool
    devices: list[str]


class MemberStore:
    """Reads are limited to the subtree of `caller`, an organisation's key."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def below(
        self, caller: int, *, after: int, limit: int, member: str | None = None, name: str | None = None
    ) -> list[MemberRow]:
        """Members in the order of keys; member: only that id; name: only names that contain it."""
        async with self._connection.cursor(row_factory=class_row(MemberRow)) as cursor:
            await cursor.execute(
                """SELECT m.key, m.id, m.name, o.id AS organisation, m.post, m.phone, m.on_duty,
                          COALESCE(array_agg(d.id ORDER BY d.key) FILTER (WHERE d.key IS NOT NULL), '{}') AS devices
                   FROM members m JOIN organisations o ON o.key = m.organisation
                   LEFT JOIN devices d ON d.member = m.key AND NOT d.retired
                   WHERE m.organisation IN
                         (SELECT descendant FROM organisation_closure WHERE ancestor = %(caller)s)
                     AND m.key > %(after)s AND (%(member)s::text IS NULL OR m.id = %(member)s)
                     AND (%(name)s::text IS NULL OR strpos(lower(m.name), lower(%(name)s)) > 0)
                   GROUP BY m.key, o.id ORDER BY m.key LIMIT %(limit)s""",
                {"caller": caller, "after": after, "limit": limit, "member": member, "name": name},
            )
            return await cursor.fetchall()
