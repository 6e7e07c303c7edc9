"""Positions into their table: straight by COPY, or through a staging table when some may be there already."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from psycopg import Connection

from tracker.history.copy_rows import CopyColumn, CopyTable, copy
from tracker.history.write import Write
from tracker.model.batch import instant

__all__ = ["copy_positions", "stage_positions"]

_COLUMNS = (
    CopyColumn("device", "int4"),
    CopyColumn("fix_time", "timestamptz"),
    CopyColumn("received_at", "timestamptz"),
    CopyColumn("latitude", "float8"),
    CopyColumn("longitude", "float8"),
    CopyColumn("speed", "float4", nullable=True),
    CopyColumn("course", "float4", nullable=True),
    CopyColumn("altitude", "float4", nullable=True),
    CopyColumn("accuracy", "float4", nullable=True),
    CopyColumn("hdop", "float4", nullable=True),
    CopyColumn("battery", "float4", nullable=True),
    CopyColumn("distance", "float4"),
    CopyColumn("cell", "int8"),
    CopyColumn("member", "int4", nullable=True),
)
_POSITIONS = CopyTable("positions", _COLUMNS, "attributes")
_STAGED = CopyTable("staged_positions", (CopyColumn("number", "int4"), *_COLUMNS), "attributes")

_MAKE_STAGED = (
    "CREATE TEMPORARY TABLE IF NOT EXISTS staged_positions (number integer, LIKE positions) ON COMMIT DELETE ROWS"
)
_INSERT_STAGED = """
    INSERT INTO positions (device, fix_time, received_at, latitude, longitude, speed, course, altitude, accuracy, hdop,
                           battery, distance, cell, member, attributes)
    SELECT device, fix_time, received_at, latitude, longitude, speed, course, altitude, accuracy, hdop,
           battery, distance, cell, member, attributes
    FROM staged_positions ORDER BY device, fix_time, number
    ON CONFLICT (device, fix_time) DO NOTHING
"""
_DIFFERING = """
    SELECT staged.number
    FROM staged_positions staged
    JOIN positions stored ON stored.device = staged.device AND stored.fix_time = staged.fix_time
    WHERE stored.fix_time BETWEEN %s AND %s
      AND (stored.latitude, stored.longitude, stored.speed, stored.course, stored.altitude, stored.accuracy,
           stored.hdop, stored.battery, stored.attributes)
          IS DISTINCT FROM
          (staged.latitude, staged.longitude, staged.speed, staged.course, staged.altitude, staged.accuracy,
           staged.hdop, staged.battery, staged.attributes)
"""


def copy_positions(connection: Connection, write: Write) -> None:
    """Insert all of them; UniqueViolation when one of the same device and instant is there."""
    copy(connection, _POSITIONS, write.columns, write.documents)


def stage_positions(connection: Connection, write: Write, rows: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Insert those of the rows that are new; the rows that differ from what is stored."""
    part = write.take(rows)
    times = part.columns["fix_time"]
    connection.execute(_MAKE_STAGED)
    copy(connection, _STAGED, {"number": np.arange(len(rows)), **part.columns}, part.documents)
    connection.execute(_INSERT_STAGED)
    # The planner knows nothing of the staged rows: keep it from reading whole days.
    connection.execute("SET LOCAL enable_hashjoin = off")
    connection.execute("SET LOCAL enable_mergejoin = off")
    cursor = connection.execute(_DIFFERING, (instant(int(times.min())), instant(int(times.max()))))
    return rows[sorted({number for (number,) in cursor})]
