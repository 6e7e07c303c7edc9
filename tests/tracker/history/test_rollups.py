from __future__ import annotations

from datetime import timedelta

import numpy as np
import psycopg

from tests.tracker.history.outcomes import NOON, a_batch, judged
from tracker.history.rollups import roll_up
from tracker.history.store import HistoryStore
from tracker.history.write import Write
from tracker.model.batch import FixBatch, instant

HOUR_US = 3_600_000_000
NOW = instant(NOON)


def stored(store: HistoryStore, batch: FixBatch, *, member: int = 4) -> None:
    store.write(Write.of(judged(batch), batch, np.full(len(batch), member, np.int32)))


async def sums(connection: psycopg.AsyncConnection) -> list[tuple[object, ...]]:
    cursor = await connection.execute(
        "SELECT hour, device, member, fixes, distance, top_speed FROM hourly_positions ORDER BY hour, device"
    )
    return await cursor.fetchall()


async def refresh(connection: psycopg.AsyncConnection) -> None:
    """What the worker does, and where continuous aggregates do it, what their job does."""
    await roll_up(connection, NOW)
    cursor = await connection.execute("SELECT to_regclass('summed_until') IS NULL")
    if await cursor.fetchone() == (True,):
        await connection.execute("CALL refresh_continuous_aggregate('hourly_positions', NULL, %s)", (NOW,))


async def test_hours_are_the_same_before_and_after_they_are_summed(
    store: HistoryStore, connection: psycopg.AsyncConnection
) -> None:
    stored(store, a_batch(10, start=NOON - 3 * HOUR_US))
    stored(store, a_batch(7, start=NOON - HOUR_US, device=2))
    stored(store, a_batch(3, start=NOON))
    before = await sums(connection)
    assert before == [
        (NOW - timedelta(hours=3), 1, 4, 10, 10.0, 1.25),
        (NOW - timedelta(hours=1), 2, 4, 7, 7.0, 1.25),
        (NOW, 1, 4, 3, 3.0, 1.25),
    ]
    await refresh(connection)
    assert await sums(connection) == before


async def test_a_fix_that_comes_late_is_in_the_sum_after_the_next_run(
    store: HistoryStore, connection: psycopg.AsyncConnection
) -> None:
    stored(store, a_batch(10, start=NOON - 50 * HOUR_US))
    await refresh(connection)
    stored(store, a_batch(5, start=NOON - 50 * HOUR_US + 60_000_000))
    await refresh(connection)
    assert await sums(connection) == [(NOW - timedelta(hours=50), 1, 4, 15, 15.0, 1.25)]


async def test_the_heat_map_counts_fixes_by_place(store: HistoryStore, connection: psycopg.AsyncConnection) -> None:
    stored(store, a_batch(10, start=NOON - 2 * HOUR_US))
    stored(store, a_batch(3, start=NOON, device=2))
    await refresh(connection)
    cursor = await connection.execute("SELECT cell, sum(fixes)::integer FROM hourly_cells GROUP BY cell")
    assert await cursor.fetchall() == [(0x89411C8C80FFFFF, 13)]


async def test_a_second_run_sums_only_what_may_have_changed(
    store: HistoryStore, connection: psycopg.AsyncConnection
) -> None:
    cursor = await connection.execute("SELECT to_regclass('summed_until') IS NULL")
    continuous = await cursor.fetchone() == (True,)
    stored(store, a_batch(10, start=NOON - 50 * HOUR_US))
    assert (await roll_up(connection, NOW), await roll_up(connection, NOW)) == ((0, 0) if continuous else (52, 2))
