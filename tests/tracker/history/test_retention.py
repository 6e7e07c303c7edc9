from __future__ import annotations

from datetime import timedelta

import psycopg

from tests.tracker.history.outcomes import NOON, a_batch, judged
from tracker.history.retention import REFUSED_KEPT, REFUSED_PER_DEVICE, drop_old
from tracker.history.store import HistoryStore
from tracker.history.write import Write
from tracker.model.batch import instant
from tracker.model.refusal import Refusal

DAY_US = 86_400_000_000
NOW = instant(NOON)


def stored_days(store: HistoryStore, days: int) -> None:
    batch = a_batch(days, step_us=DAY_US, start=NOON - (days - 1) * DAY_US)
    store.write(Write.of(judged(batch), batch, None))


async def left(connection: psycopg.AsyncConnection) -> int:
    row = await (await connection.execute("SELECT count(*) FROM positions")).fetchone()
    assert row is not None
    return int(row[0])


async def run_retention_job(connection: psycopg.AsyncConnection) -> None:
    """The full edition drops by a job of its own, by the server's clock: any of these days is long past by then."""
    cursor = await connection.execute("SELECT current_setting('timescaledb.license', true)")
    if await cursor.fetchone() == ("timescale",):
        await connection.execute("SELECT drop_chunks('positions', older_than => %s)", (NOW - timedelta(days=3),))


async def test_days_older_than_allowed_go_and_the_others_stay(
    store: HistoryStore, connection: psycopg.AsyncConnection
) -> None:
    stored_days(store, 10)
    await drop_old(connection, now=NOW, keep=timedelta(days=3))
    await run_retention_job(connection)
    assert await left(connection) == 4


async def test_without_a_limit_all_days_stay(store: HistoryStore, connection: psycopg.AsyncConnection) -> None:
    stored_days(store, 10)
    await drop_old(connection, now=NOW, keep=None)
    assert await left(connection) == 10


async def test_the_full_edition_gets_the_setting_as_its_policy(connection: psycopg.AsyncConnection) -> None:
    cursor = await connection.execute("SELECT current_setting('timescaledb.license', true)")
    full = await cursor.fetchone() == ("timescale",)
    for keep in (timedelta(days=9), timedelta(days=5), timedelta(days=5), None):
        await drop_old(connection, now=NOW, keep=keep)
        if full:
            cursor = await connection.execute(
                "SELECT (config ->> 'drop_after')::interval FROM timescaledb_information.jobs"
                " WHERE proc_name = 'policy_retention'"
            )
            assert await cursor.fetchall() == ([] if keep is None else [(keep,)])


async def test_a_day_that_was_dropped_takes_fixes_again(
    store: HistoryStore, connection: psycopg.AsyncConnection
) -> None:
    stored_days(store, 10)
    await drop_old(connection, now=NOW, keep=timedelta(days=3))
    await run_retention_job(connection)
    stored_days(store, 10)
    assert await left(connection) == 10


async def test_of_one_device_only_the_newest_refused_fixes_are_kept(connection: psycopg.AsyncConnection) -> None:
    await connection.execute(
        "INSERT INTO refused_fixes (device, reason, received_at)"
        " SELECT device, 'x', %s - n * interval '1 second' FROM generate_series(1, %s) n, (VALUES (1), (2)) d (device)"
        " WHERE device = 1 OR n < 5",
        (NOW, REFUSED_PER_DEVICE + 7),
    )
    await drop_old(connection, now=NOW, keep=None)
    cursor = await connection.execute(
        "SELECT device, count(*)::integer, max(received_at) FROM refused_fixes GROUP BY device ORDER BY device"
    )
    newest = NOW - timedelta(seconds=1)
    assert await cursor.fetchall() == [(1, REFUSED_PER_DEVICE, newest), (2, 4, newest)]


async def test_refused_fixes_are_kept_for_a_month(store: HistoryStore, connection: psycopg.AsyncConnection) -> None:
    batch = a_batch(2, step_us=40 * DAY_US, start=NOON - 40 * DAY_US)
    outcome = judged(batch, refused={0: Refusal.JUMP, 1: Refusal.JUMP})
    store.write(Write.of(outcome, batch, None))
    assert timedelta(days=40) > REFUSED_KEPT
    await drop_old(connection, now=NOW, keep=None)
    assert (await (await connection.execute("SELECT count(*) FROM refused_fixes")).fetchone()) == (1,)
