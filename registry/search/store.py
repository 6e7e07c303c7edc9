"""The entries of search in the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
from psycopg import AsyncConnection

from registry.search.model import Candidate, Source

__all__ = ["SearchStore"]

_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended('search', 0))"
_CANDIDATES = """(SELECT '{kind}', record, texts, depth FROM search_entries
    WHERE kind = '{kind}' AND terms @@ %(question)s::tsquery LIMIT %(most)s)"""


class SearchStore:
    """Over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def narrowed(self, roots: Sequence[int], organisation: str | None) -> list[int]:
        """The roots of what lies below both the given roots and the organisation that is asked for (id)."""
        if organisation is None:
            return list(roots)
        cursor = await self._connection.execute(
            """SELECT a.key FROM organisations a JOIN organisation_closure c ON c.descendant = a.key
               WHERE a.id = %(organisation)s AND c.ancestor = ANY(%(roots)s)
               UNION SELECT c.descendant FROM organisation_closure c JOIN organisations a ON a.key = c.ancestor
               WHERE a.id = %(organisation)s AND c.descendant = ANY(%(roots)s)""",
            {"roots": list(roots), "organisation": organisation},
        )
        return [key for (key,) in await cursor.fetchall()]

    async def plan_once(self) -> None:
        """To the end of the transaction a statement's plan is kept: planning costs more than finding."""
        await self._connection.execute("SET LOCAL plan_cache_mode = force_generic_plan")

    async def candidates(self, question: str, kinds: Sequence[str], *, most: int) -> list[Candidate]:
        """Some that the tsquery finds, `most` of each kind. kinds: of our sources."""
        query = " UNION ALL ".join(_CANDIDATES.format(kind=kind) for kind in kinds)
        cursor = await self._connection.execute(query.encode(), {"question": question, "most": most}, prepare=True)
        return [Candidate(*row) for row in await cursor.fetchall()]

    async def shown(self, source: Source, keys: Sequence[int], roots: Sequence[int]) -> dict[int, tuple[Any, ...]]:
        """What is shown of them, by key; as they are now, and only what may be seen."""
        cursor = await self._connection.execute(source.shown.encode(), {"keys": list(keys), "roots": list(roots)})
        return {row[0]: tuple(row[1:]) for row in await cursor.fetchall()}

    async def take(self, most: int) -> dict[str, list[int]] | None:
        """Records to renew, by kind, off the list with this transaction; None while another worker is at it."""
        cursor = await self._connection.execute(_LOCK)
        if (await cursor.fetchone() or (False,))[0] is False:
            return None
        cursor = await self._connection.execute(
            """DELETE FROM search_pending WHERE key IN (SELECT key FROM search_pending ORDER BY key LIMIT %s)
               RETURNING kind, record""",
            (most,),
        )
        taken: dict[str, set[int]] = {}
        for kind, record in await cursor.fetchall():
            taken.setdefault(kind, set()).add(record)
        return {kind: sorted(records) for kind, records in taken.items()}

    async def texts(self, source: Source, keys: Sequence[int]) -> list[tuple[int, int, int | None, list[str]]]:
        """(key, organisation, place_organisation, texts) of those that are there."""
        cursor = await self._connection.execute(source.texts.encode(), {"keys": list(keys)})
        return await cursor.fetchall()

    async def put(
        self, kind: str, keys: Sequence[int], rows: Sequence[tuple[int, int, int | None, list[str], list[str]]]
    ) -> None:
        """The entries of these keys are these rows (the last column: terms); those without a row are gone."""
        await self._connection.execute(
            "DELETE FROM search_entries WHERE kind = %s AND record = ANY(%s)", (kind, list(keys))
        )
        named = ("record", "organisation", "place_organisation", "texts", "terms")
        told = orjson.dumps([dict(zip(named, row, strict=True)) for row in rows]).decode()
        await self._connection.execute(
            """INSERT INTO search_entries (kind, record, organisation, place_organisation, depth, texts, terms)
               SELECT %s, t.record, t.organisation, t.place_organisation,
                      (SELECT count(*) FROM organisation_closure c WHERE c.descendant = t.organisation), t.texts,
                      array_to_tsvector(t.terms || ARRAY(SELECT DISTINCT '@' || c.ancestor FROM organisation_closure c
                          WHERE c.descendant IN (t.organisation, t.place_organisation)))
               FROM jsonb_to_recordset(%s::jsonb) AS t (
                   record bigint, organisation integer, place_organisation integer, texts text[], terms text[])""",
            (kind, told),
        )
