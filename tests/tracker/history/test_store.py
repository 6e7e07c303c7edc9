from __future__ import annotations

from dataclasses import replace
from typing import LiteralString

import numpy as np
import psycopg

from tests.tracker.history.outcomes import NOON, a_batch, entered, judged, moved
from tracker.history.store import HistoryStore
from tracker.history.write import Write
from tracker.model.batch import Extra, FixBatch, instant
from tracker.model.live_row import LIVE_ROW
from tracker.model.refusal import Refusal

DAY_US = 86_400_000_000


def a_write(batch: FixBatch, *, doubtful: bool = False, members: list[int] | None = None) -> Write:
    keys = None if members is None else np.array(members, np.int32)
    return Write.of(judged(batch, doubtful=doubtful), batch, keys)


async def rows(connection: psycopg.AsyncConnection, sql: LiteralString) -> list[tuple[object, ...]]:
    return await (await connection.execute(sql)).fetchall()


async def test_every_column_comes_back_as_it_was_stored(
    store: HistoryStore, connection: psycopg.AsyncConnection
) -> None:
    batch = a_batch(3, extras={1: Extra("sos", {"steps": 7})})
    batch = replace(batch, course=np.array([np.nan, 90.5, 0.0], np.float32))
    assert store.write(a_write(batch, members=[-1, 4, 5])).tolist() == [0, 0, 0]
    stored = await rows(
        connection,
        "SELECT device, fix_time, received_at, latitude, longitude, speed, course, altitude, battery, member,"
        " attributes FROM positions ORDER BY fix_time",
    )
    assert stored[1] == (
        1, instant(NOON + 1_000_000), instant(NOON + 1_500_000), 26.00001, 119.3, 1.25, 90.5, None, 0.5, 4,
        {"steps": 7, "event": "sos"},
    )  # fmt: skip
    assert [(row[6], row[9], row[10]) for row in stored] == [
        (None, None, None), (90.5, 4, {"steps": 7, "event": "sos"}), (0.0, 5, None),
    ]  # fmt: skip


async def test_fixes_of_many_days_find_their_place(store: HistoryStore, connection: psycopg.AsyncConnection) -> None:
    batch = a_batch(40, step_us=DAY_US, start=NOON - 39 * DAY_US)
    store.write(a_write(batch))
    assert await rows(connection, "SELECT count(DISTINCT fix_time::date) FROM positions") == [(40,)]


async def test_the_same_write_again_adds_no_row(store: HistoryStore, connection: psycopg.AsyncConnection) -> None:
    write = a_write(a_batch(50))
    store.write(write)
    assert store.write(write).tolist() == [Refusal.NONE] * 50
    assert store.write(write, again=True).tolist() == [Refusal.NONE] * 50
    assert await rows(connection, "SELECT count(*) FROM positions") == [(50,)]
    assert await rows(connection, "SELECT count(*) FROM refused_fixes") == [(0,)]


async def test_another_fix_of_a_stored_instant_is_a_conflict_kept_apart(
    store: HistoryStore, connection: psycopg.AsyncConnection
) -> None:
    store.write(a_write(a_batch(4)))
    other = a_batch(6)
    other = replace(other, latitude=np.where(np.arange(6) == 2, 27.0, other.latitude))
    assert store.write(a_write(other, doubtful=True)).tolist() == [0, 0, Refusal.CONFLICT, 0, 0, 0]
    assert await rows(connection, "SELECT count(*), max(latitude) < 26.1 FROM positions") == [(6, True)]
    assert await rows(connection, "SELECT device, reason, latitude FROM refused_fixes") == [
        (1, Refusal.CONFLICT.word, 27.0)
    ]


async def test_an_unknown_value_is_no_conflict_with_the_same_unknown(store: HistoryStore) -> None:
    batch = a_batch(2, extras={0: Extra(None, {"a": [1, 2]})})
    store.write(a_write(batch))
    assert store.write(a_write(batch, doubtful=True)).tolist() == [0, 0]


async def test_a_part_already_stored_does_not_hinder_the_rest(
    store: HistoryStore, connection: psycopg.AsyncConnection
) -> None:
    store.write(a_write(a_batch(10)))
    assert not store.write(a_write(a_batch(30))).any()
    assert await rows(connection, "SELECT count(*) FROM positions") == [(30,)]


