"""The entries of search in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import AsyncConnection

from registry.scope.queries import BELOW_ASKED
from registry.search.model import Candidate, Source

__all__ = ["SearchStore"]

_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended('search', 0))"
_CANDIDATES = """(SELECT '{kind}' AS kind, record, texts, organisation FROM search_entries
    WHERE kind = '{kind}' AND terms @@ %(question)s::tsquery
      AND (%(seen)s::int[] IS NULL OR organisation = ANY(%(seen)s) OR place_organisation = ANY(%(seen)s))
    LIMIT %(most)s)"""


class SearchStore:
    """Over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def subtrees(self, roots: Sequence[int], organisation: str | None) -> dict[int, int]:
        """Levels below the asked organisation (id), or the nearest root, by key of those below the roots."""
        cursor = await self._connection.execute(
            f"""SELECT below.descendant, min((SELECT count(*) FROM organisation_closure up
                                             WHERE up.descendant = below.descendant))
               FROM organisation_closure below
               WHERE below.ancestor = ANY(%(roots)s)
                 AND (%(organisation)s::text IS NULL OR below.descendant IN {BELOW_ASKED})
               GROUP BY below.descendant""",
            {"roots": list(roots), "organisation": organisation},
        )
        return dict(await cursor.fetchall())

    async def candidates(
        self, question: str, kinds: Sequence[str], seen: Mapping[int, int], *, most: int
    ) -> list[Candidate]:
        """Some that the tsquery finds, `most` of each kind. kinds: of our sources. seen: depth by organisation."""
        query = " UNION ALL ".join(_CANDIDATES.format(kind=kind) for kind in kinds)
        cursor = await self._connection.execute(
            query.encode(), {"question": question, "seen": list(seen), "most": most}, prepare=False
        )
        return [Candidate(kind, key, texts, seen.get(place, 99)) for kind, key, texts, place in await cursor.fetchall()]

    async def shown(self, source: Source, keys: Sequence[int], seen: Mapping[int, int]) -> dict[int, tuple[Any, ...]]:
        """What is shown of them, by key; as they are now, and only what may be seen."""
        cursor = await self._connection.execute(source.shown.encode(), {"keys": list(keys), "seen": list(seen)})
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
        async with self._connection.cursor() as cursor:
            await cursor.executemany(
                """INSERT INTO search_entries (kind, record, organisation, place_organisation, texts, terms)
                   VALUES (%s, %s, %s, %s, %s, array_to_tsvector(%s::text[]))""",
                [(kind, *row) for row in rows],
            )
