"""SQL of commodities, stores and the ledger of what they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.errors import CheckViolation, ForeignKeyViolation
from psycopg.rows import dict_row

from registry.api.problems import Conflict, NotFound
from registry.scope.queries import BELOW_ASKED
from subsites.record.desk import SEEN, Desk, Subject, page_of
from subsites.record.model import Told
from subsites.stock.model import Entry

__all__ = ["STORE", "StockStore", "book"]

STORE = Subject(
    table="stores",
    prefix="ST",
    word="store",
    told="""x.name, x.address, x.created_at, x.ended_at, coalesce((
                SELECT jsonb_agg(jsonb_build_object('commodity', k.commodity, 'quantity', k.quantity)
                                 ORDER BY k.commodity)
                FROM stock k WHERE k.store = x.key AND k.quantity > 0), '[]') AS stock""",
)
_COLUMNS = "code, name_en, name_zh, unit_en, unit_zh, retired"


async def book(desk: Desk, entries: Sequence[Entry]) -> None:
    """Write into the ledger, which moves the stock. Raises Conflict where there is not enough, NotFound for a code.

    Rows of stock are taken in one order, so that two who book the same goods wait for each other and never both.
    """
    for entry in sorted(entries, key=lambda one: (one.store, one.commodity)):
        try:
            await desk.connection.execute(
                """INSERT INTO stock_ledger (at, store, commodity, kind, change, balance, other, receipt, note, actor,
                                             "user", member)
                   VALUES (%s, %s, %s, %s, %s, 0, %s, %s, %s, %s, %s, %s)""",
                (
                    desk.now, entry.store, entry.commodity, entry.kind, entry.change, entry.other, entry.receipt,
                    entry.note, desk.actor.name, desk.actor.user, desk.actor.member,
                ),
            )  # fmt: skip
        except CheckViolation as error:
            raise Conflict(_no_room(entry)) from error
        except ForeignKeyViolation as error:
            raise NotFound(f"there is no commodity {entry.commodity!r}: GET /api/v1/commodities") from error


class StockStore:
    """Stores and what they hold over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def commodities(self) -> list[Told]:
        """All of them, by code."""
        return await self._rows(f"SELECT {_COLUMNS} FROM commodities ORDER BY code", {})

    async def put_commodity(self, commodity: Mapping[str, Any]) -> None:
        """Add one, or change the one of that code."""
        await self._connection.execute(
            f"""INSERT INTO commodities ({_COLUMNS})
                VALUES (%(code)s, %(name_en)s, %(name_zh)s, %(unit_en)s, %(unit_zh)s, %(retired)s)
                ON CONFLICT (code) DO UPDATE SET name_en = EXCLUDED.name_en, name_zh = EXCLUDED.name_zh,
                    unit_en = EXCLUDED.unit_en, unit_zh = EXCLUDED.unit_zh, retired = EXCLUDED.retired""".encode(),
            dict(commodity),
        )

    async def page(self, scope: int, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """Stores, the newest first."""
        return await page_of(self._connection, STORE, scope, filters, _NAMED, before=before, limit=limit)

    async def ledger(
        self, scope: int, *, before: int, limit: int, store: str | None, commodity: str | None
    ) -> list[Told]:
        """Entries of stores that may be seen, the newest first."""
        return await self._rows(
            f"""SELECT l.key, l.at, x.id AS store, x.name AS store_name, l.commodity, l.kind, l.change, l.balance,
                       t.id AS other, t.name AS other_name, r.id AS receipt, l.note, l.actor
                FROM stock_ledger l JOIN stores x ON x.key = l.store LEFT JOIN stores t ON t.key = l.other
                LEFT JOIN receipts r ON r.key = l.receipt
                WHERE {SEEN} AND (%(before)s = 0 OR l.key < %(before)s)
                  AND (%(store)s::text IS NULL OR x.id = %(store)s)
                  AND (%(commodity)s::text IS NULL OR l.commodity = %(commodity)s)
                ORDER BY l.key DESC LIMIT %(limit)s""",
            {"scope": scope, "before": before, "limit": limit, "store": store, "commodity": commodity},
        )

    async def report(self, scope: int, organisation: str | None, since: datetime) -> list[Told]:
        """What each store holds of each commodity, and how that changed since; 5,000 rows at most."""
        return await self._rows(
            f"""SELECT x.id AS store, x.name AS store_name, o.name AS organisation_name, k.commodity, k.quantity,
                       m.delivered, m.issued, m.moved, m.corrected,
                       k.quantity - m.delivered + m.issued - m.moved - m.corrected AS opening
                FROM stock k JOIN stores x ON x.key = k.store JOIN organisations o ON o.key = x.organisation
                CROSS JOIN LATERAL (
                    SELECT coalesce(sum(l.change) FILTER (WHERE l.kind = 'delivery'), 0) AS delivered,
                           coalesce(-sum(l.change) FILTER (WHERE l.kind = 'issue'), 0) AS issued,
                           coalesce(sum(l.change) FILTER (WHERE l.kind = 'transfer'), 0) AS moved,
                           coalesce(sum(l.change) FILTER (WHERE l.kind = 'correction'), 0) AS corrected
                    FROM stock_ledger l WHERE l.store = k.store AND l.commodity = k.commodity AND l.at >= %(since)s) m
                WHERE {SEEN} AND (%(organisation)s::text IS NULL OR x.organisation IN {BELOW_ASKED})
                ORDER BY x.name, x.key, k.commodity LIMIT 5000""",
            {"scope": scope, "organisation": organisation, "since": since},
        )

    async def _rows(self, query: str, values: Mapping[str, Any]) -> list[Told]:
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query.encode(), dict(values))
            return await cursor.fetchall()


def _no_room(entry: Entry) -> str:
    if entry.change > 0:
        return f"no store holds so much {entry.commodity}: correct the quantity"
    return f"the store has less than {-entry.change} of {entry.commodity}: book a delivery first"


_NAMED = """(%(q)s::text IS NULL OR position(lower(%(q)s) IN lower(x.name || ' ' || coalesce(x.address, ''))) > 0
    OR x.id = %(q)s)"""
