"""SQL of saved views: one's own, and those that somebody of one's subtree shares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from insight.scope import SEEN

__all__ = ["Row", "ViewStore"]

Row = dict[str, Any]

_SELECT = f"""SELECT v.key, v.id, v.name, v.shared, v.page, v.query, v.version, v.changed_at, u.name AS by,
                     o.id AS organisation, v."user" = %(user)s AS own
              FROM saved_views v JOIN users u ON u.key = v."user" JOIN organisations o ON o.key = v.organisation
              WHERE (v."user" = %(user)s OR v.shared AND v.organisation {SEEN})"""


class ViewStore:
    """Over one connection; the caller ends its transaction. user, scope: keys of the caller and his organisation."""

    def __init__(self, connection: AsyncConnection, user: int, scope: int) -> None:
        self._connection, self._who = connection, {"user": user, "scope": scope}

    async def count(self) -> int:
        """How many the user has; nobody adds another meanwhile."""
        await self._connection.execute("SELECT FROM users WHERE key = %(user)s FOR UPDATE", self._who)
        rows = await self._rows('SELECT count(*) AS n FROM saved_views WHERE "user" = %(user)s', {})
        return int(rows[0]["n"])

    async def add(self, view: Mapping[str, Any]) -> str:
        """Store one: name, shared, page, query, changed_at. Its id."""
        rows = await self._rows(
            """INSERT INTO saved_views (key, id, organisation, "user", name, shared, page, query, changed_at)
               SELECT n, 'V-' || n, %(scope)s, %(user)s, %(name)s, %(shared)s, %(page)s, %(query)s, %(changed_at)s
               FROM nextval(pg_get_serial_sequence('saved_views', 'key')) AS n RETURNING id""",
            dict(view) | {"query": Jsonb(view["query"])},
        )
        return str(rows[0]["id"])

    async def page(self, *, before: int, limit: int) -> list[Row]:
        """The newest first."""
        return await self._rows(
            f"{_SELECT} AND (%(before)s = 0 OR v.key < %(before)s) ORDER BY v.key DESC LIMIT %(limit)s",
            {"before": before, "limit": limit},
        )

    async def find(self, view: str) -> Row | None:
        """One that the user may see."""
        rows = await self._rows(f"{_SELECT} AND v.id = %(id)s", {"id": view})
        return rows[0] if rows else None

    async def lock_own(self, view: str) -> Row | None:
        """One of the user's own, locked."""
        rows = await self._rows(f'{_SELECT} AND v.id = %(id)s AND v."user" = %(user)s FOR UPDATE OF v', {"id": view})
        return rows[0] if rows else None

    async def change(self, key: int, changes: Mapping[str, Any]) -> None:
        """Set name, shared, page, query, changed_at; the version rises."""
        columns = ", ".join(f"{name} = %({name})s" for name in changes)
        values = {name: Jsonb(value) if name == "query" else value for name, value in changes.items()}
        await self._connection.execute(
            f"UPDATE saved_views SET {columns}, version = version + 1 WHERE key = %(key)s".encode(),
            values | {"key": key},
        )

    async def remove(self, key: int) -> None:
        """Remove it."""
        await self._connection.execute("DELETE FROM saved_views WHERE key = %s", (key,))

    async def _rows(self, query: str, values: Mapping[str, Any]) -> list[Row]:
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query.encode(), self._who | dict(values))
            return await cursor.fetchall()
