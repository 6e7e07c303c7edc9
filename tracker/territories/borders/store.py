"""SQL of a family of territories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

__all__ = ["BorderStore", "Kin"]


@dataclass(frozen=True, slots=True)
class Kin:
    """One of a family. territory: GeoJSON, None without one."""

    key: int
    id: str
    name: str
    code: str | None
    territory: dict[str, Any] | None


_KIN = "SELECT key, id, name, code, territory FROM organisations"


class BorderStore:
    """Over one connection; who may see the child may see its family, but for the top."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def parent(self, key: int) -> Kin:
        """The organisation of that key."""
        return (await self._kin(f"{_KIN} WHERE key = %s", key))[0]

    async def children(self, parent: int) -> list[Kin]:
        """Those below it that have a territory."""
        return await self._kin(
            f"{_KIN} WHERE parent = %s AND ended_at IS NULL AND territory IS NOT NULL ORDER BY key", parent
        )

    async def _kin(self, query: str, key: int) -> list[Kin]:
        async with self._connection.cursor(row_factory=class_row(Kin)) as cursor:
            await cursor.execute(query.encode(), (key,))
            return await cursor.fetchall()
