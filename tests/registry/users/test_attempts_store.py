from __future__ import annotations

import asyncio

import pytest
from psycopg_pool import AsyncConnectionPool

from gridwarden.database.pool import open_pool
from registry.users.attempts_store import Attempts


async def rows(pool: AsyncConnectionPool) -> int:
    async with pool.connection() as connection:
        (count,) = await (await connection.execute("SELECT count(*) FROM sign_in_attempts")).fetchone() or (0,)
    return int(count)


async def test_after_too_many_attempts_a_key_waits_until_the_first_is_forgotten(pool: AsyncConnectionPool) -> None:
    attempts = Attempts(pool, "name", most=3, window_s=60)
    assert [await attempts.begin("k", now_s) for now_s in (0, 10, 20)] == [0, 0, 0]
    assert await attempts.begin("k", 30) == 30
    assert await attempts.begin("k", 59) == 1
    assert await attempts.begin("k", 61) == 0
    assert await attempts.begin("k", 62) == 8


async def test_keys_and_kinds_do_not_wait_for_each_other(pool: AsyncConnectionPool) -> None:
    attempts, others = Attempts(pool, "name", most=1), Attempts(pool, "address", most=1)
    assert await attempts.begin("a", 0) == 0
    assert await attempts.begin("b", 0) == 0
    assert await others.begin("a", 0) == 0
    assert await attempts.begin("a", 0) > 0


async def test_a_forgiven_attempt_does_not_forgive_those_before_it(pool: AsyncConnectionPool) -> None:
    attempts = Attempts(pool, "name", most=2)
    await attempts.begin("k", 0)
    await attempts.begin("k", 1)
    await attempts.forgive("k")
    await attempts.forgive("who never tried")
    assert await attempts.begin("k", 2) == 0
    assert await attempts.begin("k", 3) > 0


async def test_another_process_counts_on_where_this_one_was(pool: AsyncConnectionPool, database_url: str) -> None:
    async with open_pool(database_url) as elsewhere:
        here, there = Attempts(pool, "name", most=4), Attempts(elsewhere, "name", most=4)
        assert await here.begin("k", 0) == 0
        assert await there.begin("k", 1) == 0
        assert await here.begin("k", 2) == 0
        assert await there.begin("k", 3) == 0
        assert await here.begin("k", 4) > 0
        assert await there.begin("k", 5) > 0
    assert await Attempts(pool, "name", most=4).begin("k", 6) > 0  # a restart forgets nothing


async def test_of_many_at_once_in_two_processes_no_more_pass_than_may(
    pool: AsyncConnectionPool, database_url: str
) -> None:
    async with open_pool(database_url) as elsewhere:
        here, there = Attempts(pool, "name", most=7), Attempts(elsewhere, "name", most=7)
        waits = await asyncio.gather(
            *(here.begin("k", 0) for _ in range(10)), *(there.begin("k", 0) for _ in range(10))
        )
    assert sum(wait == 0 for wait in waits) == 7


async def test_what_was_not_heard_of_is_dropped(pool: AsyncConnectionPool) -> None:
    attempts = Attempts(pool, "name", most=1, window_s=60, keys=7)
    for number in range(5):
        await attempts.begin(f"k{number}", number)
    assert await rows(pool) == 5
    await attempts.begin("later", 63)
    assert await rows(pool) == 2


async def test_the_table_is_bounded_and_the_longest_quiet_key_goes_first(pool: AsyncConnectionPool) -> None:
    attempts = Attempts(pool, "name", most=1, keys=2)
    await attempts.begin("old", 0)
    await attempts.begin("quiet", 1)
    await attempts.begin("old", 2)  # refused, and heard of again
    await attempts.begin("new", 3)
    assert await attempts.begin("old", 4) > 0
    assert await attempts.begin("quiet", 4) == 0
    assert await rows(pool) <= 3


async def test_a_key_is_kept_as_a_hash_only(pool: AsyncConnectionPool) -> None:
    await Attempts(pool, "name", most=1).begin("my secret password", 0)
    async with pool.connection() as connection:
        kept = await (await connection.execute("SELECT sign_in_attempts::text, key FROM sign_in_attempts")).fetchall()
    assert "secret" not in str(kept)


@pytest.mark.parametrize("most", [1, 50])
async def test_a_refused_key_keeps_no_more_than_are_allowed(pool: AsyncConnectionPool, most: int) -> None:
    attempts = Attempts(pool, "name", most=most)
    for _ in range(most + 5):
        await attempts.begin("k", 0)
    async with pool.connection() as connection:
        [(count,)] = await (await connection.execute("SELECT cardinality(begun) FROM sign_in_attempts")).fetchall()
    assert count == most
