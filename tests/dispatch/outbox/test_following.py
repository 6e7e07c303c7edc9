"""A running follower: each happening once, none missed."""

from __future__ import annotations

import asyncio

from psycopg_pool import AsyncConnectionPool

from dispatch.outbox.model import Entry
from dispatch.outbox.store import put
from tests.dispatch.outbox.following import a_happening, following, write, writing


async def test_what_happens_is_told_as_it_was_written(database_url: str, pool: AsyncConnectionPool) -> None:
    await write(pool, "before")
    async with following(database_url) as it:
        async with pool.connection() as connection:
            await put(connection, a_happening("a", organisations=(2, 3), members=(4,)))
        await it.until(lambda: len(it.heard) == 1)
        (told,) = it.heard
        assert (told.key, told.topic, told.body) == (2, "notice", {"id": "a"})
        assert (told.organisations, told.members) == (frozenset({2, 3}), frozenset({4}))
        assert told.at.utcoffset() is not None


async def test_who_commits_late_is_told_late_and_nothing_twice(database_url: str, pool: AsyncConnectionPool) -> None:
    async with following(database_url) as it, writing(database_url, "slow") as slow:
        await write(pool, "a", "b")
        await it.until(lambda: it.names == ["a", "b"])
        await slow.commit()
        await it.until(lambda: "slow" in it.names)
        await write(pool, "c")
        await it.until(lambda: "c" in it.names)
        assert it.names == ["a", "b", "slow", "c"]
        assert it.heard[2].key < it.heard[0].key


async def test_what_was_open_when_it_began_is_told(database_url: str, pool: AsyncConnectionPool) -> None:
    async with writing(database_url, "slow") as slow:
        await write(pool, "old")
        async with following(database_url) as it:
            await slow.commit()
            await it.until(lambda: it.names == ["slow"])


async def test_what_is_taken_back_is_never_told(database_url: str, pool: AsyncConnectionPool) -> None:
    async with following(database_url) as it, writing(database_url, "never") as changed_mind:
        await changed_mind.rollback()
        await write(pool, "a")
        await it.until(lambda: bool(it.heard))
        assert it.names == ["a"]


async def test_many_writers_at_once_are_each_told_once(database_url: str, pool: AsyncConnectionPool) -> None:
    async with following(database_url) as it:
        await asyncio.gather(*(write(pool, *(f"{writer}-{number}" for number in range(20))) for writer in range(12)))
        await it.until(lambda: len(it.heard) >= 240)
        await write(pool, "last")
        await it.until(lambda: "last" in it.names)
        assert len(it.names) == len(set(it.names)) == 241


async def test_a_connection_that_is_cut_misses_nothing(database_url: str, pool: AsyncConnectionPool) -> None:
    async with following(database_url) as it:
        for round_ in range(3):
            async with pool.connection() as connection:
                await connection.execute(
                    """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                       WHERE datname = current_database() AND pid <> pg_backend_pid()
                         AND query ~ 'LISTEN|pg_visible_in_snapshot'"""
                )
                await put(connection, a_happening(f"away-{round_}"))
            await it.until(lambda name=f"away-{round_}": name in it.names)  # type: ignore[misc]  # bound now
        assert it.names == ["away-0", "away-1", "away-2"]
        assert it.follower.failures > 0


async def test_a_listener_that_fails_does_not_keep_others_from_hearing(
    database_url: str, pool: AsyncConnectionPool
) -> None:
    async with following(database_url) as it:

        def fail(_: Entry) -> None:
            raise RuntimeError("this listener is broken")

        it.follower._tell.insert(0, fail)
        await write(pool, "a", "b")
        await it.until(lambda: it.names == ["a", "b"])
