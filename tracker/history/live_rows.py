"""The newest position of every device, out of the database, for a process that starts."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
from psycopg import AsyncConnection

from tracker.model.batch import microseconds
from tracker.model.live_row import LIVE_ROW, LiveRows

__all__ = ["read_live_rows"]

_LOOK_BACK = timedelta(days=3)  # for devices without a checkpoint

# The checkpoint, or what was stored after it was written.
_NEWEST = """
    SELECT devices.key, coalesce(newer.fix_time, known.fix_time), coalesce(newer.received_at, known.received_at),
           coalesce(newer.latitude, known.latitude), coalesce(newer.longitude, known.longitude),
           CASE WHEN newer.fix_time IS NULL THEN known.speed ELSE newer.speed END,
           CASE WHEN newer.fix_time IS NULL THEN known.course ELSE newer.course END,
           CASE WHEN newer.fix_time IS NULL THEN known.altitude ELSE newer.altitude END,
           CASE WHEN newer.fix_time IS NULL THEN known.accuracy ELSE newer.accuracy END,
           CASE WHEN newer.fix_time IS NULL THEN known.battery ELSE newer.battery END,
           coalesce(newer.cell, known.cell), coalesce(known.moving, false),
           CASE WHEN newer.fix_time IS NULL THEN known.emergency ELSE newer.emergency END
    FROM devices
    LEFT JOIN last_known known ON known.device = devices.key
    LEFT JOIN LATERAL (
        SELECT fix_time, received_at, latitude, longitude, speed, course, altitude, accuracy, battery, cell,
               coalesce(attributes ->> 'event', '') = 'sos' AS emergency
        FROM positions
        WHERE positions.device = devices.key AND positions.fix_time > coalesce(known.fix_time, %(oldest)s)
          AND positions.fix_time > %(oldest)s
        ORDER BY positions.fix_time DESC LIMIT 1
    ) newer ON true
    WHERE NOT devices.retired AND (known.device IS NOT NULL OR newer.fix_time IS NOT NULL)
"""


async def read_live_rows(connection: AsyncConnection, now: datetime) -> LiveRows:
    """One row a device that ever reported, in no order; whether it moves is as old as the checkpoint."""
    cursor = await connection.execute(_NEWEST, {"oldest": now - _LOOK_BACK})
    rows = await cursor.fetchall()
    live = np.zeros(len(rows), LIVE_ROW)
    for number, row in enumerate(rows):
        device, fix_time, received_at, latitude, longitude, *numbers, cell, moving, emergency = row
        unknown = (np.nan if one is None else one for one in numbers)
        live[number] = (
            device, microseconds(fix_time), microseconds(received_at), latitude, longitude, *unknown,
            cell, moving, emergency,
        )  # fmt: skip
    return live
