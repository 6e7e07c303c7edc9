from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import psycopg

from tests.tracker.history.outcomes import NOON, a_batch, judged
from tracker.history.live_rows import read_live_rows
from tracker.history.store import HistoryStore
from tracker.history.write import Write
from tracker.model.batch import Extra, FixBatch, instant
from tracker.model.live_row import LIVE_ROW, LiveRows

NOW = instant(NOON) + timedelta(minutes=5)


async def add_devices(connection: psycopg.AsyncConnection, keys: int) -> None:
    await connection.execute("INSERT INTO devices (key, id) SELECT key, key FROM generate_series(1, %s) key", (keys,))


def store_batch(store: HistoryStore, batch: FixBatch) -> None:
    store.write(Write.of(judged(batch), batch, None))


def known(device: int, fix_time: int) -> LiveRows:
    rows = np.zeros(1, LIVE_ROW)
    rows["device"], rows["fix_time"], rows["received_at"] = device, fix_time, fix_time
    rows["latitude"], rows["speed"], rows["moving"] = 25.0, np.nan, 1
    return rows


async def test_a_checkpoint_comes_back_as_it_was(store: HistoryStore, connection: psycopg.AsyncConnection) -> None:
    await add_devices(connection, 1)
    store.checkpoint(known(1, NOON))
    [row] = await read_live_rows(connection, NOW)
    assert (row["device"], row["fix_time"], row["latitude"], row["moving"]) == (1, NOON, 25.0, 1)
    assert np.isnan(row["speed"])


async def test_what_was_stored_after_the_checkpoint_is_newer(
    store: HistoryStore, connection: psycopg.AsyncConnection
) -> None:
    await add_devices(connection, 1)
    store.checkpoint(known(1, NOON))
    batch = a_batch(3, extras={2: Extra("sos")})
    store_batch(store, replace(batch, altitude=np.array([1, 2, 3], np.float32)))
    [row] = await read_live_rows(connection, NOW)
    assert (row["fix_time"], row["altitude"], row["emergency"]) == (NOON + 2_000_000, 3.0, 1)
    assert np.isnan(row["course"])
    assert row["cell"] == 0x89411C8C80FFFFF


async def test_devices_without_a_checkpoint_are_found_and_silent_or_retired_ones_are_not(
    store: HistoryStore, connection: psycopg.AsyncConnection
) -> None:
    await add_devices(connection, 3)
    store_batch(store, a_batch(2, device=1))
    store_batch(store, a_batch(2, device=3))
    await connection.execute("UPDATE devices SET retired = true WHERE key = 3")
    rows = await read_live_rows(connection, NOW)
    assert rows["device"].tolist() == [1]


async def test_an_old_late_fix_does_not_replace_the_checkpoint(
    store: HistoryStore, connection: psycopg.AsyncConnection
) -> None:
    await add_devices(connection, 1)
    store.checkpoint(known(1, NOON))
    store_batch(store, a_batch(3, start=NOON - 60_000_000))
    [row] = await read_live_rows(connection, NOW)
    assert row["fix_time"] == NOON
