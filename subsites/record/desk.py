"""One transaction on rows of the sub-sites: what is changed and its entry on record stand or fall together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson
from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import Conflict, NotFound
from registry.idempotency.queries import claim, keep
from registry.scope.queries import BELOW_ASKED, BELOW_SCOPE
from subsites.record.model import A, Actor, IllegalMove, Machine, S, Told, code_hash

__all__ = ["SEEN", "Desk", "Subject", "as_seen", "at_the_desk", "page_of", "rows_of"]

SEEN = f"x.organisation IN {BELOW_SCOPE}"
"""Whether an actor may see row x, in SQL; takes the key of his organisation as scope."""

_PAGE = f"""{SEEN} AND (%(before)s = 0 OR x.key < %(before)s) AND (NOT %(open)s OR x.ended_at IS NULL)
    AND (%(organisation)s::text IS NULL OR x.organisation IN {BELOW_ASKED})"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A table of things. prefix: of its ids; word: in refusals; told: columns and joins that people are told of.

    The table is x and its organisation o in `told` and `joins`; told has x.key, x.id and x.version first.
    """

    table: str
    prefix: str
    word: str
    told: str
    joins: str = ""

    @property
    def query(self) -> str:
        """SELECT … FROM, to which a WHERE is added."""
        return f"""SELECT x.key, x.id, x.version, o.id AS organisation, o.name AS organisation_name, {self.told}
                   FROM {self.table} x JOIN organisations o ON o.key = x.organisation {self.joins}"""


class Desk:
    """What one actor does in one transaction, at one instant."""

    def __init__(self, connection: AsyncConnection, actor: Actor, now: datetime) -> None:
        self.connection, self.actor, self.now = connection, actor, now

    async def add(self, subject: Subject, fields: Mapping[str, Any], *, note: str | None = None) -> Told:
        """Store a new one, and that on record. Fields: columns; organisation is a key."""
        names = ", ".join(f'"{name}"' for name in fields)
        values = ", ".join(f"%({name})s" for name in fields)
        cursor = await self.connection.execute(
            f"""INSERT INTO {subject.table} (key, id, {names}) SELECT n, '{subject.prefix}-' || n, {values}
                FROM nextval(pg_get_serial_sequence('{subject.table}', 'key')) AS n RETURNING key""".encode(),
            dict(fields),
        )
        row = await cursor.fetchone()
        assert row is not None
        await self._log(subject, row[0], "add", note, {}, fields)
        return await self.told(subject, row[0])

    async def add_once(
        self, subject: Subject, key: str | None, fields: Mapping[str, Any], *, note: str | None = None,
        check: Callable[[], Awaitable[None]] | None = None,
    ) -> Told:  # fmt: skip
        """`add`; sent again with the same Idempotency-Key, it makes one. check: raises where it may not be made."""
        earlier = await claim(self.connection, self.actor.user, key, subject.table)
        if earlier is not None:
            return await self.find(subject, earlier)
        if check is not None:
            await check()
        made = await self.add(subject, fields, note=note)
        await keep(self.connection, self.actor.user, key, made["id"])
        return made

    async def find(self, subject: Subject, thing: str, *, version: int | None = None, lock: bool = False) -> Told:
        """One that the actor may see. Raises NotFound, and Conflict when `version` is not its newest any more."""
        where = f"x.id = %(id)s AND {SEEN} {'FOR UPDATE OF x' if lock else ''}"
        found = await rows_of(self.connection, subject, where, {"id": thing, "scope": self.actor.organisation})
        if not found:
            raise NotFound(f"there is no {subject.word} {thing!r} that you may see")
        as_seen(found[0], version)
        return found[0]

    async def by_code(self, subject: Subject, hashed: bytes, *, lock: bool = False) -> Told | None:
        """The one whose code has that hash."""
        where = f"x.code_hash = %(code)s {'FOR UPDATE OF x' if lock else ''}"
        found = await rows_of(self.connection, subject, where, {"code": hashed})
        return found[0] if found else None

    async def filed(self, subject: Subject, code: str) -> Told | None:
        """What was filed with that code before. Who files the same at the same time waits for who came first."""
        await self.connection.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (f"{subject.word} {code}",))
        return await self.by_code(subject, code_hash(code))

    async def told(self, subject: Subject, key: int) -> Told:
        """The one with that key, whoever may see it."""
        return (await rows_of(self.connection, subject, "x.key = %(key)s", {"key": key}))[0]

    async def change(
        self, subject: Subject, row: Told, action: str, changes: Mapping[str, Any], *, note: str | None = None
    ) -> Told:
        """Write columns of a row that is locked, and that on record."""
        columns = ", ".join([f'"{name}" = %({name})s' for name in changes] + ["version = version + 1"])
        await self.connection.execute(
            f"UPDATE {subject.table} SET {columns} WHERE key = %(key)s".encode(), dict(changes) | {"key": row["key"]}
        )
        await self._log(subject, row["key"], action, note, row, changes)
        return await self.told(subject, row["key"])

    async def move(
        self, subject: Subject, row: Told, machine: Machine[S, A], action: A, *, note: str | None = None, **also: Any
    ) -> Told:
        """`change` to the state that the action leads to. Raises Conflict where it is not legal."""
        try:
            after = machine.after(machine.state(row["state"]), action)
        except IllegalMove as illegal:
            raise Conflict(f"{illegal}: read it again") from illegal
        return await self.change(subject, row, action, {"state": after} | also, note=note)

    async def organisation(self, organisation: str) -> int:
        """The key of an organisation (id) of the actor's subtree. Raises NotFound."""
        return await self.key_of("organisations", organisation, "organisation", column="key")

    async def sees(self, organisation: int) -> bool:
        """Whether an organisation (key) lies in the actor's subtree."""
        cursor = await self.connection.execute(
            "SELECT FROM organisation_closure WHERE ancestor = %s AND descendant = %s",
            (self.actor.organisation, organisation),
        )
        return await cursor.fetchone() is not None

    async def key_of(self, table: str, thing: str, word: str, *, column: str = "organisation") -> int:
        """The key of a row (id) of a table of the registry, in the actor's subtree. Raises NotFound."""
        cursor = await self.connection.execute(
            f"""SELECT x.key FROM {table} x JOIN organisation_closure c ON c.descendant = x.{column}
                WHERE x.id = %(id)s AND c.ancestor = %(scope)s""".encode(),
            {"id": thing, "scope": self.actor.organisation},
        )
        row = await cursor.fetchone()
        if row is None:
            raise NotFound(f"there is no {word} {thing!r} that you may see")
        return int(row[0])

    async def log_of(self, subject: Subject, row: Told) -> Sequence[Told]:
        """What was done to it, the oldest first, 500 at most."""
        async with self.connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(
                """SELECT version, at, action, actor, note, before, after FROM subsite_log
                   WHERE subject = %s AND record = %s ORDER BY key LIMIT 500""",
                (subject.table, row["key"]),
            )
            return await cursor.fetchall()

    async def _log(
        self, subject: Subject, key: int, action: str, note: str | None, row: Mapping[str, Any],
        changes: Mapping[str, Any],
    ) -> None:  # fmt: skip
        before = {name: row[name] for name in changes if name in row and name != "organisation"}
        await self.connection.execute(
            f"""INSERT INTO subsite_log (subject, record, version, organisation, at, action, actor, "user", member,
                                         note, before, after)
                SELECT %(subject)s, key, version, organisation, %(at)s, %(action)s, %(actor)s, %(user)s, %(member)s,
                       %(note)s, %(before)s, %(after)s FROM {subject.table} WHERE key = %(key)s""".encode(),
            {
                "subject": subject.table, "key": key, "at": self.now, "action": action, "actor": self.actor.name,
                "user": self.actor.user, "member": self.actor.member, "note": note,
                "before": Jsonb(before, _json), "after": Jsonb(_unsealed(changes), _json),
            },
        )  # fmt: skip


