"""Reading and changing elements: what every one of them has in common is here, once."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from psycopg import AsyncConnection
from psycopg.errors import ForeignKeyViolation, UniqueViolation
from psycopg_pool import AsyncConnectionPool

from registry.access.queries import put_look
from registry.api.problems import BadRequest, Conflict, NotFound
from registry.api.route import Call
from registry.elements.model import Act, ElementType
from registry.elements.sealing import Seals
from registry.elements.store import ElementStore, Row
from registry.idempotency.queries import claim, keep
from registry.organisations.queries import organisation_at
from registry.privacy.queries import Vault
from registry.scope.queries import roots_of

__all__ = ["ElementService"]

_MOST_HISTORY = 1_000
_MOST_BY_NUMBER = 100
_ID_BYTES = 6
_TAKEN = {
    "houses_door": "another house of this building has that entrance and number",
    "people_head": "the household has a head already: change that one's relation first",
}


class ElementService:
    """One element; the caller's organisations limit everything."""

    def __init__(self, pool: AsyncConnectionPool, kind: ElementType, vault: Vault) -> None:
        self._pool, self._kind, self._seals = pool, kind, Seals(kind, vault)

    async def page(self, call: Call, asked: dict[str, Any], *, after: int, limit: int) -> list[Row]:
        """Rows in the order of keys, without numbers."""
        async with self._store(call) as (store, _, roots):
            rows = await store.page(roots, asked, after=after, limit=limit)
        return [self._without_numbers(row) for row in rows]

    async def by_number(self, call: Call, name: str, number: str, purpose: str) -> list[Row]:
        """Those that have that whole number, on record. name: identity or telephone. Raises BadRequest, Unavailable."""
        if name not in self._kind.sealed:
            raise BadRequest(f"a {self._kind.word} has no {name}: ask by its {' or '.join(self._kind.sealed)}")
        blind = await self._seals.blind(name, number)
        async with self._store(call) as (store, connection, roots):
            rows = await store.page(roots, {"number": name, "blind": blind}, limit=_MOST_BY_NUMBER)
            await put_look(connection, call, "search", self._kind.element, None, purpose, rows=len(rows))
        return [self._without_numbers(row) for row in rows]

    async def find(self, call: Call, record: str, purpose: str | None) -> Row:
        """One, its numbers masked. Raises NotFound, and BadRequest where a private one is asked for without purpose."""
        async with self._store(call) as (store, connection, roots):
            row = await self._looked_at(call, store, connection, roots, record, purpose)
            return row | self._seals.masked(row)

    async def located(self, call: Call, record: str) -> tuple[int, int]:
        """(key, organisation's key) of one, for what is added to it: nothing is told. Raises NotFound."""
        async with self._store(call) as (store, _, roots):
            row = await self._found(store, roots, record)
            return row["key"], row["home"]

    async def reveal(self, call: Call, record: str, purpose: str) -> dict[str, str | None]:
        """Its numbers in full, on record. Raises NotFound."""
        async with self._store(call) as (store, connection, roots):
            row = await self._found(store, roots, record)
            await put_look(connection, call, "reveal", self._kind.element, record, purpose)
            return self._seals.plain(row)

    async def add(self, call: Call, fields: dict[str, Any], act: Act) -> Row:
        """A new one. Raises BadRequest, Conflict, NotFound."""
        async with self._store(call) as (store, connection, roots):
            what = f"add to {self._kind.element}"
            made = await claim(connection, call.user.user, call.idempotency_key, what)
            if made is None:
                made = fields.pop("id", None) or f"{self._kind.prefix}-{secrets.token_hex(_ID_BYTES)}"
                organisation, stored = await self._placed(store, connection, roots, fields)
                await store.act("add", act)
                await self._put(store.add(made, organisation, await self._seals.sealed(stored, {})), made)
                await keep(connection, call.user.user, call.idempotency_key, made)
            row = await self._found(store, roots, made)
            return row | self._seals.masked(row)

    async def change(
        self, call: Call, record: str, changes: dict[str, Any], act: Act, *, action: str = "change"
    ) -> Row:
        """Some fields; `version` is the one that was seen. Raises BadRequest, Conflict, NotFound."""
        version = changes.pop("version")
        async with self._store(call) as (store, _, roots):
            row = await self._found(store, roots, record, lock=True)
            if version != row["version"]:
                raise Conflict(
                    f"you saw version {version}; it is {row['version']}: look at its history, and change it again"
                )
            stored = await self._seals.sealed(await self._resolved(store, roots, changes), row)
            if stored:
                await store.act(action, act)
                await self._put(store.change(row["key"], stored), record)
                await store.move_along(row["key"])
            row = await self._found(store, roots, record)
            return row | self._seals.masked(row)

    async def history(self, call: Call, record: str, purpose: str | None) -> list[Row]:
        """Its changes, the newest first; numbers stay sealed, references are told by their ids. Raises as find does."""
        async with self._store(call) as (store, connection, roots):
            row = await self._looked_at(call, store, connection, roots, record, purpose)
            entries = await store.history(row["key"], _MOST_HISTORY)
            names = await self._names(store, entries)
        return [entry | {side: self._told(entry[side], names) for side in ("before", "after")} for entry in entries]

    def _without_numbers(self, row: Row) -> Row:
        return row | dict.fromkeys(self._kind.sealed)

    @asynccontextmanager
    async def _store(self, call: Call) -> AsyncIterator[tuple[ElementStore, AsyncConnection, list[int]]]:
        async with self._pool.connection() as connection:
            yield ElementStore(connection, self._kind), connection, await roots_of(connection, call.user)

    async def _found(self, store: ElementStore, roots: list[int], record: str, *, lock: bool = False) -> Row:
        row = await store.find(roots, record, lock=lock)
        if row is None:
            raise NotFound(f"there is no {self._kind.word} {record!r} that you may see")
        return row

    async def _looked_at(
        self, call: Call, store: ElementStore, connection: AsyncConnection, roots: list[int], record: str,
        purpose: str | None,
    ) -> Row:  # fmt: skip
        """One, the look at a private one on record with its purpose. Raises BadRequest, NotFound."""
        if self._kind.is_private and purpose is None:
            raise BadRequest(f"say the purpose for which you look at a {self._kind.word}: it goes on record")
        row = await self._found(store, roots, record)
        if self._kind.is_private:
            await put_look(connection, call, "look", self._kind.element, record, purpose or "")
        return row

    async def _put(self, statement: Awaitable[None], record: str) -> None:
        """Run a statement that adds or changes, with the database's refusals in words."""
        try:
            await statement
        except UniqueViolation as error:
            detail = _TAKEN.get(error.diag.constraint_name or "", f"there is a {self._kind.word} {record!r} already")
            raise Conflict(detail) from error
        except ForeignKeyViolation as error:
            raise BadRequest("there is no such code in the catalogue of components: GET /api/v1/kinds") from error

    async def _placed(
        self, store: ElementStore, connection: AsyncConnection, roots: list[int], fields: dict[str, Any]
    ) -> tuple[int, dict[str, Any]]:
        """(organisation's key, what is stored) of a new record. Raises BadRequest, NotFound."""
        homes: list[int] = []
        stored = await self._resolved(store, roots, fields, homes)
        if "organisation" in stored:
            return stored.pop("organisation"), stored
        if not homes and self._kind.is_placed and stored["latitude"] is not None:
            at = await organisation_at(connection, stored["latitude"], stored["longitude"])
            homes += [] if at is None or not await store.is_seen(roots, at[0]) else [at[0]]
        if not homes:
            raise BadRequest("say the organisation: nothing that you may see tells where it lies")
        return homes[0], stored

    async def _resolved(
        self, store: ElementStore, roots: list[int], fields: Mapping[str, Any], homes: list[int] | None = None
    ) -> dict[str, Any]:
        """The fields with keys in place of ids. homes: gets the organisation of what the record lies in."""
        stored = dict(fields)
        if (organisation := stored.pop("organisation", None)) is not None:
            key = await store.organisation_key(roots, organisation)
            if key is None:
                raise NotFound(f"there is no organisation {organisation!r} that you may see: add or import it first")
            stored["organisation"] = key
        for name, reference in self._kind.references.items():
            if stored.get(name) is not None:
                found = await store.referred(reference.element, roots, stored[name])
                if found is None:
                    raise NotFound(f"{name}: there is no {stored[name]!r} that you may see: add it first")
                stored[name] = found[0]
                if reference.is_home:
                    stored.setdefault("organisation", found[1])
                    if homes is not None:
                        homes.append(found[1])
        return stored

    async def _names(self, store: ElementStore, entries: list[Row]) -> dict[str, dict[int, str]]:
        """Ids by key of what the entries refer to, by column."""
        tables = {name: str(reference.element) for name, reference in self._kind.references.items()}
        tables |= {"organisation": "organisations", "merged_into": str(self._kind.element)}
        found = {}
        for name, table in tables.items():
            keys = {entry[side][name] for entry in entries for side in ("before", "after") if entry[side].get(name)}
            found[name] = await store.ids(table, keys) if keys else {}
        return found

    def _told(self, side: Mapping[str, Any], names: Mapping[str, Mapping[int, str]]) -> dict[str, Any]:
        told: dict[str, Any] = {}
        for name, value in side.items():
            if name.endswith("_blind"):
                continue
            if name.endswith("_sealed"):
                told[name.removesuffix("_sealed")] = None if value is None else "sealed"
            elif name in names:
                told[name] = names[name].get(value)
            else:
                told[name] = value
        return told
