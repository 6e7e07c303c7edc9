"""Every row once, none missed, although keys commit out of order."""

from __future__ import annotations

import asyncio
import random

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from dispatch.outbox.follower import OutboxFollower
from dispatch.outbox.model import Entry, Happening, Topic
from dispatch.outbox.store import MOST_MISSED, entries_since, put


def a_happening(number: int, *organisations: int) -> Happening:
    return Happening(topic=Topic.INCIDENT, organisations=organisations or (1,), body={"n": number})


class Ear:
    """What a follower told."""

    def __init__(self, url: str) -> None:
        self.entries: list[Entry] = []
        self._more = asyncio.Condition()
        self.follower = OutboxFollower(url)
        self.follower.on_happening(self._hear)

    @property
    def numbers(self) -> list[int]:
        return [entry.body["n"] for entry in self.entries]

    def _hear(self, entry: Entry) -> None:
        self.entries.append(entry)


async def test_what_was_there_before_is_not_told_and_what_comes_is(
    database_url: str, pool: AsyncConnectionPool
) -> None:
    ear = Ear(database_url)
    async with await AsyncConnection.connect(database_url, autocommit=True) as looking, pool.connection() as writing:
        await put(writing, a_happening(0))
        await writing.commit()
        await ear.follower.look(looking)
        await put(writing, a_happening(1), a_happening(2))
        await writing.commit()
        await ear.follower.look(looking)
        await ear.follower.look(looking)
    assert ear.numbers == [1, 2]


async def test_a_lower_key_that_commits_later_is_told(database_url: str, pool: AsyncConnectionPool) -> None:
    ear = Ear(database_url)
    async with (
        await AsyncConnection.connect(database_url, autocommit=True) as looking, pool.connection() as slow,
        pool.connection() as fast,
    ):  # fmt: skip
        await ear.follower.look(looking)
        await put(slow, a_happening(1))
        for number in (2, 3):
            await put(fast, a_happening(number))
            await fast.commit()
            await ear.follower.look(looking)
        await slow.commit()
        await ear.follower.look(looking)
        await put(fast, a_happening(4))
        await fast.commit()
        await ear.follower.look(looking)
    assert ear.numbers == [2, 3, 1, 4]


async def test_whatever_commits_when_everything_is_told_once(database_url: str, pool: AsyncConnectionPool) -> None:
    ear, dice = Ear(database_url), random.Random(3)
    async with await AsyncConnection.connect(database_url, autocommit=True) as looking:
        await ear.follower.look(looking)

        async def write(numbers: range) -> None:
            for number in numbers:
                async with pool.connection() as connection:
                    await put(connection, a_happening(number))
                    for _ in range(dice.randrange(4)):
                        await connection.execute("SELECT 1")

        writers = [asyncio.create_task(write(range(first, first + 25))) for first in range(0, 150, 25)]
        while not all(writer.done() for writer in writers):
            await ear.follower.look(looking)
        await asyncio.gather(*writers)
        await ear.follower.look(looking)
    assert sorted(ear.numbers) == list(range(150))


async def test_who_was_away_is_told_what_concerns_him_or_that_it_is_too_much(pool: AsyncConnectionPool) -> None:
    async with pool.connection() as connection:
        await put(connection, a_happening(0, 1), a_happening(1, 2), a_happening(2, 1, 3))
        found = await entries_since(connection, 0, frozenset({1}))
        assert found is not None
        assert [entry.body["n"] for entry in found] == [0, 2]
        later = await entries_since(connection, found[0].key, frozenset({1}))
        assert later is not None
        assert [entry.body["n"] for entry in later] == [2]
        await put(connection, *[a_happening(number) for number in range(MOST_MISSED)])
        assert await entries_since(connection, 0, frozenset({1})) is None
