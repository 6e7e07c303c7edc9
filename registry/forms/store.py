"""SQL of forms and entries. Reads of entries and records are limited to what the caller works in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row, dict_row
from psycopg.types.json import Json, Jsonb

from registry.api.problems import NotFound
from registry.api.route import Caller
from registry.forms.model import Element, Entry, Form, FormState, Record
from registry.scope.queries import BELOW_ROOTS, roots_of

__all__ = ["FormStore", "versions_of"]

_FORM = """SELECT f.key, f.id, f.code, f.version, f.state, f.title_en, f.title_zh, f.elements, f.definition, f.ui,
                  f.readers, f.fillers, f.seen, f.by_name, f.made_at, f.published_at, f.retired_at FROM forms f"""
_READABLE = """EXISTS (SELECT FROM forms r WHERE r.code = f.code AND %(role)s = ANY(r.readers) AND r.version = (
               SELECT max(n.version) FROM forms n WHERE n.code = f.code AND n.state <> 'draft'))"""
"""The newest version that is no draft says who reads; see `in_charge`."""
_ID_OF_RECORD = "CASE e.element {} END".format(
    " ".join(f"WHEN '{one}' THEN (SELECT r.id FROM {one} r WHERE r.key = e.record)" for one in Element)
)
_ENTRY = f"""SELECT e.key, e.id, e.version, f.code AS form, f.version AS form_version, f.title_en, f.title_zh,
                    e.element, {_ID_OF_RECORD} AS record, o.id AS organisation, e.answers, e.filled_at, e.saved_at,
                    e.by_name, e.latitude, e.longitude, e.ended_at
             FROM form_entries e JOIN forms f ON f.key = e.form JOIN organisations o ON o.key = e.organisation"""


class FormStore:
    """Over one connection; the caller of it ends the transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock(self) -> None:
        """Wait until nobody else edits forms, to the end of the transaction."""
        await self._connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('forms', 0))")

    async def current(self, *, every: bool) -> list[Form]:
        """The published version of each code in use; every: the newest of each, drafts and retired ones too."""
        which = "TRUE" if every else "f.state = 'published'"
        return await self._forms(
            f"SELECT * FROM (SELECT DISTINCT ON (f.code) * FROM ({_FORM}) f WHERE {which} "
            "ORDER BY f.code, f.version DESC) f ORDER BY f.key",
            {},
        )

    async def versions(self, code: str) -> list[Form]:
        """Of one code, the newest first."""
        return await self._forms(f"{_FORM} WHERE f.code = %(code)s ORDER BY f.version DESC", {"code": code})

    async def add(self, fields: Mapping[str, Any]) -> None:
        """A draft."""
        await self._connection.execute(
            """INSERT INTO forms (id, code, version, state, title_en, title_zh, elements, definition, ui, readers,
                                  fillers, by_name, made_at)
               VALUES (%(code)s || '@' || %(version)s::int, %(code)s, %(version)s, 'draft', %(title_en)s, %(title_zh)s,
                       %(elements)s, %(definition)s, %(ui)s, %(readers)s, %(fillers)s, %(by_name)s, %(now)s)""",
            _bound(fields),
        )

    async def change(self, key: int, fields: Mapping[str, Any]) -> None:
        """A draft is now as said."""
        await self._connection.execute(
            """UPDATE forms SET title_en = %(title_en)s, title_zh = %(title_zh)s, elements = %(elements)s,
                      definition = %(definition)s, ui = %(ui)s, readers = %(readers)s, fillers = %(fillers)s,
                      by_name = %(by_name)s, seen = seen + 1
               WHERE key = %(key)s AND state = 'draft'""",
            _bound(fields) | {"key": key},
        )

    async def set_state(self, key: int, state: FormState, now: datetime) -> None:
        """Published or retired now."""
        await self._connection.execute(
            """UPDATE forms SET state = %(state)s,
                      published_at = CASE WHEN %(state)s = 'published' THEN %(now)s ELSE published_at END,
                      retired_at = CASE WHEN %(state)s = 'retired' THEN %(now)s END
               WHERE key = %(key)s""",
            {"key": key, "state": state, "now": now},
        )

    async def record(self, element: Element, record: str, caller: Caller) -> Record | None:
        """A record that the caller may see, ended ones too."""
        async with self._connection.cursor(row_factory=class_row(Record)) as cursor:
            await cursor.execute(
                f"SELECT r.key, r.id, r.organisation FROM {element} r "
                f"WHERE r.id = %(id)s AND r.organisation IN {BELOW_ROOTS}".encode(),
                {"roots": await roots_of(self._connection, caller), "id": record},
            )
            return await cursor.fetchone()

    async def entries(self, caller: Caller, where: str, values: Mapping[str, Any]) -> list[Entry]:
        """In the order of keys. where: of ours, values bound."""
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(
                f"{_ENTRY} WHERE e.organisation IN {BELOW_ROOTS} AND {_READABLE} AND {where}".encode(),
                {"roots": await roots_of(self._connection, caller), "role": caller.role} | dict(values),
            )
            return [Entry.model_validate(row) for row in await cursor.fetchall()]

    async def entry(self, entry: str, caller: Caller, *, lock: bool = False) -> Entry | None:
        """One of them; lock: nobody else changes it meanwhile."""
        if lock:
            await self._connection.execute("SELECT FROM form_entries WHERE id = %s FOR UPDATE", (entry,))
        return next(iter(await self.entries(caller, "e.id = %(id)s", {"id": entry})), None)

    async def add_entry(self, fields: Mapping[str, Any]) -> str:
        """Its id."""
        cursor = await self._connection.execute(
            """INSERT INTO form_entries (key, id, form, organisation, element, record, answers, filled_at, saved_at,
                                         by_name, "user", member, latitude, longitude)
               SELECT n, 'E-' || n, %(form)s, %(organisation)s, %(element)s, %(record)s, %(answers)s, %(filled_at)s,
                      %(now)s, %(actor)s, %(user)s, %(member)s, %(latitude)s, %(longitude)s
               FROM nextval(pg_get_serial_sequence('form_entries', 'key')) AS n RETURNING id""",
            dict(fields) | {"answers": Jsonb(fields["answers"])},
        )
        row = await cursor.fetchone()
        assert row is not None
        return str(row[0])

    async def change_entry(self, key: int, *, form: int, answers: Mapping[str, Any], ended_at: datetime | None) -> None:
        """As it is now."""
        await self._connection.execute(
            "UPDATE form_entries SET form = %s, answers = %s, ended_at = %s, version = version + 1 WHERE key = %s",
            (form, Jsonb(answers), ended_at, key),
        )

    async def log(self, entry: str, action: str, said: Mapping[str, Any]) -> None:
        """A step of an entry as it is now goes on record. said: before, after, note, and who, when and where."""
        await self._connection.execute(
            """INSERT INTO form_entry_log (entry, version, at, action, actor, "user", member, latitude, longitude, note,
                                           form, before, after)
               SELECT key, version, %(now)s, %(action)s, %(actor)s, %(user)s, %(member)s, %(latitude)s, %(longitude)s,
                      %(note)s, form, %(before)s, %(after)s FROM form_entries WHERE id = %(entry)s""",
            dict(said)
            | {"entry": entry, "action": action, "before": Jsonb(said["before"]), "after": Jsonb(said["after"])},
        )

    async def history(self, key: int) -> list[dict[str, Any]]:
        """What was done to an entry, the oldest first."""
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(
                """SELECT l.version, l.at, l.action, l.actor, l.note, l.latitude, l.longitude,
                          f.version AS form_version, l.before, l.after
                   FROM form_entry_log l JOIN forms f ON f.key = l.form WHERE l.entry = %s ORDER BY l.key LIMIT 1000""",
                (key,),
            )
            return await cursor.fetchall()

    async def looked(self, caller: Caller, what: tuple[str, str], *, purpose: str, address: str, rows: int) -> None:
        """A look at what is private goes on record. what: element and record."""
        await self._connection.execute(
            """INSERT INTO access_log ("user", name, organisation, action, element, record, purpose, address, rows)
               VALUES (%s, %s, %s, 'look', %s, %s, %s, %s, %s)""",
            (caller.user, caller.name, caller.organisation, *what, purpose, address, rows),
        )

    async def _forms(self, query: str, values: Mapping[str, Any]) -> list[Form]:
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query.encode(), values)
            return [Form.model_validate(row) for row in await cursor.fetchall()]


async def versions_of(store: FormStore, code: str) -> list[Form]:
    """Of a form that there is, the newest first. Raises NotFound."""
    found = await store.versions(code)
    if not found:
        raise NotFound(f"there is no form {code!r}")
    return found


def _bound(fields: Mapping[str, Any]) -> dict[str, Any]:
    def written(value: object) -> str:
        return json.dumps(value, ensure_ascii=False)

    return dict(fields) | {
        **{name: [str(one) for one in fields[name]] for name in ("elements", "readers", "fillers")},
        "definition": Json(fields["definition"], dumps=written),
        "ui": Json(fields["ui"], dumps=written),
    }
