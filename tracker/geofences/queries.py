"""The active geofences, for the processes that watch them."""

from __future__ import annotations

from psycopg import AsyncConnection
from psycopg.rows import class_row

from tracker.geofences.model import Geofence

__all__ = ["active_geofences", "geofences_stamp"]


async def geofences_stamp(connection: AsyncConnection) -> str:
    """A text that changes whenever a geofence was added, changed or removed."""
    cursor = await connection.execute("SELECT count(*)::text || ' ' || COALESCE(max(changed)::text, '') FROM geofences")
    row = await cursor.fetchone()
    return "" if row is None else str(row[0])


async def active_geofences(connection: AsyncConnection) -> list[Geofence]:
    """All of them."""
    async with connection.cursor(row_factory=class_row(Geofence)) as cursor:
        await cursor.execute(
            """SELECT g.key, g.id, o.id AS organisation, g.name, g.kind, g.geometry, g.radius_m, g.dwell_s, g.active,
                      g.alert
               FROM geofences g JOIN organisations o ON o.key = g.organisation WHERE g.active ORDER BY g.key"""
        )
        return await cursor.fetchall()