async def test_two_fixes_of_one_instant_in_one_write_store_the_first(
    store: HistoryStore, connection: psycopg.AsyncConnection
) -> None:
    batch = FixBatch.concatenate([a_batch(1), moved(a_batch(1), 1.0)])
    assert store.write(a_write(batch)).tolist() == [Refusal.NONE, Refusal.CONFLICT]
    assert await rows(connection, "SELECT latitude FROM positions") == [(26.0,)]


async def test_a_value_that_the_database_refuses_costs_no_other_row(
    store: HistoryStore, connection: psycopg.AsyncConnection
) -> None:
    batch = a_batch(9, extras={5: Extra(None, {"name": "\0"}), 6: Extra(None, {"name": "fine"})})
    verdicts = store.write(a_write(batch))
    assert verdicts.tolist() == [0, 0, 0, 0, 0, Refusal.UNSTORABLE, 0, 0, 0]
    assert await rows(connection, "SELECT count(*) FROM positions") == [(8,)]
    [(reason,)] = await rows(connection, "SELECT reason FROM refused_fixes")
    assert str(reason).startswith(f"{Refusal.UNSTORABLE.word}: ")


async def test_refused_fixes_are_kept_with_reason_and_numbers(
    store: HistoryStore, connection: psycopg.AsyncConnection
) -> None:
    batch = replace(a_batch(3), longitude=np.array([119.3, np.nan, 500.0]))
    outcome = judged(batch, refused={1: Refusal.NOT_FINITE, 2: Refusal.OUT_OF_RANGE})
    write = Write.of(outcome, batch, None)
    store.write(write)
    store.write(write, again=True)
    assert await rows(connection, "SELECT reason, longitude, detail ->> 'speed' FROM refused_fixes ORDER BY key") == [
        (Refusal.NOT_FINITE.word, None, "1.25"),
        (Refusal.OUT_OF_RANGE.word, 500.0, "1.25"),
    ]


async def test_a_time_that_no_calendar_has_is_kept_as_unknown(
    store: HistoryStore, connection: psycopg.AsyncConnection
) -> None:
    batch = replace(a_batch(1), fix_time=np.array([1 << 62]))
    store.write(Write.of(judged(batch, refused={0: Refusal.FUTURE}), batch, None))
    assert await rows(connection, "SELECT fix_time FROM refused_fixes") == [(None,)]


async def test_crossings_commit_with_the_positions_once_and_forget_deleted_geofences(
    store: HistoryStore, connection: psycopg.AsyncConnection
) -> None:
    await connection.execute(
        "INSERT INTO geofences (key, id, organisation, name, kind, geometry)"
        " VALUES (7, 'f', 1, 'Park', 'polygon', '{}')"
    )
    batch = a_batch(2)
    crossings = [entered(key) for key in (7, 8)]
    write = Write.of(judged(batch, crossings=crossings), batch, np.array([3, 3], np.int32))
    store.write(write)
    store.write(write, again=True)
    assert await rows(connection, "SELECT geofence, device, member, kind FROM geofence_events") == [(7, 1, 3, "enter")]


async def test_a_checkpoint_moves_last_known_forward_only(
    store: HistoryStore, connection: psycopg.AsyncConnection
) -> None:
    live = np.zeros(2, LIVE_ROW)
    live["device"], live["fix_time"], live["latitude"] = [1, 2], NOON, 26.0
    live["speed"], live["moving"] = np.nan, 1
    store.checkpoint(live)
    live["fix_time"] += [1, -1]
    live["latitude"] = 27.0
    store.checkpoint(live)
    assert await rows(connection, "SELECT device, latitude, speed, moving FROM last_known ORDER BY device") == [
        (1, 27.0, None, True),
        (2, 26.0, None, True),
    ]


async def test_fixes_of_hours_long_past_are_noted_for_summing_where_a_worker_sums(
    store: HistoryStore, connection: psycopg.AsyncConnection
) -> None:
    store.write(a_write(a_batch(3, start=NOON - 5 * 3_600_000_000, step_us=1)))
    [(own,)] = await rows(connection, "SELECT to_regclass('late_hours') IS NOT NULL")
    if own:
        assert await rows(connection, "SELECT hour FROM late_hours") == [(instant(NOON - 5 * 3_600_000_000),)]