def as_seen(row: Told, version: int | None) -> None:
    """Raises Conflict when `version` is not the newest of that row any more."""
    if version is not None and version != row["version"]:
        raise Conflict(f"{row['id']} is at version {row['version']}, you saw {version}: read it again")


@asynccontextmanager
async def at_the_desk(pool: AsyncConnectionPool, actor: Actor, now: datetime) -> AsyncIterator[Desk]:
    """A transaction."""
    async with pool.connection() as connection:
        yield Desk(connection, actor, now)


async def rows_of(connection: AsyncConnection, subject: Subject, where: str, values: Mapping[str, Any]) -> list[Told]:
    """Rows of a subject; where: of x and o."""
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(f"{subject.query} WHERE {where}".encode(), dict(values))
        return await cursor.fetchall()


async def page_of(
    connection: AsyncConnection, subject: Subject, scope: int | None, filters: Mapping[str, Any], where: str, *,
    before: int, limit: int,
) -> list[Told]:  # fmt: skip
    """The newest first, of those that may be seen. filters: organisation (id, its subtree), open, and those of `where`.

    before: key, 0 for the first page.
    """
    values = dict(filters) | {"scope": scope, "before": before, "limit": limit}
    return await rows_of(connection, subject, f"{_PAGE} AND {where} ORDER BY x.key DESC LIMIT %(limit)s", values)


def _unsealed(changes: Mapping[str, Any]) -> dict[str, Any]:
    """What may stand on record: of bytes, which are sealed or hashed, only that they came."""
    return {name: "…" if isinstance(value, bytes) else value for name, value in changes.items()}


def _json(value: Any) -> bytes:
    return orjson.dumps(value, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return "…"
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Jsonb):
        return value.obj
    raise TypeError(f"{type(value)} has no place on record")
