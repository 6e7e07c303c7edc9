"""SQL of distributions, the households on their lists, and receipts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

from registry.scope.queries import BELOW_ROOTS, BELOW_SCOPE
from subsites.record.desk import Subject, page_of, rows_of
from subsites.record.homes import ADDRESS, HOME, of_head
from subsites.record.model import Told

__all__ = ["DISTRIBUTION", "RECEIPT", "DistributionStore"]

DISTRIBUTION = Subject(
    table="distributions",
    prefix="DS",
    word="distribution",
    told="""x.state, x.title, x.note, s.id AS store, s.name AS store_name, x.store AS store_key, x.groups,
            x.least_people, x.author, x.created_at, x.ended_at, (
                SELECT jsonb_agg(jsonb_build_object('commodity', g.commodity, 'quantity', g.quantity)
                                 ORDER BY g.commodity)
                FROM distribution_goods g WHERE g.distribution = x.key) AS goods,
            (SELECT count(*) FROM distribution_households d WHERE d.distribution = x.key) AS households,
            (SELECT count(*) FROM receipts r WHERE r.distribution = x.key) AS received""",
    joins="JOIN stores s ON s.key = x.store",
)
RECEIPT = Subject(
    table="receipts",
    prefix="RC",
    word="receipt",
    told="""d.id AS distribution, h.id AS household, x.recipient_sealed, x.signature_sealed, x.signed_at,
            x.received_at, x.by_name""",
    joins="JOIN distributions d ON d.key = x.distribution JOIN households h ON h.key = x.household",
)

_REACHED = f"""FROM households h WHERE h.ended_at IS NULL AND h.organisation IN {BELOW_SCOPE}
    AND (SELECT count(*) FROM people p WHERE p.household = h.key AND p.ended_at IS NULL) >= %(least_people)s
    AND (cardinality(%(groups)s::text[]) = 0 OR EXISTS (
        SELECT FROM people p WHERE p.household = h.key AND p.ended_at IS NULL AND p.groups && %(groups)s))"""
_LISTED = f"""SELECT h.key, h.id AS household, {ADDRESS} AS address, {of_head("name")} AS head,
                     (SELECT count(*) FROM people p WHERE p.household = h.key AND p.ended_at IS NULL) AS people,
                     o.name AS organisation_name, r.id AS receipt, r.signed_at, r.by_name
              FROM distribution_households d JOIN households h ON h.key = d.household
              JOIN organisations o ON o.key = h.organisation {HOME}
              LEFT JOIN receipts r ON r.distribution = d.distribution AND r.household = h.key
              WHERE d.distribution = %(distribution)s AND h.organisation IN {BELOW_ROOTS}"""


class DistributionStore:
    """Distributions over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def page(self, scope: int, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """The newest first; filters: those of every room, and state."""
        return await page_of(self._connection, DISTRIBUTION, scope, filters, _ASKED, before=before, limit=limit)

    async def mine(self, roots: Sequence[int]) -> list[Told]:
        """Open ones with a household below the roots, whoever opened them; 20 at most."""
        where = f"""x.state = 'open' AND EXISTS (
            SELECT FROM distribution_households d JOIN households h ON h.key = d.household
            WHERE d.distribution = x.key AND h.organisation IN {BELOW_ROOTS}) ORDER BY x.key DESC LIMIT 20"""
        return await rows_of(self._connection, DISTRIBUTION, where, {"roots": list(roots)})

    async def by_id(self, distribution: str) -> Told | None:
        """The one of that id, whoever may see it."""
        rows = await rows_of(self._connection, DISTRIBUTION, "x.id = %(id)s", {"id": distribution})
        return rows[0] if rows else None

    async def reach(self, criteria: Mapping[str, Any]) -> Told:
        """How many households and people there are. criteria: scope (key of the area), groups, least_people."""
        return (await self._rows(
            f"""SELECT count(*) AS households, coalesce(sum((
                    SELECT count(*) FROM people p WHERE p.household = h.key AND p.ended_at IS NULL)), 0) AS people
                {_REACHED}""",
            criteria,
        ))[0]  # fmt: skip

    async def put_on(self, distribution: int, criteria: Mapping[str, Any], goods: Sequence[Mapping[str, Any]]) -> None:
        """Fill the list of a new one, and say what each household gets."""
        await self._connection.execute(
            f"INSERT INTO distribution_households (distribution, household) SELECT %(new)s, h.key {_REACHED}".encode(),
            dict(criteria) | {"new": distribution},
        )
        for one in goods:
            await self._connection.execute(
                "INSERT INTO distribution_goods (distribution, commodity, quantity) VALUES (%s, %s, %s)",
                (distribution, one["commodity"], one["quantity"]),
            )

    async def listed(
        self,
        distribution: int,
        roots: Sequence[int],
        *,
        after: int = 0,
        limit: int = 2_000,
        received: bool | None = None,
        q: str | None = None,
    ) -> list[Told]:
        """Households of a distribution that may be seen, in the order of keys."""
        return await self._rows(
            f"""{_LISTED} AND h.key > %(after)s
                AND (%(received)s::boolean IS NULL OR (r.key IS NOT NULL) = %(received)s)
                AND (%(q)s::text IS NULL OR h.id = %(q)s
                     OR position(lower(%(q)s) IN lower({ADDRESS})) > 0)
                ORDER BY h.key LIMIT %(limit)s""",
            {
                "distribution": distribution,
                "roots": list(roots),
                "after": after,
                "limit": limit,
                "received": received,
                "q": q,
            },
        )

    async def listed_household(self, distribution: int, household: str, roots: Sequence[int]) -> tuple[int, int] | None:
        """(key, organisation's key) of a household (id) on the list that may be seen."""
        cursor = await self._connection.execute(
            f"""SELECT h.key, h.organisation FROM distribution_households d JOIN households h ON h.key = d.household
                WHERE d.distribution = %(distribution)s AND h.id = %(household)s
                  AND h.organisation IN {BELOW_ROOTS}""".encode(),
            {"distribution": distribution, "household": household, "roots": list(roots)},
        )
        row = await cursor.fetchone()
        return None if row is None else (row[0], row[1])

    async def _rows(self, query: str, values: Mapping[str, Any]) -> list[Told]:
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query.encode(), dict(values))
            return await cursor.fetchall()


_ASKED = """(%(state)s::text IS NULL OR x.state = %(state)s)
    AND (%(q)s::text IS NULL OR position(lower(%(q)s) IN lower(x.title)) > 0 OR x.id = %(q)s)"""
