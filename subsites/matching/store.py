"""SQL of offers and needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from psycopg import AsyncConnection

from subsites.record.desk import SEEN, Subject, page_of, rows_of
from subsites.record.model import Told

__all__ = ["ListingStore", "listing"]

_MOST_OTHERS = 500


def listing(today: date) -> Subject:
    """Listings as they are on that day: what is open after its last day is expired."""
    return Subject(
        table="listings",
        prefix="LS",
        word="listing",
        told=f"""CASE WHEN x.state = 'open' AND x.ends_on < '{today.isoformat()}' THEN 'expired' ELSE x.state END
                     AS state, x.side, x.category, x.title, x.body, x.latitude, x.longitude, x.ends_on,
                 y.id AS partner, x.partner AS partner_key, x.author, x.name_sealed, x.telephone_sealed, x.created_at,
                 x.ended_at""",
        joins="LEFT JOIN listings y ON y.key = x.partner",
    )


class ListingStore:
    """Listings over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection, today: date) -> None:
        self._connection, self._today = connection, today

    async def page(self, scope: int, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """The newest first; filters: those of every room, state, kind (category), side. Open: not expired either."""
        asked = dict(filters) | {"today": self._today}
        return await page_of(
            self._connection, listing(self._today), scope, asked, _ASKED, before=before, limit=limit
        )  # fmt: skip

    async def others(self, one: Told, scope: int) -> list[Told]:
        """Open listings of the same category and the other side that may be seen, the newest first, 500 at most."""
        return await rows_of(
            self._connection, listing(self._today),
            f"""{SEEN} AND x.state = 'open' AND x.ends_on >= %(today)s AND x.category = %(category)s
                AND x.side <> %(side)s ORDER BY x.key DESC LIMIT {_MOST_OTHERS}""",
            {"scope": scope, "today": self._today, "category": one["category"], "side": one["side"]},
        )  # fmt: skip


_ASKED = """(NOT %(open)s OR (x.state = 'open' AND x.ends_on >= %(today)s))
    AND (%(state)s::text IS NULL
         OR (CASE WHEN x.state = 'open' AND x.ends_on < %(today)s THEN 'expired' ELSE x.state END) = %(state)s)
    AND (%(kind)s::text IS NULL OR x.category = %(kind)s) AND (%(side)s::text IS NULL OR x.side = %(side)s)
    AND (%(q)s::text IS NULL OR x.id = %(q)s OR position(lower(%(q)s) IN lower(x.title || ' ' || x.body)) > 0)"""
