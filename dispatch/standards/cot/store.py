"""SQL of what another map may show of incidents: those that are not over, without who reported them. Not drills."""

from __future__ import annotations

from psycopg import AsyncConnection
from psycopg.rows import class_row

from dispatch.standards.cot.model import OpenIncident

__all__ = ["MOST", "open_incidents"]

MOST = 1_000


async def open_incidents(connection: AsyncConnection) -> list[OpenIncident]:
    """The most urgent first, the newest of each priority first, MOST at most."""
    async with connection.cursor(row_factory=class_row(OpenIncident)) as cursor:
        await cursor.execute(
            """SELECT i.id, k.name_en AS kind, i.priority, i.state, i.latitude, i.longitude, i.address,
                      left(i.description, 1000) AS description, i.reported_at
               FROM incidents i JOIN incident_kinds k ON k.key = i.kind
               WHERE i.ended_at IS NULL AND NOT i.drill ORDER BY i.priority, i.key DESC LIMIT %s""",
            (MOST,),
        )
        return await cursor.fetchall()
