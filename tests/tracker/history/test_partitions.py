from __future__ import annotations

import threading
from datetime import date

import psycopg

from tracker.history.partitions import drop_days_before, ensure_days, is_partitioned

DAYS = [date(2026, 11, day) for day in range(1, 8)]


async def names(url: str) -> list[str]:
    async with await psycopg.AsyncConnection.connect(url) as connection:
        cursor = await connection.execute(
            "SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid"
            " WHERE inhparent = 'positions'::regclass ORDER BY relname"
        )
        return [name async for (name,) in cursor]


async def test_two_processes_may_make_the_same_day_at_once(database_url: str) -> None:
    failures: list[psycopg.Error] = []

    def make() -> None:
        with psycopg.connect(database_url, autocommit=True) as connection:
            try:
                for day in DAYS:
                    ensure_days(connection, [day])
            except psycopg.Error as error:
                failures.append(error)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert await names(database_url) == [f"positions_202611{day:02}" for day in range(1, 8)]


async def test_a_new_day_waits_for_no_reader_of_another(database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as maker, psycopg.connect(database_url) as reader:
        ensure_days(maker, DAYS[:1])
        reader.execute("SELECT count(*) FROM positions")  # holds its lock until the transaction ends
        maker.execute("SET lock_timeout = '2s'")
        ensure_days(maker, DAYS[1:2])
        assert is_partitioned(maker)


async def test_old_days_are_dropped_and_named(database_url: str) -> None:
    async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as connection:
        with psycopg.connect(database_url, autocommit=True) as maker:
            ensure_days(maker, DAYS)
        assert await drop_days_before(connection, DAYS[2]) == DAYS[:2]
        assert len(await names(database_url)) == 5
