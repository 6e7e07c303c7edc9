"""SQL of proposals and merges. Reads and writes are limited to the organisations below `roots`, keys.

Names of tables and columns come from registry/elements/types and from here; every value is bound.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from registry.duplicates.hanging import HANGING
from registry.duplicates.rules import LABELS, RULES
from registry.elements.model import Element, ElementType
from registry.scope.queries import BELOW_ROOTS

__all__ = ["DuplicateStore", "Moved", "Row"]

Row = dict[str, Any]
Moved = dict[str, list[int]]
"""Keys of rows that hung on a record, by `table.column`."""

_BOTH_STAND = f"""a.ended_at IS NULL AND b.ended_at IS NULL
    AND a.organisation IN {BELOW_ROOTS} AND b.organisation IN {BELOW_ROOTS}"""
_MOST_FOUND = 20_000


class DuplicateStore:
    """One element over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection, kind: ElementType) -> None:
        self._connection, self._kind, self._table = connection, kind, kind.element

    async def search(self, roots: Sequence[int]) -> int:
        """Propose what the rules find and nobody has decided on; how many are open now."""
        values = {"roots": list(roots), "element": self._table, "most": _MOST_FOUND}
        await self._run("SELECT pg_advisory_xact_lock(hashtextextended('duplicates', 0))", {})
        if not (pairs := self._pairs()):
            return 0
        await self._run(
            f"""WITH found AS MATERIALIZED (
                    SELECT first, second, array_agg(reason ORDER BY reason) AS reasons FROM ({pairs}) said
                    GROUP BY first, second ORDER BY first, second LIMIT %(most)s),
                stale AS (
                    DELETE FROM duplicates d USING {self._table} a, {self._table} b
                    WHERE d.element = %(element)s AND d.state = 'open' AND a.key = d.first AND b.key = d.second
                      AND {_BOTH_STAND} AND (d.first, d.second) NOT IN (SELECT first, second FROM found))
                INSERT INTO duplicates (key, id, element, first, second, reasons)
                SELECT n, 'D-' || n, %(element)s, first, second, reasons FROM (
                    SELECT nextval(pg_get_serial_sequence('duplicates', 'key')) AS n, found.* FROM found
                    WHERE NOT EXISTS (SELECT FROM duplicates d WHERE d.element = %(element)s AND d.first = found.first
                                      AND d.second = found.second AND d.reasons = found.reasons)) numbered
                ON CONFLICT (element, first, second) DO UPDATE SET reasons = EXCLUDED.reasons
                WHERE duplicates.state = 'open'""",
            values,
        )
        (row,) = await self._run(f"SELECT count(*) AS open {self._open()}", values)
        return int(row["open"])

    async def page(
        self, roots: Sequence[int], *, record: str | None, proposal: str | None = None, after: int, limit: int
    ) -> list[Row]:
        """Open proposals in the order they were found. record: of that record (id); proposal: the one of that id."""
        label = LABELS[self._table]
        return await self._run(
            f"""SELECT d.key, d.id, d.element, d.reasons, d.found_at, d.first AS first_key, d.second AS second_key,
                       jsonb_build_object('id', a.id, 'label', {label.format("a")}, 'version', a.version) AS first,
                       jsonb_build_object('id', b.id, 'label', {label.format("b")}, 'version', b.version) AS second
                {self._open()} AND d.key > %(after)s AND (%(record)s::text IS NULL OR %(record)s IN (a.id, b.id))
                  AND (%(proposal)s::text IS NULL OR d.id = %(proposal)s)
                ORDER BY d.key LIMIT %(limit)s""",
            {"roots": list(roots), "element": self._table, "record": record, "proposal": proposal, "after": after,
             "limit": limit},
        )  # fmt: skip

    async def decide(self, first: int, second: int, state: str, by_name: str, note: str | None) -> None:
        """The proposal of those two records (keys) is dismissed, merged or open again; without one nothing happens."""
        await self._run(
            """UPDATE duplicates SET state = %(state)s, by_name = %(by_name)s, note = %(note)s, decided_at = now()
               WHERE element = %(element)s AND first = LEAST(%(one)s::int, %(other)s)
                 AND second = GREATEST(%(one)s::int, %(other)s)""",
            {"element": self._table, "one": first, "other": second, "state": state, "by_name": by_name, "note": note},
        )

    async def end(self, gone: int, kept: int) -> None:
        """The record of key `gone` is no more: it was merged into `kept`. Entries of forms go along by a trigger."""
        reason = ", end_reason = 'merged'" if self._table is Element.PEOPLE else ""
        await self._run(
            f"UPDATE {self._table} SET ended_at = now(), merged_into = %(kept)s{reason} WHERE key = %(gone)s",
            {"kept": kept, "gone": gone},
        )

    async def restore(self, gone: int) -> None:
        """It is again."""
        reason = ", end_reason = NULL" if self._table is Element.PEOPLE else ""
        await self._run(
            f"UPDATE {self._table} SET ended_at = NULL, merged_into = NULL{reason} WHERE key = %(gone)s", {"gone": gone}
        )

    async def take(self, kept: int, gone: int, columns: Sequence[str]) -> Row:
        """The kept record has these columns of the other's from now on; what they were."""
        told = ", ".join(f"'{name}', k.{name}" for name in columns)
        (was,) = await self._run(
            f"SELECT jsonb_build_object({told}) AS before FROM {self._table} k WHERE k.key = %(kept)s", {"kept": kept}
        )
        if columns:
            changes = ", ".join(f"{name} = g.{name}" for name in columns)
            await self._run(
                f"""UPDATE {self._table} k SET {changes} FROM {self._table} g
                    WHERE k.key = %(kept)s AND g.key = %(gone)s""",
                {"kept": kept, "gone": gone},
            )
        return dict(was["before"])

    async def give_back(self, kept: int, before: Mapping[str, Any]) -> None:
        """The columns are as they were."""
        if before:
            changes = ", ".join(f"{name} = w.{name}" for name in before)
            await self._run(
                f"""UPDATE {self._table} k SET {changes}
                    FROM jsonb_populate_record(NULL::{self._table}, %(before)s) w WHERE k.key = %(kept)s""",
                {"kept": kept, "before": Jsonb(dict(before))},
            )

    async def move(self, source: int, target: int, only: Moved | None = None) -> Moved:
        """All that hangs on one record hangs on the other. only: no more than these rows. What was moved."""
        moved: Moved = {}
        for one in HANGING:
            if one.element in (None, self._table):
                name = f"{one.table}.{one.column}"
                values = {"source": source, "target": target, "element": self._table}
                rows = await self._run(one.move(), values | {"only": None if only is None else only.get(name, [])})
                moved |= {name: [row["key"] for row in rows]} if rows else {}
        await self._run(
            f"""UPDATE form_entries f SET organisation = r.organisation FROM {self._table} r
                WHERE f.element = %(element)s AND f.record = r.key AND r.key = %(target)s
                  AND f.organisation <> r.organisation""",
            {"element": self._table, "target": target},
        )
        return moved

    async def add_merge(self, fields: Mapping[str, Any]) -> None:
        """A merge is on record. fields: of merges, `before` and `moved` as objects."""
        values = dict(fields) | {"element": self._table, **{n: Jsonb(fields[n]) for n in ("before", "moved")}}
        await self._run(
            f"""INSERT INTO merges (key, id, element, kept, gone, kept_version, by_name, note, taken, before, moved)
                SELECT n, 'M-' || n, %(element)s, %(kept)s, %(gone)s, k.version, %(by_name)s, %(note)s, %(taken)s,
                       %(before)s, %(moved)s
                FROM nextval(pg_get_serial_sequence('merges', 'key')) AS n, {self._table} k WHERE k.key = %(kept)s""",
            values,
        )

    async def merges(self, roots: Sequence[int], *, before: int, limit: int, merge: str | None = None) -> list[Row]:
        """The newest first. before: a key, 0 for the first page; merge: the one of that id, locked."""
        label = LABELS[self._table]
        return await self._run(
            f"""SELECT m.key, m.id, m.element, m.kept AS kept_key, m.gone AS gone_key, m.kept_version, m.at, m.by_name,
                       m.note, m.taken, m.before, m.moved, m.undone_at, m.undone_by, a.version,
                       jsonb_build_object('id', a.id, 'label', {label.format("a")}, 'version', a.version) AS kept,
                       jsonb_build_object('id', b.id, 'label', {label.format("b")}, 'version', b.version) AS gone
                FROM merges m JOIN {self._table} a ON a.key = m.kept JOIN {self._table} b ON b.key = m.gone
                WHERE m.element = %(element)s AND a.organisation IN {BELOW_ROOTS} AND b.organisation IN {BELOW_ROOTS}
                  AND (%(before)s = 0 OR m.key < %(before)s) AND (%(merge)s::text IS NULL OR m.id = %(merge)s)
                ORDER BY m.key DESC LIMIT %(limit)s {"" if merge is None else "FOR UPDATE OF m, a, b"}""",
            {"roots": list(roots), "element": self._table, "before": before, "limit": limit, "merge": merge},
        )

    async def undone(self, key: int, by_name: str) -> None:
        """The merge of that key was undone now."""
        await self._run(
            "UPDATE merges SET undone_at = now(), undone_by = %(by_name)s WHERE key = %(key)s",
            {"key": key, "by_name": by_name},
        )

    def _open(self) -> str:
        return f"""FROM duplicates d JOIN {self._table} a ON a.key = d.first JOIN {self._table} b ON b.key = d.second
                   WHERE d.element = %(element)s AND d.state = 'open' AND {_BOTH_STAND}"""

    def _pairs(self) -> str:
        return " UNION ALL ".join(
            f"""SELECT a.key AS first, b.key AS second, '{rule.reason}' AS reason
                FROM {self._table} a JOIN {self._table} b ON a.key < b.key AND {rule.where} WHERE {_BOTH_STAND}"""
            for rule in RULES
            if rule.element is self._table
        )

    async def _run(self, query: str, values: Mapping[str, Any]) -> list[Row]:
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query.encode(), values)
            return await cursor.fetchall() if cursor.description else []
