"""Resuming behind a row: nothing is missed, whatever the order of commits; old rows are dropped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from psycopg_pool import AsyncConnectionPool

from dispatch.outbox import store
from tests.dispatch.outbox.following import a_happening, write, writing

ALL = frozenset({1})


async def resumed(
    pool: AsyncConnectionPool, after: int, organisations: frozenset[int] = ALL, member: int | None = None
) -> list[str] | None:
    async with pool.connection() as connection:
        found = await store.entries_since(connection, after, organisations, member)
    return None if found is None else [one.body["id"] for one in found]


async def test_what_came_after_a_row(pool: AsyncConnectionPool) -> None:
    await write(pool, "a", "b", "c")
    assert await resumed(pool, 1) == ["b", "c"]
    assert await resumed(pool, 3) == []


async def test_who_committed_late_with_a_lower_key_is_not_missed(pool: AsyncConnectionPool, database_url: str) -> None:
    async with writing(database_url, "slow") as slow:
        await write(pool, "a")
        assert await resumed(pool, 2) == []
        await slow.commit()
        assert await resumed(pool, 2) == ["slow"]


async def test_only_what_concerns_the_organisations_or_the_member(pool: AsyncConnectionPool) -> None:
    await write(pool, "first")
    async with pool.connection() as connection:
        await store.put(connection, a_happening("theirs", organisations=(2,)))
        await store.put(connection, a_happening("his", organisations=(2,), members=(7, 8)))
    assert await resumed(pool, 1, frozenset({2})) == ["theirs", "his"]
    assert await resumed(pool, 1, frozenset(), 7) == ["his"]
    assert await resumed(pool, 1, frozenset()) == []


async def test_what_is_gone_is_a_gap(pool: AsyncConnectionPool) -> None:
    assert await resumed(pool, 0) == []
    assert await resumed(pool, 99) is None


async def test_old_rows_are_dropped_but_the_newest_stays(pool: AsyncConnectionPool) -> None:
    await write(pool, "a", "b", "c")
    async with pool.connection() as connection:
        assert await store.drop_old(connection, datetime.now(UTC), timedelta(days=7)) == 0
        assert await store.drop_old(connection, datetime.now(UTC) + timedelta(days=8), timedelta(days=7)) == 2
    assert await resumed(pool, 1) is None
    assert await resumed(pool, 3) == []
