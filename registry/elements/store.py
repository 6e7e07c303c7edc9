"""Elements in the database: one set of statements, made for each type out of its description.

Reads and writes are limited to the organisations below `roots`, keys. Column names come from registry/elements/types
alone; every value is bound.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeAlias

import orjson
from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from registry.elements.model import Act, Element, ElementType
from registry.scope.queries import BELOW_ASKED, BELOW_ROOTS

__all__ = ["ElementStore", "Row"]

Row: TypeAlias = dict[str, Any]


class ElementStore:
    """One element over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection, kind: ElementType) -> None:
        self._connection, self._kind = connection, kind

    async def act(self, action: str | None, act: Act) -> None:
        """What this transaction changes from now on is put on record with this."""
        said = {name: getattr(act, name) for name in Act.__slots__}
        said |= {} if action is None else {"action": action}
        await self._connection.execute("SELECT set_config('gridwarden.act', %s, true)", (orjson.dumps(said).decode(),))

    async def page(
        self, roots: Sequence[int], asked: Mapping[str, Any], *, after: int = 0, limit: int, lock: bool = False
    ) -> list[Row]:
        """Rows by key. asked: `id`, `organisation`, `q`, `ended`, `bbox`, `number` with its `blind` hash; filters."""
        values = dict(asked) | {"roots": list(roots), "after": after, "limit": limit}
        query = f"""SELECT {self._shown()} WHERE e.organisation IN {BELOW_ROOTS} AND e.key > %(after)s
                    {"".join(f" AND {one}" for one in self._where(values))}
                    ORDER BY e.key LIMIT %(limit)s {"FOR UPDATE OF e" if lock else ""}"""
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query.encode(), values)
            return await cursor.fetchall()

    async def find(self, roots: Sequence[int], record: str, *, lock: bool = False) -> Row | None:
        """The one of that id; one that is no more, too."""
        rows = await self.page(roots, {"id": record, "ended": True}, limit=1, lock=lock)
        return rows[0] if rows else None

    async def add(self, record: str, organisation: int, fields: Mapping[str, Any]) -> None:
        """A row. fields: by column, references as keys."""
        names = ["id", "organisation", *fields]
        query = f"INSERT INTO {self._kind.element} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})"
        await self._connection.execute(query.encode(), [record, organisation, *self._stored(fields)])

    async def change(self, key: int, fields: Mapping[str, Any]) -> None:
        """Some columns of the row with that key."""
        query = f"UPDATE {self._kind.element} SET {', '.join(f'{name} = %s' for name in fields)} WHERE key = %s"
        await self._connection.execute(query.encode(), [*self._stored(fields), key])

    async def organisation_key(self, roots: Sequence[int], organisation: str) -> int | None:
        """The key of an organisation that the caller works in."""
        cursor = await self._connection.execute(
            f"SELECT key FROM organisations WHERE id = %(id)s AND key IN {BELOW_ROOTS}".encode(),
            {"id": organisation, "roots": list(roots)},
        )
        row = await cursor.fetchone()
        return None if row is None else int(row[0])

    async def is_seen(self, roots: Sequence[int], organisation: int) -> bool:
        """Whether the caller works in the organisation of that key."""
        cursor = await self._connection.execute(
            f"SELECT FROM organisations WHERE key = %(key)s AND key IN {BELOW_ROOTS}".encode(),
            {"key": organisation, "roots": list(roots)},
        )
        return await cursor.fetchone() is not None

    async def referred(self, element: Element, roots: Sequence[int], record: str) -> tuple[int, int] | None:
        """(key, organisation's key) of a row of another element that is there and may be seen."""
        cursor = await self._connection.execute(
            f"""SELECT e.key, e.organisation FROM {element} e
                WHERE e.id = %(id)s AND e.ended_at IS NULL AND e.organisation IN {BELOW_ROOTS}""".encode(),
            {"id": record, "roots": list(roots)},
        )
        row = await cursor.fetchone()
        return None if row is None else (row[0], row[1])

    async def history(self, key: int, limit: int) -> list[Row]:
        """What was done to the row with that key, the newest first."""
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(
                """SELECT version, at, action, actor, latitude, longitude, note, before, after FROM element_log
                   WHERE element = %s AND record = %s ORDER BY key DESC LIMIT %s""",
                (self._kind.element, key, limit),
            )
            return await cursor.fetchall()

    async def ids(self, table: str, keys: Collection[int]) -> dict[int, str]:
        """Ids by key of an element's table or of organisations."""
        cursor = await self._connection.execute(
            f"SELECT key, id FROM {table} WHERE key = ANY(%s)".encode(), (list(keys),)
        )
        return dict(await cursor.fetchall())

    async def move_along(self, key: int) -> None:
        """What lies in the row with that key belongs to the organisation that it belongs to."""
        for query in _MOVES.get(self._kind.element, ()):
            await self._connection.execute(query.encode(), {"key": key})

    def _shown(self) -> str:
        kind = self._kind
        columns = [f"e.{name}" for name in ("key", "id", "version", "ended_at", *kind.columns)]
        columns += [f"e.{name}_sealed" for name in kind.sealed]
        columns += [
            f"(SELECT r.id FROM {reference.element} r WHERE r.key = e.{name}) AS {name}"
            for name, reference in kind.references.items()
        ]
        columns += [f"{expression} AS {name}" for name, expression in kind.extras.items()]
        merged = f"(SELECT r.id FROM {kind.element} r WHERE r.key = e.merged_into) AS merged_into"
        return f"""{", ".join([*columns, merged])}, o.id AS organisation, o.key AS home
                   FROM {kind.element} e JOIN organisations o ON o.key = e.organisation"""

    def _where(self, values: dict[str, Any]) -> list[str]:
        found = [one.where for one in self._kind.filters if values.get(one.name) is not None]
        if not values.get("ended"):
            found.append("e.ended_at IS NULL")
        if values.get("id") is not None:
            found.append("e.id = %(id)s")
        if values.get("organisation") is not None:
            found.append(f"e.organisation IN {BELOW_ASKED}")
        if values.get("q") is not None:
            found.append(_searches(self._kind.searched))
        if (number := values.get("number")) is not None:
            found.append(f"e.{number}_blind = %(blind)s")
        if values.get("bbox") is not None:
            values["west"], values["south"], values["east"], values["north"] = map(float, values["bbox"].split(","))
            found.append("e.latitude BETWEEN %(south)s AND %(north)s AND e.longitude BETWEEN %(west)s AND %(east)s")
        return found

    def _stored(self, fields: Mapping[str, Any]) -> list[Any]:
        return [
            Jsonb(value, orjson.dumps) if name in self._kind.json and value is not None else value
            for name, value in fields.items()
        ]


