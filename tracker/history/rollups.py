"""Sums by hour where TimescaleDB does not keep them itself; run by the `workers` role every few minutes.

Theory of operation. Hours before `until` are summed in `summed_positions` and `summed_cells`; the views
`hourly_positions` and `hourly_cells` add the later ones from the positions as they are. Each run sums again what may
have changed since the last: the hours from one before the last run on, and those that writers noted in `late_hours`.
A writer notes every fix of an hour earlier than that, in the same transaction as the fix, so nothing is missed: a note
that is not visible yet is taken by the next run.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from psycopg import AsyncConnection

__all__ = ["roll_up"]

_LOCK = 0x67726966
_HOUR = timedelta(hours=1)
_SLACK = timedelta(minutes=10)  # a write may have begun this long before it committed

_FORGET_POSITIONS = "DELETE FROM summed_positions WHERE hour = %(hour)s"
_SUM_POSITIONS = """
    INSERT INTO summed_positions (hour, device, member, fixes, distance, top_speed, first_fix, last_fix)
    SELECT %(hour)s, device, member, count(*), sum(distance::double precision), max(speed), min(fix_time), max(fix_time)
    FROM positions WHERE fix_time >= %(hour)s AND fix_time < %(hour)s + interval '1 hour'
    GROUP BY device, member
"""
_FORGET_CELLS = "DELETE FROM summed_cells WHERE hour = %(hour)s"
_SUM_CELLS = """
    INSERT INTO summed_cells (hour, cell, fixes)
    SELECT %(hour)s, cell, count(*)
    FROM positions WHERE fix_time >= %(hour)s AND fix_time < %(hour)s + interval '1 hour'
    GROUP BY cell
"""


async def roll_up(connection: AsyncConnection, now: datetime) -> int:
    """Sum what is complete; the number of hours summed. Nothing where continuous aggregates do it.

    now: aware UTC. One at a time among all processes; the others return 0.
    """
    cursor = await connection.execute("SELECT to_regclass('summed_until') IS NOT NULL")
    row = await cursor.fetchone()
    if row is None or not row[0]:
        return 0
    async with connection.transaction():
        if not await _is_alone(connection):
            return 0
        hours = await _hours_to_sum(connection, now)
        for hour in hours:
            for statement in (_FORGET_POSITIONS, _SUM_POSITIONS, _FORGET_CELLS, _SUM_CELLS):
                await connection.execute(statement, {"hour": hour})
        await connection.execute("UPDATE summed_until SET until = %s, looked_at = %s", (_hour_of(now), now))
    return len(hours)


async def _is_alone(connection: AsyncConnection) -> bool:
    cursor = await connection.execute("SELECT pg_try_advisory_xact_lock(%s)", (_LOCK,))
    row = await cursor.fetchone()
    return row is not None and bool(row[0])


async def _hours_to_sum(connection: AsyncConnection, now: datetime) -> list[datetime]:
    """The complete hours that may have changed since the last run, in order."""
    noted = await connection.execute("DELETE FROM late_hours RETURNING hour")
    hours = {hour async for (hour,) in noted if hour < _hour_of(now)}
    # At the first run the infinite past: then the hours that positions begin with.
    cursor = await connection.execute(
        "SELECT coalesce(nullif(looked_at, '-infinity'), (SELECT min(fix_time) FROM positions), %s) FROM summed_until",
        (now,),
    )
    row = await cursor.fetchone()
    assert row is not None, "the migration made this row"
    hour = _hour_of(row[0] - _SLACK) - _HOUR
    while hour < _hour_of(now):
        hours.add(hour)
        hour += _HOUR
    return sorted(hours)


def _hour_of(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)
