"""SQL of territories that are redrawn, and of what they were."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from registry.organisations.queries import bounds_of_territory
from registry.scope.queries import BELOW_CALLER

__all__ = ["PLACED", "Node", "Past", "PastRow", "Placed", "RedrawingStore"]

_PLACED = {
    "buildings": "SELECT key, latitude, longitude FROM buildings WHERE organisation = %(key)s",
    "places": "SELECT key, latitude, longitude FROM places WHERE organisation = %(key)s",
    "things": "SELECT key, latitude, longitude FROM things WHERE organisation = %(key)s",
    "establishments": """SELECT key, latitude, longitude FROM establishments
                         WHERE organisation = %(key)s AND latitude IS NOT NULL AND longitude IS NOT NULL""",
    "members": """SELECT DISTINCT ON (m.key) m.key, l.latitude, l.longitude
                  FROM members m JOIN devices d ON d.member = m.key JOIN last_known l ON l.device = d.key
                  WHERE m.organisation = %(key)s ORDER BY m.key, l.fix_time DESC""",
}
"""What stands somewhere; members: where they were last."""

PLACED = tuple(_PLACED)

_FOLLOW = (
    ("houses", "building IN (SELECT key FROM buildings WHERE organisation = %(to)s)"),
    ("households", "house IN (SELECT key FROM houses WHERE organisation = %(to)s)"),
    ("people", "household IN (SELECT key FROM households WHERE organisation = %(to)s)"),
    ("devices", "member IN (SELECT key FROM members WHERE organisation = %(to)s)"),
)
"""What goes where something else went, in this order."""

_WHOLE = ("buildings", "houses", "households", "people", "establishments", "places", "things", "members", "devices",
          "users", "geofences", "channels", "webhooks")  # fmt: skip
"""What goes along when an organisation is merged away; what is over (closed incidents, old notices) stays its."""


@dataclass(frozen=True, slots=True)
class Node:
    """An organisation to redraw. parent: key. children: how many stand below it."""

    key: int
    id: str
    version: int
    parent: int | None
    level: str
    name: str
    code: str | None
    territory: dict[str, Any] | None
    children: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A row of a table with its place, degrees."""

    key: int
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Past:
    """An organisation as a change left it. id, parent: ids; at, actor, action, note: when, by whom, what and why."""

    id: str
    version: int
    at: datetime
    action: str
    actor: str
    note: str | None
    parent: str | None
    level: str
    name: str
    code: str | None
    territory: dict[str, Any] | None
    ended: bool


@dataclass(frozen=True, slots=True)
class PastRow(Past):
    """With the organisation's key."""

    key: int


_PAST = """l.organisation AS key, o.id, l.version, l.at, l.action, l.actor, l.note, p.id AS parent, l.level, l.name,
           l.code, l.territory, l.ended"""
_SEEN = f"o.key IN {BELOW_CALLER}"