def _searches(columns: Sequence[str]) -> str:
    return "(" + " OR ".join(f"strpos(lower(e.{name}), lower(%(q)s)) > 0" for name in columns) + ")"


_HOUSES_FOLLOW = """UPDATE houses h SET organisation = b.organisation FROM buildings b
    WHERE h.building = b.key AND b.key = %(key)s AND h.organisation <> b.organisation"""
_HOUSEHOLDS_FOLLOW = """UPDATE households x SET organisation = h.organisation FROM houses h
    WHERE x.house = h.key AND {which} AND x.organisation <> h.organisation"""
_PEOPLE_FOLLOW = """UPDATE people p SET organisation = x.organisation FROM households x {more}
    WHERE p.household = x.key AND {which} AND p.organisation <> x.organisation"""
_MOVES = {
    Element.BUILDINGS: (
        _HOUSES_FOLLOW, _HOUSEHOLDS_FOLLOW.format(which="h.building = %(key)s"),
        _PEOPLE_FOLLOW.format(more="JOIN houses h ON h.key = x.house", which="h.building = %(key)s"),
    ),
    Element.HOUSES: (
        _HOUSEHOLDS_FOLLOW.format(which="h.key = %(key)s"), _PEOPLE_FOLLOW.format(more="", which="x.house = %(key)s"),
    ),
    Element.HOUSEHOLDS: (_PEOPLE_FOLLOW.format(more="", which="x.key = %(key)s"),),
}  # fmt: skip
