"""SQL of what the public may read: incidents that citizens reported, without who did. Drills are not shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

__all__ = ["MOST", "requests"]

MOST = 1_000


async def requests(
    connection: AsyncConnection, *, ids: Sequence[str] | None = None, codes: Sequence[str] | None = None,
    since: datetime | None = None, until: datetime | None = None, is_open: bool | None = None,
) -> list[dict[str, Any]]:  # fmt: skip
    """The newest first, MOST at most; None: whatever."""
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(
            """SELECT i.id AS service_request_id, CASE WHEN i.ended_at IS NULL THEN 'open' ELSE 'closed' END AS status,
                      i.disposition AS status_notes, k.name_en AS service_name, k.code AS service_code, i.description,
                      o.name AS agency_responsible, i.reported_at AS requested_datetime,
                      (SELECT max(l.at) FROM incident_log l WHERE l.incident = i.key) AS updated_datetime,
                      CASE WHEN i.ended_at IS NULL THEN i.due_at END AS expected_datetime,
                      i.address, i.latitude AS lat, i.longitude AS long
               FROM incidents i JOIN incident_kinds k ON k.key = i.kind JOIN organisations o ON o.key = i.organisation
               WHERE i.source = 'citizen' AND NOT i.drill
                 AND (%(ids)s::text[] IS NULL OR i.id = ANY(%(ids)s))
                 AND (%(codes)s::text[] IS NULL OR k.code = ANY(%(codes)s))
                 AND (%(since)s::timestamptz IS NULL OR i.reported_at >= %(since)s)
                 AND (%(until)s::timestamptz IS NULL OR i.reported_at <= %(until)s)
                 AND (%(is_open)s::bool IS NULL OR (i.ended_at IS NULL) = %(is_open)s)
               ORDER BY i.key DESC LIMIT %(most)s""",
            {"ids": ids, "codes": codes, "since": since, "until": until, "is_open": is_open, "most": MOST},
        )
        return await cursor.fetchall()
