"""The record of who looked at whose data, and why: written in the transaction that reads."""

from __future__ import annotations

from psycopg import AsyncConnection
from psycopg.rows import dict_row

from registry.api.route import Call
from registry.scope.queries import BELOW_CALLER

__all__ = ["Look", "looks_below", "put_look"]

Look = dict[str, object]


async def put_look(
    connection: AsyncConnection,
    call: Call,
    action: str,
    element: str,
    record: str | None,
    purpose: str,
    *,
    rows: int = 1,
) -> None:
    """One look. action: look, reveal, search or export; record: id; rows: how many were told."""
    await connection.execute(
        """INSERT INTO access_log ("user", name, organisation, action, element, record, purpose, address, rows)
           VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)""",
        (call.user.user, call.user.name, call.user.organisation, action, element, record, purpose, call.address, rows),
    )


async def looks_below(
    connection: AsyncConnection, caller: int, *, before: int, limit: int, record: str | None, name: str | None
) -> list[Look]:
    """Looks of users whose organisation lies below the caller's, the newest first. before: key, 0 for the first."""
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(
            f"""SELECT l.key, l.at, l.name, o.id AS organisation, l.action, l.element, l.record, l.purpose, l.address,
                      l.rows
               FROM access_log l JOIN organisations o ON o.key = l.organisation
               WHERE l.organisation IN {BELOW_CALLER}
                 AND (%(before)s = 0 OR l.key < %(before)s) AND (%(record)s::text IS NULL OR l.record = %(record)s)
                 AND (%(name)s::text IS NULL OR l.name = %(name)s)
               ORDER BY l.key DESC LIMIT %(limit)s""",
            {"caller": caller, "before": before, "limit": limit, "record": record, "name": name},
        )
        return await cursor.fetchall()
