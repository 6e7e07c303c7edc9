"""Keeping coverage: hours of positions summed by member and cell, then days by cell; run by the `workers` role.

Theory of operation. A round sums again what may have changed since the last: the hours from one before `summed_until`
on to the running one, and those that writers of positions noted as late in the same transaction as the fix. Each hour
is deleted and made anew from the positions, each day from its hours, all in one transaction under a lock that one
process holds; so whatever comes late or twice, the sums are those of the positions. A round takes MOST_HOURS at most.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from psycopg import AsyncConnection

from insight.coverage.ground_store import learn_territories
from insight.coverage.model import LONGEST_STAY_S, MOST_HOURS
from insight.statistics.model import local_day, midnight

__all__ = ["drop_before", "rebuild", "sum_changed"]

_LOCK = 0x67726976
_HOUR = timedelta(hours=1)
_SLACK = timedelta(minutes=10)  # a write may have begun this long before it committed

# The loop over devices reads each one's hour by its index, not the whole day's partition.
_SUM_HOUR = """
    INSERT INTO coverage_hours (member, hour, cell, fixes, dwell_s, off_post_s, mock, last_fix)
    WITH duty AS (
        SELECT sm.member, range_agg(tstzrange(s.starts_at, s.ends_at)) AS spans FROM shifts s
        JOIN shift_members sm ON sm.shift = s.key
        WHERE s.starts_at < %(hour)s + interval '1 hour' AND s.ends_at > %(hour)s GROUP BY sm.member
    ), stays AS (
        SELECT coalesce(p.member, (SELECT c.member FROM device_carriers c WHERE c.device = d.key
                   AND c.since <= p.fix_time AND p.fix_time < coalesce(c.until, 'infinity') LIMIT 1)) AS member,
               p.cell, p.fix_time, coalesce(p.attributes ->> 'mock' IN ('true', '1'), false) AS mock,
               CASE WHEN p.next - p.fix_time <= %(longest)s THEN extract(epoch FROM p.next - p.fix_time)::float8
                    ELSE 0 END AS dwell_s
        FROM devices d CROSS JOIN LATERAL (
            SELECT member, cell, fix_time, attributes, lead(fix_time) OVER (ORDER BY fix_time) AS next FROM positions
            WHERE device = d.key AND fix_time >= %(hour)s AND fix_time < %(hour)s + interval '1 hour' + %(longest)s) p
        WHERE p.fix_time < %(hour)s + interval '1 hour'
    ), summed AS (
        SELECT s.member, s.cell, count(*) AS fixes, sum(s.dwell_s) AS dwell_s,
               coalesce(sum(s.dwell_s) FILTER (WHERE duty.spans @> s.fix_time), 0) AS on_shift_s,
               count(*) FILTER (WHERE s.mock) AS mock, max(s.fix_time) AS last_fix
        FROM stays s LEFT JOIN duty ON duty.member = s.member GROUP BY s.member, s.cell
    )
    SELECT s.member, %(hour)s, s.cell, s.fixes, s.dwell_s,
           CASE WHEN EXISTS (SELECT FROM territory_cells t JOIN organisation_closure c ON c.descendant = t.organisation
                             WHERE c.ancestor = m.organisation)
                 AND NOT EXISTS (SELECT FROM territory_cells t JOIN organisation_closure c
                                 ON c.descendant = t.organisation WHERE c.ancestor = m.organisation AND t.cell = s.cell)
                THEN s.on_shift_s ELSE 0 END, s.mock, s.last_fix
    FROM summed s JOIN members m ON m.key = s.member"""
_SUM_DAY = """
    INSERT INTO coverage_days (cell, day, members, fixes, dwell_s, off_post_s, mock, last_fix)
    SELECT cell, %(day)s, count(DISTINCT member), sum(fixes), sum(dwell_s), sum(off_post_s), sum(mock), max(last_fix)
    FROM coverage_hours WHERE hour >= %(begins)s AND hour < %(ends)s GROUP BY cell"""


async def sum_changed(connection: AsyncConnection, zone: str, now: datetime) -> int:
    """Sum the hours that changed; how many. Another process that does it leaves 0 to us. zone: of the days, IANA."""
    async with connection.transaction():
        cursor = await connection.execute("SELECT pg_try_advisory_xact_lock(%s)", (_LOCK,))
        row = await cursor.fetchone()
        return await _sum(connection, zone, now) if row is not None and row[0] else 0


async def rebuild(connection: AsyncConnection, zone: str, now: datetime) -> int:
    """Make every hour of which there are positions anew, waiting for who is at it; how many."""
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        await connection.execute("UPDATE coverage_state SET summed_until = NULL, territories = NULL")
    done = 0
    while summed := await sum_changed(connection, zone, now):
        done += summed
        async with connection.transaction():
            cursor = await connection.execute("SELECT summed_until >= %s FROM coverage_state", (now,))
            if await cursor.fetchone() == (True,):
                break
    return done


async def drop_before(connection: AsyncConnection, oldest: datetime) -> None:
    """Forget what is older, as retention does with the positions."""
    await connection.execute("DELETE FROM coverage_hours WHERE hour < %s", (oldest,))
    await connection.execute("DELETE FROM coverage_days WHERE day < %s", (oldest.date(),))


async def _sum(connection: AsyncConnection, zone: str, now: datetime) -> int:
    await learn_territories(connection)
    following, until = await _following(connection, now)
    hours = sorted({*following, *await _late(connection)})
    for hour in hours:
        await connection.execute("DELETE FROM coverage_hours WHERE hour = %s", (hour,))
        values = {"hour": hour, "longest": timedelta(seconds=LONGEST_STAY_S)}
        await connection.execute(_SUM_HOUR, values)
    await _sum_days(connection, hours, zone)
    await connection.execute("UPDATE coverage_state SET summed_until = %s, zone = %s", (until, zone))
    return len(hours)


async def _following(connection: AsyncConnection, now: datetime) -> tuple[list[datetime], datetime]:
    """Hours to sum, in order, and until when all is summed then."""
    cursor = await connection.execute(
        "SELECT coalesce((SELECT summed_until FROM coverage_state), (SELECT min(fix_time) FROM positions), %s)", (now,)
    )
    row = await cursor.fetchone()
    assert row is not None
    first = _hour_of(min(row[0], now) - _SLACK) - _HOUR
    hours = [first + n * _HOUR for n in range(MOST_HOURS) if first + n * _HOUR <= now]
    return hours, min(now, hours[-1] + _HOUR)


async def _late(connection: AsyncConnection) -> list[datetime]:
    cursor = await connection.execute(
        """DELETE FROM coverage_changes WHERE hour IN (SELECT DISTINCT hour FROM coverage_changes LIMIT %s)
           RETURNING hour""",
        (MOST_HOURS,),
    )
    return [hour for (hour,) in await cursor.fetchall()]


async def _sum_days(connection: AsyncConnection, hours: list[datetime], zone: str) -> None:
    cursor = await connection.execute("SELECT zone FROM coverage_state WHERE zone IS DISTINCT FROM %s", (zone,))
    days = {local_day(hour, zone) for hour in hours}
    if await cursor.fetchone() is not None:
        await connection.execute("DELETE FROM coverage_days")
        every = await connection.execute("SELECT DISTINCT (hour AT TIME ZONE %s)::date FROM coverage_hours", (zone,))
        days = {day for (day,) in await every.fetchall()}
    for day in sorted(days):
        await _sum_day(connection, day, zone)


async def _sum_day(connection: AsyncConnection, day: date, zone: str) -> None:
    await connection.execute("DELETE FROM coverage_days WHERE day = %s", (day,))
    values = {"day": day, "begins": midnight(day, zone), "ends": midnight(day + timedelta(days=1), zone)}
    await connection.execute(_SUM_DAY, values)


def _hour_of(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)
