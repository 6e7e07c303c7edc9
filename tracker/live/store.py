"""Who may see which device: SQL decides, whatever the live table holds."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import AsyncConnection
from psycopg.rows import class_row

__all__ = ["SeenStore", "Who"]


@dataclass(frozen=True, slots=True)
class Who:
    """A device that the caller may see, and who carries it."""

    key: int
    device: str
    member: str | None
    name: str
    post: str | None
    organisation: str
    on_duty: bool


class SeenStore:
    """Reads limited to the subtree of `caller`, an organisation's key, and of `organisation`, an id, where given."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def among(self, keys: list[int], *, caller: int, organisation: str | None, limit: int) -> list[Who]:
        """Those of these devices that the caller may see, in the order of keys."""
        async with self._connection.cursor(row_factory=class_row(Who)) as cursor:
            await cursor.execute(
                """SELECT d.key, d.id AS device, m.id AS member, COALESCE(m.name, d.id) AS name, m.post,
                          o.id AS organisation, COALESCE(m.on_duty, true) AS on_duty
                   FROM devices d LEFT JOIN members m ON m.key = d.member
                   JOIN organisations o ON o.key = COALESCE(m.organisation, d.organisation)
                   WHERE d.key = ANY(%(keys)s) AND NOT d.retired
                     AND o.key IN (SELECT descendant FROM organisation_closure WHERE ancestor = %(caller)s)
                     AND (%(organisation)s::text IS NULL OR o.key IN
                          (SELECT c.descendant FROM organisation_closure c JOIN organisations a ON a.key = c.ancestor
                           WHERE a.id = %(organisation)s))
                   ORDER BY d.key LIMIT %(limit)s""",
                {"keys": keys, "caller": caller, "organisation": organisation, "limit": limit},
            )
            return await cursor.fetchall()