class RedrawingStore:
    """Over one connection; reads are limited to the subtree of `caller`, an organisation's key."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def act(self, *, action: str, actor: str, user: int, note: str) -> None:
        """Say who changes what follows in this transaction."""
        said = json.dumps({"action": action, "actor": actor, "user": user, "note": note})
        await self._connection.execute("SELECT set_config('gridwarden.act', %s, true)", (said,))

    async def node(self, caller: int, organisation: str) -> Node | None:
        """One that stands, by id."""
        async with self._connection.cursor(row_factory=class_row(Node)) as cursor:
            query = f"""SELECT o.key, o.id, o.version, o.parent, o.level, o.name, o.code, o.territory,
                           (SELECT count(*) FROM organisations c
                            WHERE c.parent = o.key AND c.ended_at IS NULL) AS children
                        FROM organisations o WHERE o.id = %(id)s AND o.ended_at IS NULL AND {_SEEN}"""
            await cursor.execute(query.encode(), {"id": organisation, "caller": caller})
            return await cursor.fetchone()

    async def beside(self, parent: int | None, besides: Sequence[int]) -> list[dict[str, Any]]:
        """Territories of a parent's other children."""
        cursor = await self._connection.execute(
            """SELECT territory FROM organisations
               WHERE parent = %s AND territory IS NOT NULL AND key <> ALL(%s)""",
            (parent, list(besides)),
        )
        return [territory for (territory,) in await cursor.fetchall()]

    async def add(self, new: str, like: Node) -> int:
        """One of the same parent and level, without a territory yet; its key."""
        cursor = await self._connection.execute(
            "INSERT INTO organisations (id, parent, level, name) VALUES (%s, %s, %s, %s) RETURNING key",
            (new, like.parent, like.level, like.name),
        )
        row = await cursor.fetchone()
        assert row is not None
        return int(row[0])

    async def redraw(self, key: int, *, name: str, code: str | None, territory: Mapping[str, Any]) -> None:
        """Give it a name, a code and a territory."""
        await self._connection.execute(
            "UPDATE organisations SET name = %s, code = %s, territory = %s, bounds = %s WHERE key = %s",
            (name, code, Jsonb(dict(territory)), list(bounds_of_territory(territory)), key),
        )

    async def end(self, key: int) -> None:
        """It is no more: no place belongs to it."""
        await self._connection.execute(
            "UPDATE organisations SET ended_at = now(), territory = NULL, bounds = NULL WHERE key = %s", (key,)
        )

    async def placed(self, table: str, key: int) -> list[Placed]:
        """Rows of a table of `PLACED` in an organisation."""
        async with self._connection.cursor(row_factory=class_row(Placed)) as cursor:
            await cursor.execute(_PLACED[table].encode(), {"key": key})
            return await cursor.fetchall()

    async def move(self, table: str, rows: Sequence[int], to: int) -> None:
        """Rows of a table to an organisation."""
        assert table in _PLACED
        await self._connection.execute(
            f"UPDATE {table} SET organisation = %s WHERE key = ANY(%s)".encode(), (to, list(rows))
        )

    async def follow(self, key: int, to: int) -> dict[str, int]:
        """What belongs to something that went from one organisation to another; how many by table."""
        counts = {}
        for table, where in _FOLLOW:
            query = f"UPDATE {table} SET organisation = %(to)s WHERE organisation = %(key)s AND {where}"
            cursor = await self._connection.execute(query.encode(), {"key": key, "to": to})
            counts[table] = cursor.rowcount
        return counts

    async def move_whole(self, key: int, to: int) -> dict[str, int]:
        """Everything of one to another; how many by table."""
        counts = {}
        for table in _WHOLE:
            query = f"UPDATE {table} SET organisation = %s WHERE organisation = %s"
            counts[table] = (await self._connection.execute(query.encode(), (to, key))).rowcount
        await self._connection.execute(
            "UPDATE shifts SET organisation = %s WHERE organisation = %s AND ends_at > now()", (to, key)
        )
        await self._connection.execute(
            """INSERT INTO member_grids (member, organisation)
               SELECT member, %s FROM member_grids WHERE organisation = %s ON CONFLICT DO NOTHING""",
            (to, key),
        )
        await self._connection.execute("DELETE FROM member_grids WHERE organisation = %s", (key,))
        return counts

    async def history(self, caller: int, organisation: str, limit: int) -> list[PastRow]:
        """Of one of the caller's subtree, the newest first."""
        return await self._past(
            f"""SELECT {_PAST} FROM territory_log l JOIN organisations o ON o.key = l.organisation
                LEFT JOIN organisations p ON p.key = l.parent
                WHERE o.id = %(id)s AND {_SEEN} ORDER BY l.key DESC LIMIT %(limit)s""",
            {"caller": caller, "id": organisation, "limit": limit},
        )

    async def at(self, caller: int, at: datetime, *, after: int, limit: int) -> list[PastRow]:
        """The caller's subtree as it was, in the order of keys; what had ended by then is left out."""
        return await self._past(
            f"""SELECT {_PAST} FROM organisations o JOIN LATERAL (
                    SELECT * FROM territory_log WHERE organisation = o.key AND at <= %(at)s ORDER BY key DESC LIMIT 1
                ) l ON NOT l.ended LEFT JOIN organisations p ON p.key = l.parent
                WHERE {_SEEN} AND o.key > %(after)s ORDER BY o.key LIMIT %(limit)s""",
            {"caller": caller, "at": at, "after": after, "limit": limit},
        )

    async def _past(self, query: str, values: Mapping[str, Any]) -> list[PastRow]:
        async with self._connection.cursor(row_factory=class_row(PastRow)) as cursor:
            await cursor.execute(query.encode(), values)
            return await cursor.fetchall()
