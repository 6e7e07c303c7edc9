"""Organisations in the database."""

from __future__ import annotations

from typing import Any

from psycopg import AsyncConnection
from psycopg.types.json import Jsonb

from registry.organisations.model import Level, Organisation

__all__ = ["OrganisationStore"]

_COLUMNS = "o.key, o.id, p.id, o.level, o.name, o.code, o.territory"


class OrganisationStore:
    """Reads are limited to the subtree of `caller`, an organisation's key."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def below(
        self, caller: int, *, after: int, limit: int, level: Level | None = None,
        bbox: tuple[float, float, float, float] | None = None,
    ) -> list[Organisation]:  # fmt: skip
        """The caller's subtree in the order of keys; bbox (west, south, east, north) keeps what may touch it."""
        cursor = await self._connection.execute(
            f"""SELECT {_COLUMNS}
                FROM organisations o LEFT JOIN organisations p ON p.key = o.parent
                WHERE o.key IN (SELECT descendant FROM organisation_closure WHERE ancestor = %(caller)s)
                  AND o.key > %(after)s AND (%(level)s::text IS NULL OR o.level = %(level)s)
                  AND (%(west)s::float8 IS NULL OR (o.bounds[1] <= %(east)s AND o.bounds[3] >= %(west)s
                                                    AND o.bounds[2] <= %(north)s AND o.bounds[4] >= %(south)s))
                ORDER BY o.key LIMIT %(limit)s""",  # noqa: S608 - a constant of this module
            {"caller": caller, "after": after, "limit": limit, "level": level}
            | dict(zip(("west", "south", "east", "north"), bbox or (None,) * 4, strict=True)),
        )
        return [_organisation(row) for row in await cursor.fetchall()]

    async def find(self, caller: int, organisation: str) -> Organisation | None:
        """One of the caller's subtree by id."""
        cursor = await self._connection.execute(
            f"""SELECT {_COLUMNS}
                FROM organisations o LEFT JOIN organisations p ON p.key = o.parent
                WHERE o.id = %s AND o.key IN (SELECT descendant FROM organisation_closure WHERE ancestor = %s)""",  # noqa: S608 - as above
            (organisation, caller),
        )
        row = await cursor.fetchone()
        return None if row is None else _organisation(row)

    async def put(
        self, *, organisation: str, parent: int | None, level: Level, name: str, code: str | None,
        territory: dict[str, Any] | None, bounds: list[float] | None,
    ) -> int:  # fmt: skip
        """Add it, or change the one of that id; its key."""
        cursor = await self._connection.execute(
            """INSERT INTO organisations (id, parent, level, name, code, territory, bounds)
               VALUES (%s, %s, %s, %s, %s, %s, %s)
               ON CONFLICT (id) DO UPDATE SET parent = EXCLUDED.parent, level = EXCLUDED.level, name = EXCLUDED.name,
                   code = EXCLUDED.code, territory = EXCLUDED.territory, bounds = EXCLUDED.bounds
               RETURNING key""",
            (organisation, parent, level, name, code, None if territory is None else Jsonb(territory), bounds),
        )
        row = await cursor.fetchone()
        assert row is not None
        return int(row[0])


def _organisation(row: tuple[Any, ...]) -> Organisation:
    key, own, parent, level, name, code, territory = row
    return Organisation(key=key, id=own, parent=parent, level=Level(level), name=name, code=code, territory=territory)
