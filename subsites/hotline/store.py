"""SQL of calls, and of what came from a number before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

from registry.scope.queries import BELOW_SCOPE
from subsites.record.desk import Subject, page_of
from subsites.record.model import Told

__all__ = ["CALL", "CallStore"]

CALL = Subject(
    table="calls",
    prefix="CL",
    word="call",
    told="""x.state, x.kind, x.subject, x.body, x.latitude, x.longitude, x.address, x.operator, x.name_sealed,
            x.telephone_sealed, x.telephone_blind, x.answer, r.id AS request, i.id AS incident,
            i.state AS incident_state, x.call_back, x.called_back_at, x.score, x.score_comment, x.created_at,
            x.ended_at, x.organisation AS organisation_key""",
    joins="LEFT JOIN requests r ON r.key = x.request LEFT JOIN incidents i ON i.key = x.incident",
)
_EARLIER = f"""SELECT '{{word}}' AS what, e.id, e.subject, e.state, e.created_at FROM {{table}} e
    WHERE e.telephone_blind = %(blind)s AND e.organisation IN {BELOW_SCOPE}"""
_MOST = 20


class CallStore:
    """Calls over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def page(self, scope: int, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """The newest first; filters: those of every room, state, kind, call_back."""
        return await page_of(self._connection, CALL, scope, filters, _ASKED, before=before, limit=limit)

    async def earlier(self, blind: bytes, scope: int, *, but: str | None = None) -> list[Told]:
        """Calls and requests of a number that may be seen, the newest first, 20 at most. but: id of one left out."""
        both = " UNION ALL ".join(_EARLIER.format(word=word, table=f"{word}s") for word in ("call", "request"))
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(
                f"""SELECT * FROM ({both}) found WHERE found.id IS DISTINCT FROM %(but)s
                    ORDER BY found.created_at DESC LIMIT {_MOST}""".encode(),
                {"blind": blind, "scope": scope, "but": but},
            )
            return await cursor.fetchall()


_ASKED = """(%(state)s::text IS NULL OR x.state = %(state)s) AND (%(kind)s::text IS NULL OR x.kind = %(kind)s)
    AND (NOT %(call_back)s OR (x.call_back AND x.called_back_at IS NULL))
    AND (%(q)s::text IS NULL OR x.id = %(q)s
         OR position(lower(%(q)s) IN lower(concat_ws(' ', x.subject, x.body, x.address))) > 0)"""
