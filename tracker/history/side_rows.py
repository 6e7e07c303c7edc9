"""The few rows that commit beside the positions: refused fixes, crossings, and hours that must be summed again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np
import numpy.typing as npt
from psycopg import Connection
from psycopg.types.json import Jsonb

from tracker.history.write import CrossingRow, RefusedFix
from tracker.model.batch import instant

__all__ = ["insert_crossings", "insert_refused", "note_late_hours"]

_HOUR_US = 3_600_000_000
_SETTLED_HOURS = 1  # roll-ups look at the hour before the present one again anyway

_INSERT_REFUSED = """
    INSERT INTO refused_fixes (device, reason, fix_time, received_at, latitude, longitude, detail)
    SELECT fix.*
    FROM unnest(%(device)s::integer[], %(reason)s::text[], %(fix_time)s::timestamptz[], %(received_at)s::timestamptz[],
                %(latitude)s::double precision[], %(longitude)s::double precision[], %(detail)s::jsonb[])
         AS fix (device, reason, fix_time, received_at, latitude, longitude, detail)
    WHERE NOT %(again)s OR NOT EXISTS (
        SELECT FROM refused_fixes kept
        WHERE kept.device = fix.device AND kept.received_at = fix.received_at AND kept.reason = fix.reason
          AND kept.fix_time IS NOT DISTINCT FROM fix.fix_time)
"""

# A geofence may have been deleted since the crossing was judged.
_INSERT_CROSSINGS = """
    INSERT INTO geofence_events (geofence, device, member, kind, fix_time, decided_at, latitude, longitude)
    SELECT crossing.geofence, crossing.device, crossing.member, crossing.kind, crossing.fix_time, crossing.decided_at,
           crossing.latitude, crossing.longitude
    FROM unnest(%(geofence)s::integer[], %(device)s::integer[], %(member)s::integer[], %(kind)s::text[],
                %(fix_time)s::timestamptz[], %(decided_at)s::timestamptz[],
                %(latitude)s::double precision[], %(longitude)s::double precision[])
         AS crossing (geofence, device, member, kind, fix_time, decided_at, latitude, longitude)
    JOIN geofences ON geofences.key = crossing.geofence
    FOR KEY SHARE OF geofences
    ON CONFLICT DO NOTHING
"""


def insert_refused(connection: Connection, refused: Sequence[RefusedFix], *, again: bool) -> None:
    """Keep them; again: leave out those that were kept before."""
    if not refused:
        return
    connection.execute(
        _INSERT_REFUSED,
        {
            "device": [fix.device for fix in refused],
            "reason": [fix.reason for fix in refused],
            "fix_time": [_moment(fix.fix_time) for fix in refused],
            "received_at": [instant(fix.received_at) for fix in refused],
            "latitude": [fix.latitude for fix in refused],
            "longitude": [fix.longitude for fix in refused],
            "detail": [Jsonb(fix.detail) if fix.detail else None for fix in refused],
            "again": again,
        },
    )


def insert_crossings(connection: Connection, crossings: Sequence[CrossingRow]) -> None:
    """Record them; one that is recorded already stays as it is."""
    if not crossings:
        return
    connection.execute(
        _INSERT_CROSSINGS,
        {
            "geofence": [one.geofence for one in crossings],
            "device": [one.device for one in crossings],
            "member": [one.member for one in crossings],
            "kind": [one.kind for one in crossings],
            "fix_time": [instant(one.fix_time) for one in crossings],
            "decided_at": [instant(one.decided_at) for one in crossings],
            "latitude": [one.latitude for one in crossings],
            "longitude": [one.longitude for one in crossings],
        },
    )


def note_late_hours(
    connection: Connection, fix_times: npt.NDArray[np.int64], now: int, tables: Sequence[str]
) -> None:  # fmt: skip
    """Note the hours, summed up already, that these fixes belong to, in each table. Times: microseconds since 1970."""
    first_open = now // _HOUR_US - _SETTLED_HOURS
    if not len(fix_times) or int(fix_times.min()) // _HOUR_US >= first_open:
        return
    hours = np.unique(fix_times // _HOUR_US)
    late = [instant(hour * _HOUR_US) for hour in hours[hours < first_open].tolist()]
    for table in tables:
        connection.execute(f"INSERT INTO {table} (hour) SELECT unnest(%s::timestamptz[])".encode(), (late,))


def _moment(us: int | None) -> datetime | None:
    """The instant; None as well when no calendar has it, which is one of the reasons for refusing."""
    if us is None:
        return None
    try:
        return instant(us)
    except OverflowError:
        return None
