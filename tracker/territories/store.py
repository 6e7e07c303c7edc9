"""SQL of territories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

__all__ = ["Territory", "TerritoryStore"]


@dataclass(frozen=True, slots=True)
class Territory:
    """An organisation (id) with a territory, GeoJSON. parent: id, None for the root."""

    organisation: str
    parent: str | None
    territory: dict[str, Any]


class TerritoryStore:
    """Reads limited to organisations (keys) that the caller was found to see."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def among(self, organisations: frozenset[int]) -> list[Territory]:
        """Of those that have one, in the order of keys."""
        async with self._connection.cursor(row_factory=class_row(Territory)) as cursor:
            await cursor.execute(
                """SELECT o.id AS organisation, p.id AS parent, o.territory
                   FROM organisations o LEFT JOIN organisations p ON p.key = o.parent
                   WHERE o.key = ANY(%s) AND o.territory IS NOT NULL ORDER BY o.key""",
                (list(organisations),),
            )
            return await cursor.fetchall()
