"""What is too old goes: whole days of positions, refused fixes, geofence events."""

from __future__ import annotations

from datetime import datetime, timedelta

from psycopg import AsyncConnection

from tracker.history.partitions import drop_days_before

__all__ = ["REFUSED_KEPT", "REFUSED_PER_DEVICE", "drop_old"]

REFUSED_KEPT = timedelta(days=30)
"""How long a refused fix can be looked at."""

REFUSED_PER_DEVICE = 10_000
"""How many of one device are kept, the newest: a broken device fills no disk."""

_DROP_REFUSED_BEYOND = """
    DELETE FROM refused_fixes USING (
        SELECT key, row_number() OVER (PARTITION BY device ORDER BY received_at DESC, key DESC) AS rank
        FROM refused_fixes
        WHERE device IN (SELECT device FROM refused_fixes GROUP BY device HAVING count(*) > %(most)s)
    ) ranked
    WHERE ranked.key = refused_fixes.key AND ranked.rank > %(most)s
"""


async def drop_old(connection: AsyncConnection, *, now: datetime, keep: timedelta | None) -> None:
    """Drop what is older than `keep`, by whole days; None keeps all positions. The connection is in autocommit.

    The full TimescaleDB gets this as its own retention policy and does it by itself from then on.
    """
    await connection.execute("DELETE FROM refused_fixes WHERE received_at < %s", (now - REFUSED_KEPT,))
    await connection.execute(_DROP_REFUSED_BEYOND, {"most": REFUSED_PER_DEVICE})
    if keep is not None:
        await connection.execute("DELETE FROM geofence_events WHERE fix_time < %s", (now - keep,))
    licence = await _timescale_licence(connection)
    if licence == "timescale":
        await _set_policy(connection, keep)
    elif keep is not None and licence is not None:
        await connection.execute("SELECT drop_chunks('positions', older_than => %s::timestamptz)", (now - keep,))
    elif keep is not None:
        await drop_days_before(connection, (now - keep).date())


async def _timescale_licence(connection: AsyncConnection) -> str | None:
    """`apache` or `timescale`; None where positions are in native partitions."""
    cursor = await connection.execute(
        "SELECT current_setting('timescaledb.license', true) FROM pg_class"
        " WHERE oid = 'positions'::regclass AND relkind <> 'p'"
    )
    row = await cursor.fetchone()
    return None if row is None else str(row[0])


async def _set_policy(connection: AsyncConnection, keep: timedelta | None) -> None:
    """Make the policy what the setting says, touching it only when it differs."""
    cursor = await connection.execute(
        "SELECT (config ->> 'drop_after')::interval FROM timescaledb_information.jobs"
        " WHERE proc_name = 'policy_retention' AND hypertable_name = 'positions'"
    )
    row = await cursor.fetchone()
    if (None if row is None else row[0]) == keep:
        return
    async with connection.transaction():
        await connection.execute("SELECT remove_retention_policy('positions', if_exists => true)")
        if keep is not None:
            await connection.execute("SELECT add_retention_policy('positions', %s::interval)", (keep,))
