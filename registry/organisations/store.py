"""Organisations in the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import AsyncConnection
from psycopg.types.json import Jsonb

from registry.organisations.model import Level, Organisation, OrganisationDraft
from registry.organisations.territory import Bounds
from registry.scope.queries import BELOW_CALLER

__all__ = ["OrganisationStore"]

_SELECT = f"""SELECT o.key, o.id, p.id, o.level, o.name, o.code, o.territory, o.version
             FROM organisations o LEFT JOIN organisations p ON p.key = o.parent
             WHERE o.key IN {BELOW_CALLER}
               AND o.ended_at IS NULL """


class OrganisationStore:
    """Reads are limited to the subtree of `caller`, an organisation's key."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def below(
        self, caller: int, *, after: int, limit: int, level: Level | None = None, bbox: Bounds | None = None
    ) -> list[Organisation]:
        """The caller's subtree in the order of keys; bbox keeps what may touch it."""
        cursor = await self._connection.execute(
            _SELECT
            + """AND o.key > %(after)s AND (%(level)s::text IS NULL OR o.level = %(level)s)
                 AND (%(west)s::float8 IS NULL OR (o.bounds[1] <= %(east)s AND o.bounds[3] >= %(west)s
                                                   AND o.bounds[2] <= %(north)s AND o.bounds[4] >= %(south)s))
                 ORDER BY o.key LIMIT %(limit)s""",
            {"caller": caller, "after": after, "limit": limit, "level": level}
            | dict(zip(("west", "south", "east", "north"), bbox or (None,) * 4, strict=True)),
        )
        return [_organisation(row) for row in await cursor.fetchall()]

    async def find(self, caller: int, organisation: str) -> Organisation | None:
        """One of the caller's subtree by id."""
        cursor = await self._connection.execute(_SELECT + "AND o.id = %(id)s", {"caller": caller, "id": organisation})
        row = await cursor.fetchone()
        return None if row is None else _organisation(row)

    async def exists(self, organisation: str) -> bool:
        """Whether the id is taken, in anybody's subtree."""
        cursor = await self._connection.execute("SELECT FROM organisations WHERE id = %s", (organisation,))
        return await cursor.fetchone() is not None

    async def parent_key(self, key: int) -> int | None:
        """The key of its parent, None for the root."""
        cursor = await self._connection.execute("SELECT parent FROM organisations WHERE key = %s", (key,))
        row = await cursor.fetchone()
        return None if row is None else row[0]

    async def levels_directly_below(self, key: int) -> Sequence[Level]:
        """Levels of its children."""
        cursor = await self._connection.execute(
            "SELECT DISTINCT level FROM organisations WHERE parent = %s AND ended_at IS NULL", (key,)
        )
        return [Level(level) for (level,) in await cursor.fetchall()]

    async def holds(self, key: int, organisation: int) -> bool:
        """Whether an organisation is it or stands below it."""
        cursor = await self._connection.execute(
            "SELECT FROM organisation_closure WHERE ancestor = %s AND descendant = %s", (key, organisation)
        )
        return await cursor.fetchone() is not None

    async def lock(self) -> None:
        """Wait until nobody else changes the tree, and keep others from it to the end of the transaction."""
        await self._connection.execute("LOCK TABLE organisations IN SHARE ROW EXCLUSIVE MODE")

    async def put(self, draft: OrganisationDraft, *, parent: int | None, bounds: Bounds | None) -> int:
        """Add it, or change the one of that id; its key. parent: key."""
        cursor = await self._connection.execute(
            """INSERT INTO organisations (id, parent, level, name, code, territory, bounds)
               VALUES (%s, %s, %s, %s, %s, %s, %s)
               ON CONFLICT (id) DO UPDATE SET parent = EXCLUDED.parent, level = EXCLUDED.level, name = EXCLUDED.name,
                   code = EXCLUDED.code, territory = EXCLUDED.territory, bounds = EXCLUDED.bounds
               RETURNING key""",
            (
                draft.id, parent, draft.level, draft.name, draft.code,
                None if draft.territory is None else Jsonb(draft.territory), None if bounds is None else list(bounds),
            ),
        )  # fmt: skip
        row = await cursor.fetchone()
        assert row is not None
        return int(row[0])


def _organisation(row: tuple[Any, ...]) -> Organisation:
    key, own, parent, level, name, code, territory, version = row
    return Organisation(
        key=key, id=own, parent=parent, level=Level(level), name=name, code=code, territory=territory, version=version
    )  # fmt: skip
