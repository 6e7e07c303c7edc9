"""Keeping the sums: noted days are summed again from the incidents; run by the `workers` role.

Theory of operation. Whoever changes an incident notes the hour of its report in the same transaction. A run takes the
notes that it sees, deletes the sums of their days and makes them anew, all in one transaction under a lock that one
process holds. A note that is not visible yet is taken by the next run; a change that a run saw before its note sums its
day twice, to the same figures. So each change is counted once, however late it comes and however many servers run.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from psycopg import AsyncConnection

from insight.statistics.conditions import COUNTED, TOOK
from insight.statistics.model import COUNTS, EDGES, SOURCES, midnight

__all__ = ["rebuild", "sum_changed"]

_LOCK = 0x67726973

_CLOCKS = ", ".join(f"('{name}', width_bucket({seconds}, %(edges)s::float8[]))" for name, seconds in TOOK.items())
_COUNTS = ", ".join(f"count(*) FILTER (WHERE {COUNTED[name]})" for name in COUNTS)
_FROM = """FROM incidents i JOIN organisation_closure c ON c.descendant = i.place_organisation"""
_WHERE = "WHERE i.reported_at >= %(begins)s AND i.reported_at < %(ends)s AND NOT i.drill"

_COUNT = f"""
    INSERT INTO statistics_days (organisation, day, kind, {", ".join(COUNTS)})
    SELECT c.ancestor, %(day)s, coalesce(i.kind, 0), {_COUNTS}
    {_FROM} {_WHERE} GROUP BY GROUPING SETS ((c.ancestor, i.kind), (c.ancestor))"""
_PART = f"""
    INSERT INTO statistics_parts (organisation, day, kind, part, value, incidents)
    SELECT c.ancestor, %(day)s, coalesce(i.kind, 0), p.part, p.value, count(*)
    {_FROM} CROSS JOIN LATERAL (VALUES
        ('hour', extract(hour FROM i.reported_at AT TIME ZONE %(zone)s)::int),
        ('source', array_position(%(sources)s::text[], i.source)), ('priority', i.priority::int), {_CLOCKS}
    ) AS p (part, value)
    {_WHERE} AND p.value IS NOT NULL
    GROUP BY GROUPING SETS ((c.ancestor, i.kind, p.part, p.value), (c.ancestor, p.part, p.value))"""


async def sum_changed(connection: AsyncConnection, zone: str, now: datetime) -> int:
    """Sum the days that changed; how many. Another process that does it leaves 0 to us. zone: of the days, IANA."""
    async with connection.transaction():
        cursor = await connection.execute("SELECT pg_try_advisory_xact_lock(%s)", (_LOCK,))
        row = await cursor.fetchone()
        if row is None or not row[0]:
            return 0
        return await _sum(connection, zone, now)


async def rebuild(connection: AsyncConnection, zone: str, now: datetime) -> int:
    """Forget every sum and make them all anew, waiting for who is at it; the number of days."""
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        await connection.execute("INSERT INTO statistics_changes (hour) VALUES (NULL)")
        return await _sum(connection, zone, now)


async def _sum(connection: AsyncConnection, zone: str, now: datetime) -> int:
    cursor = await connection.execute("DELETE FROM statistics_changes RETURNING hour")
    hours = [hour for (hour,) in await cursor.fetchall()]
    cursor = await connection.execute("SELECT zone IS DISTINCT FROM %s FROM statistics_state", (zone,))
    row = await cursor.fetchone()
    if None in hours or (row is not None and row[0]):
        hours = await _everything(connection)
    # Where the zone is half an hour off, an hour lies in two days.
    ends = [moment for hour in hours for moment in (hour, hour + timedelta(minutes=59))]
    days = sorted({moment.astimezone(ZoneInfo(zone)).date() for moment in ends})
    for day in days:
        await _sum_day(connection, day, zone)
    await connection.execute("UPDATE statistics_state SET zone = %s, summed_at = %s", (zone, now))
    return len(days)


async def _everything(connection: AsyncConnection) -> list[datetime]:
    """Forget all; the hours in which something was reported."""
    await connection.execute("DELETE FROM statistics_days")
    await connection.execute("DELETE FROM statistics_parts")
    cursor = await connection.execute("SELECT DISTINCT date_trunc('hour', reported_at) FROM incidents")
    return [hour for (hour,) in await cursor.fetchall()]


async def _sum_day(connection: AsyncConnection, day: date, zone: str) -> None:
    values = {
        "day": day, "zone": zone, "edges": list(EDGES), "sources": list(SOURCES),
        "begins": midnight(day, zone), "ends": midnight(day + timedelta(days=1), zone),
    }  # fmt: skip
    await connection.execute("DELETE FROM statistics_days WHERE day = %(day)s", values)
    await connection.execute("DELETE FROM statistics_parts WHERE day = %(day)s", values)
    await connection.execute(_COUNT.encode(), values)
    await connection.execute(_PART.encode(), values)
