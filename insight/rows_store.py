"""What the stores of this package share: one connection, and rows by the names of their columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

__all__ = ["Row", "RowsStore"]

Row = dict[str, Any]


class RowsStore:
    """Over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def rows(self, query: str, values: Mapping[str, Any]) -> list[Row]:
        """What the query finds."""
        async with self.connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query.encode(), values)
            return await cursor.fetchall()
