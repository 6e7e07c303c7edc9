"""For importers: records that came in from a file are looked through for such as seem to be one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from psycopg import AsyncConnection

from registry.imports.kinds import Kind

__all__ = ["looked_through"]


def looked_through(name: str, kind: Kind) -> Kind:
    """The kind, of whose import follows a look for duplicates, soon and by itself. name: the element's."""

    async def inspect(connection: AsyncConnection, ids: Collection[str]) -> list[str]:
        warnings = [] if kind.inspect is None else await kind.inspect(connection, ids)
        await connection.execute(
            """INSERT INTO duplicate_searches (element) VALUES (%s)
               ON CONFLICT (element) DO UPDATE SET searched_at = NULL""",
            (name,),
        )
        return warnings

    return replace(kind, inspect=inspect)
