"""Keeping the sums: noted days are summed again from the incidents; run by the `workers` role.

Theory of operation. Whoever changes an incident notes the hour of its report in the same transaction. A run takes the
notes that it sees, deletes the sums of their days and makes them anew, all in one transaction under a lock that one
process holds; of many it takes the newest. A note that is not visible yet is taken by the next run; a change that a run
saw before its note sums its day twice, to the same figures. So each change is counted once, however late it comes and
however many servers run.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from psycopg import AsyncConnection

from insight.statistics.conditions import COUNTED, TOOK
from insight.statistics.model import COUNTS, EDGES, SOURCES, code_of, local_day, midnight

__all__ = ["rebuild", "sum_changed"]

_LOCK = 0x67726973
_MOST_HOURS = 24 * 31
"""Of one transaction, the newest first: a backlog is taken in pieces."""

_PARTS: Mapping[str, str] = {
    "hour": "extract(hour FROM i.reported_at AT TIME ZONE %(zone)s)",
    "source": "array_position(%(sources)s::text[], i.source)",
    "priority": "i.priority",
    **{clock: f"width_bucket({seconds}, %(edges)s::float8[])" for clock, seconds in TOOK.items()},
}
_CODES = ", ".join(f"({code_of(part, 0)} + {value})::smallint" for part, value in _PARTS.items())
_COUNTS = ", ".join(f"count(*) FILTER (WHERE {COUNTED[name]}) AS {name}" for name in COUNTS)
_FROM = "FROM told i JOIN organisation_closure c ON c.descendant = i.place_organisation"
_EACH_AND_ALL = "GROUP BY GROUPING SETS ((c.ancestor, i.kind{also}), (c.ancestor{also}))"


def _packed(codes: str, counts: str, which: str) -> str:
    return ", ".join(
        f"coalesce(array_agg({one} ORDER BY code) FILTER (WHERE {which}), '{{}}') AS {name}"
        for one, name in (("code", codes), ("incidents", counts))
    )


# In the order of organisations, so that one's rows of a day lie together.
_SUM_DAY = f"""
    INSERT INTO statistics_days (organisation, day, kind, {", ".join(COUNTS)}, codes, code_counts, responses,
                                 response_counts)
    WITH told AS MATERIALIZED (
        SELECT i.*, ARRAY[{_CODES}] AS codes FROM incidents i
        WHERE i.reported_at >= %(begins)s AND i.reported_at < %(ends)s AND NOT i.drill
    ), counted AS (
        SELECT c.ancestor, coalesce(i.kind, 0) AS kind, {_COUNTS} {_FROM} {_EACH_AND_ALL.format(also="")}
    ), parts AS (
        SELECT c.ancestor, coalesce(i.kind, 0) AS kind, u.code, count(*)::int AS incidents
        {_FROM} CROSS JOIN LATERAL unnest(i.codes) AS u (code) WHERE u.code IS NOT NULL
        {_EACH_AND_ALL.format(also=", u.code")}
    ), packed AS (
        SELECT ancestor, kind, {_packed("codes", "code_counts", "code < %(response)s")},
               {_packed("responses", "response_counts", "code >= %(response)s")}
        FROM parts GROUP BY ancestor, kind
    )
    SELECT ancestor, %(day)s, kind, {", ".join(COUNTS)}, codes, code_counts, responses, response_counts
    FROM counted JOIN packed USING (ancestor, kind) ORDER BY ancestor, kind"""


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
        await connection.execute("INSERT INTO statistics_changes (hour) VALUES (NULL)")
    done = 0
    while True:
        async with connection.transaction():
            await connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            summed = await _sum(connection, zone, now)
        done += summed
        if not summed:
            return done


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
    for day in days:
        await _sum_day(connection, day, zone)
    await connection.execute("UPDATE statistics_state SET zone = %s, summed_at = %s", (zone, now))
    return len(days)


async def _forget(connection: AsyncConnection) -> None:
    """All sums; every hour in which something was reported is to be summed."""
    await connection.execute("DELETE FROM statistics_days")
    await connection.execute("DELETE FROM statistics_changes")
    await connection.execute(
        "INSERT INTO statistics_changes (hour) SELECT DISTINCT date_trunc('hour', reported_at) FROM incidents"
    )


async def _sum_day(connection: AsyncConnection, day: date, zone: str) -> None:
    values = {
        "day": day, "zone": zone, "edges": list(EDGES), "sources": list(SOURCES),
        "response": code_of("response", 0), "begins": midnight(day, zone),
        "ends": midnight(day + timedelta(days=1), zone),
    }  # fmt: skip
    await connection.execute("DELETE FROM statistics_days WHERE day = %(day)s", values)
    await connection.execute(_SUM_DAY.encode(), values)
