"""What other platforms ask of the tree: who may see what."""

from __future__ import annotations

from psycopg import AsyncConnection

__all__ = ["visible_organisations"]


async def visible_organisations(
    connection: AsyncConnection, caller: int, organisation: str | None = None
) -> frozenset[int]:
    """Keys of the organisations below `organisation` (an id; None: the caller's own) that the caller may see.

    caller: key of the caller's organisation. Empty when the one asked for lies outside the caller's subtree.
    """
    cursor = await connection.execute(
        """SELECT below.descendant
           FROM organisations asked
           JOIN organisation_closure seen ON seen.descendant = asked.key AND seen.ancestor = %(caller)s
           JOIN organisation_closure below ON below.ancestor = asked.key
           WHERE asked.id = %(organisation)s OR (%(organisation)s::text IS NULL AND asked.key = %(caller)s)""",
        {"caller": caller, "organisation": organisation},
    )
    return frozenset([key for (key,) in await cursor.fetchall()])
