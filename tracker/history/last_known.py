"""The checkpoint of live positions: `last_known`, moved forward only."""

from __future__ import annotations

from psycopg import Connection

from tracker.history.copy_rows import CopyColumn, CopyTable, copy
from tracker.model.live_row import LiveRows

__all__ = ["upsert_last_known"]

_LAST_KNOWN = CopyTable(
    "staged_last_known",
    (
        CopyColumn("device", "int4"),
        CopyColumn("fix_time", "timestamptz"),
        CopyColumn("received_at", "timestamptz"),
        CopyColumn("latitude", "float8"),
        CopyColumn("longitude", "float8"),
        CopyColumn("speed", "float4", nullable=True),
        CopyColumn("course", "float4", nullable=True),
        CopyColumn("altitude", "float4", nullable=True),
        CopyColumn("accuracy", "float4", nullable=True),
        CopyColumn("battery", "float4", nullable=True),
        CopyColumn("cell", "int8"),
        CopyColumn("moving", "bool"),
        CopyColumn("emergency", "bool"),
    ),
)

_MAKE_STAGED = "CREATE TEMPORARY TABLE IF NOT EXISTS staged_last_known (LIKE last_known) ON COMMIT DELETE ROWS"
_UPSERT = """
    INSERT INTO last_known AS known (device, fix_time, received_at, latitude, longitude, speed, course, altitude,
                                     accuracy, battery, cell, moving, emergency)
    SELECT DISTINCT ON (device) device, fix_time, received_at, latitude, longitude, speed, course, altitude,
           accuracy, battery, cell, moving, emergency
    FROM staged_last_known ORDER BY device, fix_time DESC
    ON CONFLICT (device) DO UPDATE SET
        fix_time = excluded.fix_time, received_at = excluded.received_at, latitude = excluded.latitude,
        longitude = excluded.longitude, speed = excluded.speed, course = excluded.course,
        altitude = excluded.altitude, accuracy = excluded.accuracy, battery = excluded.battery,
        cell = excluded.cell, moving = excluded.moving, emergency = excluded.emergency
    WHERE known.fix_time < excluded.fix_time
"""


def upsert_last_known(connection: Connection, rows: LiveRows) -> None:
    """Make these the last known positions where they are newer; in a transaction of its own."""
    with connection.transaction():
        connection.execute(_MAKE_STAGED)
        copy(connection, _LAST_KNOWN, {name: rows[name] for name in rows.dtype.names or ()})
        connection.execute(_UPSERT)
