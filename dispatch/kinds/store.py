"""SQL of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

from dispatch.kinds.model import Kind

__all__ = ["CODE", "LONGEST_LIMIT_S", "KindStore"]

CODE = "^[A-Z0-9][A-Z0-9-]{1,15}$"
"""What a code looks like."""
LONGEST_LIMIT_S = 366 * 86_400

_LIST = """key, code, category, class AS class_, name_en, name_zh, department, priority, skills, accept_s, arrive_s,
           handle_s, verify_s, retired"""


class KindStore:
    """Kinds over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, code: str) -> Kind | None:
        """The kind of that code, retired or not."""
        async with self._connection.cursor(row_factory=class_row(Kind)) as cursor:
            await cursor.execute(f"SELECT {_LIST} FROM incident_kinds WHERE code = %s".encode(), (code,))
            return await cursor.fetchone()

    async def all(self, category: str | None, class_: str | None = None, *, retired: bool) -> list[Kind]:
        """In the order of codes; retired: those out of use, too."""
        async with self._connection.cursor(row_factory=class_row(Kind)) as cursor:
            await cursor.execute(
                f"""SELECT {_LIST} FROM incident_kinds
                    WHERE (%(category)s::text IS NULL OR category = %(category)s)
                      AND (%(class)s::text IS NULL OR class = %(class)s) AND (%(retired)s OR NOT retired)
                    ORDER BY code""".encode(),
                {"category": category, "class": class_, "retired": retired},
            )
            return await cursor.fetchall()

    async def add(self, kind: Mapping[str, Any]) -> bool:
        """Store a new one; False when there is one with its code."""
        columns = {name.rstrip("_"): value for name, value in kind.items()}
        query = f"""INSERT INTO incident_kinds ({", ".join(columns)})
                    VALUES ({", ".join(f"%({name})s" for name in columns)}) ON CONFLICT (code) DO NOTHING"""
        return (await self._connection.execute(query.encode(), columns)).rowcount == 1

    async def change(self, code: str, changes: Mapping[str, Any]) -> None:
        """Set the columns named."""
        if not changes:
            return
        query = f"""UPDATE incident_kinds SET {", ".join(f"{name} = %({name})s" for name in changes)}
                    WHERE code = %(code)s"""
        await self._connection.execute(query.encode(), dict(changes) | {"code": code})
