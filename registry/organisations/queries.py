"""What other platforms ask of the tree: who may see what."""

from __future__ import annotations

from psycopg import AsyncConnection

from registry.organisations.store import OrganisationStore
from registry.organisations.territory import bounds_of_territory, holds, territory_from

__all__ = [
    "bounds_of_territory", "holds", "is_taken", "lock_tree", "organisation_at", "territory_from",
    "visible_organisations",
]  # fmt: skip


async def lock_tree(connection: AsyncConnection) -> None:
    """Keep others from changing the tree to the end of the transaction."""
    await OrganisationStore(connection).lock()


async def is_taken(connection: AsyncConnection, organisation: str) -> bool:
    """Whether the id is an organisation's, in anybody's subtree."""
    return await OrganisationStore(connection).exists(organisation)


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


async def organisation_at(connection: AsyncConnection, latitude: float, longitude: float) -> tuple[int, str] | None:
    """(key, id) of the lowest organisation whose territory holds the place; None outside of all."""
    cursor = await connection.execute(
        """SELECT o.key, o.id, o.territory FROM organisations o
           WHERE o.bounds IS NOT NULL AND %(longitude)s BETWEEN o.bounds[1] AND o.bounds[3]
             AND %(latitude)s BETWEEN o.bounds[2] AND o.bounds[4]
           ORDER BY array_position(ARRAY['grid', 'community', 'street', 'district', 'city'], o.level), o.key""",
        {"latitude": latitude, "longitude": longitude},
    )
    async for key, organisation, territory in cursor:
        if holds(territory, latitude, longitude):
            return key, organisation
    return None
