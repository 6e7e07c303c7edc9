"""SQL of the catalogue."""

from __future__ import annotations

from psycopg import AsyncConnection
from psycopg.rows import class_row

from dispatch.kinds.model import Kind

__all__ = ["KindStore"]

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
