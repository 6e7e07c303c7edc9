"""Keeping the sums: noted days are summed again from the incidents; run by the `workers` role.

Theory of operation. Whoever changes an incident notes the hour of its report in the same transaction. A run takes the
notes that it sees, deletes the sums of their days and makes them anew, all in one transaction under a lock that one
process holds; of many it takes the newest. A note that is not visible yet is taken by the next run; a change that a run
saw before its note sums its day twice, to the same figures. So each change is counted once, however late it comes and
however many servers run.

A month is summed from its days once they have been left alone for an hour, one a run (of small organisations just all
kinds together: model.LARGE); the transaction that sums one of its days again takes it away. Whoever asks adds up the
months that are summed, and days elsewhere (pieces.py): a month that is missing costs time, never a figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from psycopg import AsyncConnection

from insight.statistics.conditions import COUNTED, TOOK
from insight.statistics.model import COUNTS, EDGES, LARGE, SOURCES, code_of, local_day, midnight
from insight.statistics.pieces import month_after, month_of

__all__ = ["rebuild", "sum_changed"]

_LOCK = 0x67726973
_MOST_HOURS = 24 * 31
"""Of one transaction, the newest first: a backlog is taken in pieces."""
_LEFT_ALONE = timedelta(hours=1)

_PARTS: Mapping[str, str] = {
    "hour": "extract(hour FROM i.reported_at AT TIME ZONE %(zone)s)",
    "source": "array_position(%(sources)s::text[], i.source)",
    "priority": "i.priority",
    **{clock: f"width_bucket({seconds}, %(edges)s::float8[])" for clock, seconds in TOOK.items()},
}
_CODES = ", ".join(f"({code_of(part, 0)} + {value})::smallint" for part, value in _PARTS.items())
_COUNTS = ", ".join(f"count(*) FILTER (WHERE {COUNTED[name]}) AS {name}" for name in COUNTS)
_SUMS = ", ".join(f"sum({name}) AS {name}" for name in COUNTS)
# The subjects of the sums that an incident counts in, and whose they are.
_FROM = """
    FROM told i JOIN organisation_closure c ON c.descendant = i.place_organisation
    JOIN organisations o ON o.key = c.ancestor
    CROSS JOIN LATERAL unnest(CASE WHEN o.level = ANY(%(large)s) THEN i.subjects ELSE i.subjects[:2] END)
        AS s (subject)"""


def _packed(codes: str, counts: str, which: str) -> str:
    return ", ".join(
        f"coalesce(array_agg({one} ORDER BY code) FILTER (WHERE {which}), '{{}}') AS {name}"
        for one, name in (("code", codes), ("incidents", counts))
    )


_PACKED = f"""
    SELECT organisation, subject, {_packed("codes", "code_counts", "code < %(response)s")},
           {_packed("responses", "response_counts", "code >= %(response)s")}
    FROM parts GROUP BY organisation, subject"""
_INSERT = f"""
    INSERT INTO statistics_sums (organisation, subject, monthly, begins, {", ".join(COUNTS)}, codes, code_counts,
                                 responses, response_counts)"""
# In the order of organisations, so that one's rows lie together.
_SELECT = f"""
    SELECT organisation, subject, %(monthly)s, %(begins)s, {", ".join(COUNTS)}, codes, code_counts, responses,
           response_counts
    FROM counted JOIN packed USING (organisation, subject) ORDER BY organisation, subject"""

_NEW_GROUPS = """
    INSERT INTO statistics_groups (category, class)
    SELECT category, '' FROM incident_kinds UNION SELECT category, class FROM incident_kinds ON CONFLICT DO NOTHING"""
_SUM_DAY = f"""{_INSERT}
    WITH told AS MATERIALIZED (
        SELECT i.*, ARRAY[{_CODES}] AS codes, ARRAY[0, i.kind] || ARRAY(
            SELECT -g.key FROM statistics_groups g WHERE g.category = k.category AND g.class IN ('', k.class)
        ) AS subjects
        FROM incidents i JOIN incident_kinds k ON k.key = i.kind
        WHERE i.reported_at >= %(begins_at)s AND i.reported_at < %(ends_at)s AND NOT i.drill
    ), counted AS (
        SELECT o.key AS organisation, s.subject, {_COUNTS} {_FROM} GROUP BY o.key, s.subject
    ), parts AS (
        SELECT o.key AS organisation, s.subject, u.code, count(*)::int AS incidents
        {_FROM} CROSS JOIN LATERAL unnest(i.codes) AS u (code) WHERE u.code IS NOT NULL
        GROUP BY o.key, s.subject, u.code
    ), packed AS ({_PACKED}) {_SELECT}"""

_SUM_MONTH = f"""{_INSERT}
    WITH days AS (
        SELECT s.* FROM statistics_sums s JOIN organisations o ON o.key = s.organisation
        WHERE NOT s.monthly AND s.begins >= %(begins)s AND s.begins < %(ends)s
          AND (o.level = ANY(%(large)s) OR s.subject = 0)
    ), counted AS (
        SELECT organisation, subject, {_SUMS} FROM days GROUP BY organisation, subject
    ), parts AS (
        SELECT organisation, subject, u.code, sum(u.incidents)::int AS incidents
        FROM days CROSS JOIN LATERAL unnest(codes || responses, code_counts || response_counts) AS u (code, incidents)
        GROUP BY organisation, subject, u.code
    ), packed AS ({_PACKED}) {_SELECT}"""


async def sum_changed(connection: AsyncConnection, zone: str, now: datetime) -> int:
    """Sum the days that changed, and a month; how many days: 0 where another process is at it. zone: of days, IANA."""
    async with connection.transaction():
        summed = await _sum(connection, zone, now) if await _locked(connection) else 0
    async with connection.transaction():
        if await _locked(connection):
            await _sum_month(connection, now - _LEFT_ALONE)
    return summed


async def rebuild(connection: AsyncConnection, zone: str, now: datetime) -> int:
    """Forget every sum and make them all anew, waiting for who is at it; the number of days."""
    async with connection.transaction():
        await connection.execute("INSERT INTO statistics_changes (hour) VALUES (NULL)")
    done, more = 0, True
    while more:
        async with connection.transaction():
            await connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            summed = await _sum(connection, zone, now)
            more = summed > 0 or await _sum_month(connection, now)
        done += summed
    return done


async def _locked(connection: AsyncConnection) -> bool:
    """Whether we are the one who sums, until the end of the transaction."""
    cursor = await connection.execute("SELECT pg_try_advisory_xact_lock(%s)", (_LOCK,))
    return await cursor.fetchone() == (True,)


async def _sum(connection: AsyncConnection, zone: str, now: datetime) -> int:
    cursor = await connection.execute(
        """SELECT zone IS DISTINCT FROM %s OR EXISTS (SELECT FROM statistics_changes WHERE hour IS NULL)
           FROM statistics_state""",
        (zone,),
    )
    if await cursor.fetchone() == (True,):
        await _forget(connection)
    cursor = await connection.execute(
        """DELETE FROM statistics_changes WHERE hour IN (
               SELECT DISTINCT hour FROM statistics_changes ORDER BY hour DESC LIMIT %s) RETURNING hour""",
        (_MOST_HOURS,),
    )
    # Where the zone is half an hour off, an hour lies in two days.
    ends = [moment for (hour,) in await cursor.fetchall() for moment in (hour, hour + timedelta(minutes=59))]
    days = sorted({local_day(moment, zone) for moment in ends})
    await connection.execute("SET LOCAL work_mem = '64MB'")  # a day's parts are hashed, not sorted on disk
    await connection.execute(_NEW_GROUPS)
    for day in days:
        await _sum_day(connection, day, zone, now)
    await connection.execute("UPDATE statistics_state SET zone = %s, summed_at = %s", (zone, now))
    return len(days)


async def _forget(connection: AsyncConnection) -> None:
    """All sums; every hour in which something was reported is to be summed."""
    await connection.execute("DELETE FROM statistics_sums")
    await connection.execute("DELETE FROM statistics_months")
    await connection.execute("DELETE FROM statistics_changes")
    await connection.execute(
        "INSERT INTO statistics_changes (hour) SELECT DISTINCT date_trunc('hour', reported_at) FROM incidents"
    )


async def _sum_day(connection: AsyncConnection, day: date, zone: str, now: datetime) -> None:
    values = {
        "begins": day, "monthly": False, "zone": zone, "edges": list(EDGES), "sources": list(SOURCES),
        "large": list(LARGE), "response": code_of("response", 0), "begins_at": midnight(day, zone),
        "ends_at": midnight(day + timedelta(days=1), zone), "month": month_of(day), "now": now,
    }  # fmt: skip
    await connection.execute("DELETE FROM statistics_sums WHERE begins = %(begins)s AND NOT monthly", values)
    await connection.execute(_SUM_DAY.encode(), values)
    await connection.execute(
        """INSERT INTO statistics_months (month, changed_at, summed) VALUES (%(month)s, %(now)s, false)
           ON CONFLICT (month) DO UPDATE SET changed_at = %(now)s, summed = false""",
        values,
    )


async def _sum_month(connection: AsyncConnection, changed_before: datetime) -> bool:
    """Sum the newest month whose days were summed by then and have stayed; whether there was one."""
    cursor = await connection.execute(
        """UPDATE statistics_months SET summed = true WHERE month =
               (SELECT max(month) FROM statistics_months WHERE NOT summed AND changed_at <= %s) RETURNING month""",
        (changed_before,),
    )
    row = await cursor.fetchone()
    if row is None:
        return False
    values = {
        "begins": row[0], "ends": month_after(row[0]), "monthly": True, "response": code_of("response", 0),
        "large": list(LARGE),
    }  # fmt: skip
    await connection.execute("SET LOCAL work_mem = '64MB'")
    await connection.execute("DELETE FROM statistics_sums WHERE begins = %(begins)s AND monthly", values)
    await connection.execute(_SUM_MONTH.encode(), values)
    return True
