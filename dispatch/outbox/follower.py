"""Each process that has viewers or handhelds follows the outbox: every row is told once, soon after it is committed.

Theory of operation. Keys are given before the commit, so a lower key may become visible after a higher one. A look
reads every row whose transaction (`changed`) is not older than the oldest that ran at the last look, and tells those it
has not told; what it must remember is only the rows younger than that. The database wakes it by NOTIFY; it looks once a
second anyway. Where the database is away it tries again, and misses nothing that was committed meanwhile.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from psycopg import AsyncConnection
from psycopg import Error as DatabaseFault

from dispatch.outbox.model import Entry

__all__ = ["MOST_MISSED", "OutboxFollower", "entries_since"]

_log = logging.getLogger(__name__)

_LOOK_S = 1.0
_AGAIN_S, _AGAIN_MOST_S = 0.5, 10.0
MOST_MISSED = 1_000
"""Rows that somebody who was away is told; beyond that he reads everything anew."""

Tell = Callable[[Entry], None]


class OutboxFollower:
    """url: of the database; it holds a connection of its own."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._tell: list[Tell] = []
        self._floor: str | None = None
        self._told: frozenset[int] = frozenset()

    def on_happening(self, tell: Tell) -> None:
        """Call `tell` with every entry from now on; it must not wait."""
        self._tell.append(tell)

    async def run(self) -> None:
        """Until cancelled."""
        pause_s = _AGAIN_S
        while True:
            try:
                async with await AsyncConnection.connect(self._url, autocommit=True) as connection:
                    await connection.execute("LISTEN gridwarden_outbox")
                    pause_s = _AGAIN_S
                    while True:
                        await self.look(connection)
                        async for _ in connection.notifies(timeout=_LOOK_S, stop_after=1):
                            pass
            except (DatabaseFault, OSError) as error:
                _log.warning("the outbox waits for the database", extra={"error": str(error).strip()})
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, _AGAIN_MOST_S)

    async def look(self, connection: AsyncConnection) -> None:
        """Tell what was committed since the last look; the first one only learns where the outbox stands."""
        cursor = await connection.execute(
            """SELECT key, at, topic, organisations, members, body, changed::text,
                      pg_snapshot_xmin(pg_current_snapshot())::text
               FROM (SELECT pg_current_snapshot()) now LEFT JOIN outbox
                 ON changed >= COALESCE(%s::text::xid8, pg_snapshot_xmin(pg_current_snapshot()))
               ORDER BY key""",
            (self._floor,),
        )
        rows = await cursor.fetchall()
        is_first, self._floor = self._floor is None, rows[0][-1]
        fresh = [row for row in rows if row[0] is not None]
        if not is_first:
            for entry in _entries([row for row in fresh if row[0] not in self._told]):
                for tell in self._tell:
                    tell(entry)
        self._told = frozenset(row[0] for row in fresh if int(row[-2]) >= int(rows[0][-1]))


async def entries_since(connection: AsyncConnection, after: int, organisations: frozenset[int]) -> list[Entry] | None:
    """What those who see these organisations missed behind the key `after`; None where that is too much to tell."""
    cursor = await connection.execute(
        """SELECT key, at, topic, organisations, members, body FROM outbox
           WHERE key > %s AND organisations && %s::integer[] ORDER BY key LIMIT %s""",
        (after, list(organisations), MOST_MISSED + 1),
    )
    rows = await cursor.fetchall()
    return None if len(rows) > MOST_MISSED else list(_entries(rows))


def _entries(rows: Sequence[tuple[Any, ...]]) -> Iterable[Entry]:
    for key, at, topic, organisations, members, body, *_ in rows:
        yield Entry(
            key=key, at=at, topic=topic, organisations=frozenset(organisations), members=frozenset(members), body=body
        )
