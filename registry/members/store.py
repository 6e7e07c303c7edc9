"""Members in the database."""

from __future__ import annotations

from collections.abc import Collection

from psycopg import AsyncConnection
from psycopg.rows import class_row

from registry.members.model import Member, MemberDraft

__all__ = ["MemberStore"]


class MemberStore:
    """Reads are limited to the subtree of `caller`, an organisation's key."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def below(
        self, caller: int, *, after: int = 0, limit: int, member: str | None = None, name: str | None = None,
        organisation: str | None = None,
    ) -> list[Member]:  # fmt: skip
        """Members in the order of keys. member: only that id; name: only names that contain it.

        organisation: only those who belong to the subtree of that id, or work in a grid of it.
        """
        async with self._connection.cursor(row_factory=class_row(Member)) as cursor:
            await cursor.execute(
                """WITH seen AS (SELECT descendant FROM organisation_closure WHERE ancestor = %(caller)s),
                        asked AS (SELECT c.descendant FROM organisation_closure c
                                  JOIN organisations a ON a.key = c.ancestor WHERE a.id = %(organisation)s)
                   SELECT m.key, m.id, m.name, o.id AS organisation, m.posts, m.skills, m.phone, m.on_duty,
                          ARRAY(SELECT g.id FROM member_grids x JOIN organisations g ON g.key = x.organisation
                                WHERE x.member = m.key AND x.organisation IN (SELECT descendant FROM seen)
                                ORDER BY g.key) AS grids,
                          COALESCE(array_agg(d.id ORDER BY d.key) FILTER (WHERE d.key IS NOT NULL), '{}') AS devices
                   FROM members m JOIN organisations o ON o.key = m.organisation
                   LEFT JOIN devices d ON d.member = m.key AND NOT d.retired
                   WHERE m.organisation IN (SELECT descendant FROM seen)
                     AND m.key > %(after)s AND (%(member)s::text IS NULL OR m.id = %(member)s)
                     AND (%(name)s::text IS NULL OR strpos(lower(m.name), lower(%(name)s)) > 0)
                     AND (%(organisation)s::text IS NULL OR m.organisation IN (SELECT descendant FROM asked)
                          OR m.key IN (SELECT member FROM member_grids
                                       WHERE organisation IN (SELECT descendant FROM asked)))
                   GROUP BY m.key, o.id ORDER BY m.key LIMIT %(limit)s""",
                {"caller": caller, "after": after, "limit": limit, "member": member, "name": name,
                 "organisation": organisation},
            )  # fmt: skip
            return await cursor.fetchall()

    async def find(self, caller: int, member: str) -> Member | None:
        """One of the caller's subtree by id."""
        return next(iter(await self.below(caller, limit=1, member=member)), None)

    async def lock(self, member: str) -> None:
        """Wait until nobody else changes the member of that id, there or not, to the end of the transaction."""
        await self._connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('member ' || %s, 0))", (member,))

    async def exists(self, member: str) -> bool:
        """Whether the id is taken, in anybody's subtree."""
        cursor = await self._connection.execute("SELECT FROM members WHERE id = %s", (member,))
        return await cursor.fetchone() is not None

    async def organisation_key(self, caller: int, organisation: str) -> int | None:
        """The key of an organisation in the caller's subtree."""
        cursor = await self._connection.execute(
            """SELECT key FROM organisations WHERE id = %s
               AND key IN (SELECT descendant FROM organisation_closure WHERE ancestor = %s)""",
            (organisation, caller),
        )
        row = await cursor.fetchone()
        return None if row is None else int(row[0])

    async def levels(self, caller: int, organisations: Collection[str]) -> dict[str, tuple[int, str]]:
        """Key and level by id of those in the caller's subtree."""
        cursor = await self._connection.execute(
            """SELECT id, key, level FROM organisations WHERE id = ANY(%s)
               AND key IN (SELECT descendant FROM organisation_closure WHERE ancestor = %s)""",
            (list(organisations), caller),
        )
        return {name: (key, level) for name, key, level in await cursor.fetchall()}

    async def put(self, draft: MemberDraft, *, organisation: int) -> int:
        """Add the member, or change the one of that id, but for the grids; the key. organisation: key."""
        cursor = await self._connection.execute(
            """INSERT INTO members (id, name, organisation, posts, skills, phone, on_duty)
               VALUES (%s, %s, %s, %s, %s, %s, %s)
               ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, organisation = EXCLUDED.organisation,
                   posts = EXCLUDED.posts, skills = EXCLUDED.skills, phone = EXCLUDED.phone, on_duty = EXCLUDED.on_duty
               RETURNING key""",
            (draft.id, draft.name, organisation, draft.posts, draft.skills, draft.phone, draft.on_duty),
        )
        row = await cursor.fetchone()
        assert row is not None
        return int(row[0])

    async def set_grids(self, member: int, grids: Collection[int], *, caller: int) -> None:
        """The member's grids within the caller's subtree are these (keys); those outside stay."""
        await self._connection.execute(
            """DELETE FROM member_grids WHERE member = %s AND organisation <> ALL(%s)
               AND organisation IN (SELECT descendant FROM organisation_closure WHERE ancestor = %s)""",
            (member, list(grids), caller),
        )
        await self._connection.execute(
            "INSERT INTO member_grids SELECT %s, unnest(%s::integer[]) ON CONFLICT DO NOTHING", (member, list(grids))
        )
