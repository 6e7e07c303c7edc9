"""Elements as files: `gridwarden import people FILE`, `gridwarden export people`, and the same over HTTP.

A chunk of rows is a few statements: what the rows refer to, one INSERT, and that where the records lie. Where the
database refuses the chunk, its rows go in one by one, so that each refusal has its row.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from psycopg import AsyncConnection
from psycopg.errors import IntegrityError
from psycopg.types.json import Jsonb

from registry.api.problems import BadRequest
from registry.elements.model import ElementType
from registry.elements.rows import ElementShape, shape_of
from registry.elements.sealing import Seals
from registry.elements.types import TYPES
from registry.imports.kinds import Kind
from registry.imports.shapes import Reason
from registry.organisations.queries import organisation_at
from registry.privacy.queries import Vault

__all__ = ["element_kinds"]

Stored = dict[str, Any]


def element_kinds(vault: Vault) -> dict[str, Kind]:
    """The elements by the name of their import. Numbers are sealed on their way in, and not exported."""
    return {str(kind.element): _kind(kind, vault) for kind in TYPES.values()}


def _kind(kind: ElementType, vault: Vault) -> Kind:
    writer = _Writer(kind, Seals(kind, vault))
    columns = ("id", "organisation", *kind.references, *kind.columns)
    return Kind(shape_of(kind), columns, writer.write, _select(kind), is_private=kind.is_private)


def _select(kind: ElementType) -> str:
    references = [f"(SELECT r.id FROM {one.element} r WHERE r.key = e.{name})" for name, one in kind.references.items()]
    columns = [f"array_to_string(e.{name}, ';')" if name == "groups" else f"e.{name}" for name in kind.columns]
    columns = [f"{one}::text" if name in kind.json else one for name, one in zip(kind.columns, columns, strict=True)]
    return f"""SELECT e.id, o.id, {", ".join([*references, *columns])} FROM {kind.element} e
               JOIN organisations o ON o.key = e.organisation WHERE e.ended_at IS NULL ORDER BY e.key"""


class _Writer:
    """Stores chunks of one element."""

    def __init__(self, kind: ElementType, seals: Seals) -> None:
        self._kind, self._seals = kind, seals

    async def write(self, connection: AsyncConnection, rows: Mapping[int, ElementShape]) -> dict[int, str]:
        """Add or change by id; those refused, with the reason."""
        await connection.execute(
            """SELECT set_config('gridwarden.act', (COALESCE(NULLIF(current_setting('gridwarden.act', true), ''), '{}')
                                                    ::jsonb || '{"action": "import"}')::text, true)"""
        )
        refused: dict[int, str] = {}
        stored = await self._resolved(connection, rows, refused)
        stored = await self._sealed(stored, refused)
        try:
            async with connection.transaction():
                await self._put(connection, list(stored.values()))
        except IntegrityError:
            refused |= await self._one_by_one(connection, stored)
        return refused

    async def _resolved(
        self, connection: AsyncConnection, rows: Mapping[int, ElementShape], refused: dict[int, str]
    ) -> dict[int, Stored]:
        """Each row with keys in place of ids, and with its organisation."""
        known = {
            name: await _keys(connection, str(one.element), {getattr(row, name) for row in rows.values()})
            for name, one in self._kind.references.items()
        }
        organisations = await _keys(connection, "organisations", {row.organisation for row in rows.values()})
        found: dict[int, Stored] = {}
        for number, row in rows.items():
            fields = row.model_dump(include=row.model_fields_set)
            home = organisations.get(fields.pop("organisation", None))
            if row.organisation is not None and home is None:
                refused[number] = Reason(
                    f"there is no organisation {row.organisation!r}: import it first", "organisation"
                )
                continue
            missing = [name for name in known if fields.get(name) is not None and fields[name] not in known[name]]
            if missing:
                refused[number] = Reason(
                    f"{missing[0]}: there is no {fields[missing[0]]!r}: import it first", missing[0]
                )
                continue
            for name, keys in known.items():
                if fields.get(name) is not None:
                    fields[name], lies_in = keys[fields[name]]
                    if self._kind.references[name].is_home and home is None:
                        home = (lies_in, lies_in)
            if home is None and fields.get("latitude") is not None:
                at = await organisation_at(connection, fields["latitude"], fields["longitude"])
                home = None if at is None else (at[0], at[0])
            if home is None:
                refused[number] = Reason("say the organisation: nothing tells where it lies", "organisation")
                continue
            found[number] = fields | {"organisation": home[0]}
        return found

    async def _sealed(self, stored: Mapping[int, Stored], refused: dict[int, str]) -> dict[int, Stored]:
        if not self._kind.sealed or not stored:
            return dict(stored)
        found: dict[int, Stored] = {}
        for number, fields in stored.items():
            try:
                found[number] = await self._seals.sealed(fields, {})
            except BadRequest as problem:
                column = problem.errors[0]["at"] if problem.errors else None
                refused[number] = Reason(problem.detail, None if column is None else str(column))
        await asyncio.sleep(0)  # sealing a chunk takes the loop for some milliseconds
        columns = {name for fields in found.values() for name in fields}
        return {number: dict.fromkeys(columns) | fields for number, fields in found.items()}

    async def _put(self, connection: AsyncConnection, rows: Sequence[Stored]) -> None:
        if not rows:
            return
        columns = list(rows[0])
        line = f"({', '.join(['%s'] * len(columns))})"
        told = [name for name in columns if name != "id" and not name.endswith("_sealed")]
        changes = ", ".join(f"{name} = EXCLUDED.{name}" for name in columns if name != "id")
        before, after = (", ".join(f"{of}.{name}" for name in told) for of in (self._kind.element, "EXCLUDED"))
        query = f"""INSERT INTO {self._kind.element} ({", ".join(columns)}) VALUES {", ".join([line] * len(rows))}
                    ON CONFLICT (id) DO UPDATE SET {changes} WHERE ({before}) IS DISTINCT FROM ({after})"""
        values = [self._stored(name, row[name]) for row in rows for name in columns]
        await connection.execute(query.encode(), values)

    async def _one_by_one(self, connection: AsyncConnection, stored: Mapping[int, Stored]) -> dict[int, str]:
        refused: dict[int, str] = {}
        for number, row in stored.items():
            try:
                async with connection.transaction():
                    await self._put(connection, [row])
            except IntegrityError as error:
                refused[number] = Reason(_REFUSALS.get(error.diag.constraint_name or "", str(error).splitlines()[0]))
        return refused

    def _stored(self, name: str, value: Any) -> Any:
        return Jsonb(value, orjson.dumps) if name in self._kind.json and value is not None else value


_REFUSALS = {
    "houses_door": "another house of this building has that entrance and number",
    "people_head": "the household has a head already",
    "things_code_fkey": "there is no such code in the catalogue of components",
}


async def _keys(connection: AsyncConnection, table: str, ids: set[Any]) -> dict[Any, tuple[int, int]]:
    """(key, organisation's key) by id; of organisations, both are its own."""
    organisation = "key" if table == "organisations" else "organisation"
    cursor = await connection.execute(
        f"SELECT id, key, {organisation} FROM {table} WHERE id = ANY(%s)".encode(), (list(ids - {None}),)
    )
    return {record: (key, home) for record, key, home in await cursor.fetchall()}
