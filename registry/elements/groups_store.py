"""Special groups in the database."""

from __future__ import annotations

from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

__all__ = ["all_groups", "put_group"]


async def all_groups(connection: AsyncConnection) -> list[dict[str, Any]]:
    """By code."""
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute("SELECT code, name_en, name_zh, retired FROM population_groups ORDER BY code")
        return await cursor.fetchall()


async def put_group(connection: AsyncConnection, *, code: str, name_en: str, name_zh: str, retired: bool) -> None:
    """Add it, or change the one of that code."""
    await connection.execute(
        """INSERT INTO population_groups (code, name_en, name_zh, retired) VALUES (%s, %s, %s, %s)
           ON CONFLICT (code) DO UPDATE SET name_en = EXCLUDED.name_en, name_zh = EXCLUDED.name_zh,
               retired = EXCLUDED.retired""",
        (code, name_en, name_zh, retired),
    )
