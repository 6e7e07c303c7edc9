"""A follower that runs, what it told, and writers whose transactions a test ends when it likes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from dispatch.outbox.follower import OutboxFollower
from dispatch.outbox.model import Entry, Happening, Topic
from dispatch.outbox.store import put

__all__ = ["TIMEOUT_S", "Following", "a_happening", "following", "write", "writing"]

TIMEOUT_S = 20.0


def a_happening(name: str = "x", *, organisations: tuple[int, ...] = (1,), members: tuple[int, ...] = ()) -> Happening:
    return Happening(topic=Topic.NOTICE, organisations=organisations, members=members, body={"id": name})


class Following:
    """A follower and what it told."""

    def __init__(self, url: str) -> None:
        self.follower = OutboxFollower(url)
        self.heard: list[Entry] = []
        self._changed = asyncio.Event()
        self.follower.on_happening(self._hear)

    def _hear(self, happened: Entry) -> None:
        self.heard.append(happened)
        self._changed.set()

    @property
    def names(self) -> list[str]:
        return [one.body["id"] for one in self.heard]

    async def until(self, fact: Callable[[], bool]) -> None:
        """Wait until it is so; asked again whenever something is heard."""
        async with asyncio.timeout(TIMEOUT_S):
            while not fact():
                self._changed.clear()
                await self._changed.wait()


@asynccontextmanager
async def following(url: str) -> AsyncIterator[Following]:
    """A running one, after its first look."""
    it = Following(url)
    task = asyncio.create_task(it.follower.run())
    try:
        async with asyncio.timeout(TIMEOUT_S):
            await it.follower.ready.wait()
        yield it
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def write(pool: AsyncConnectionPool, *names: str) -> None:
    """Each in a transaction of its own, one after the other."""
    for name in names:
        async with pool.connection() as connection:
            await put(connection, a_happening(name))


@asynccontextmanager
async def writing(url: str, name: str) -> AsyncIterator[AsyncConnection]:
    """A transaction that has written and not yet ended."""
    async with await AsyncConnection.connect(url) as connection:
        await put(connection, a_happening(name))
        yield connection
