"""Attempts to sign in, counted in the database by name and by address, forgotten with time, bounded.

All processes of an installation count together, and a restart forgets nothing. Each count is a transaction of its own
that locks its key and no other, so that many at once cannot pass and nobody waits in a circle.
"""

from __future__ import annotations

import hashlib

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

__all__ = ["Attempts"]

_PURGE_EVERY = 64
"""Attempts of a process; in between, the table may be as much larger than its bound."""


class Attempts:
    """Attempts of one kind by key. After `most` within `window_s` a key must wait.

    An attempt counts from its beginning, so that many at once cannot pass before the first has failed. What was not
    heard of within `window_s` is dropped; of more than `keys` of all kinds, those silent the longest.
    """

    def __init__(
        self, pool: AsyncConnectionPool, kind: str, *, most: int, window_s: float = 300.0, keys: int = 100_000
    ) -> None:
        self._pool, self._kind, self._most, self._window_s, self._keys = pool, kind, most, window_s, keys
        self._until_purge = 0

    async def begin(self, key: str, now_s: float) -> float:
        """Count an attempt; else the seconds until this key may try again, 0 when it was counted. now_s: unix time."""
        self._until_purge -= 1
        if self._until_purge < 0:
            self._until_purge = min(_PURGE_EVERY, self._keys // 8)
            await self._purge(now_s)
        hashed = self._hashed(key)
        async with self._pool.connection() as connection:
            recent = [at for at in await _locked(connection, hashed, now_s) if now_s - at < self._window_s]
            wait = 0.0 if len(recent) < self._most else recent[0] + self._window_s - now_s
            await connection.execute(
                "UPDATE sign_in_attempts SET begun = %s::double precision[] WHERE key = %s",
                (recent if wait else [*recent, float(now_s)], hashed),
            )
        return wait

    async def forgive(self, key: str) -> None:
        """Take the latest attempt back: it succeeded, or was not made. The others still count."""
        async with self._pool.connection() as connection:
            await connection.execute(
                "UPDATE sign_in_attempts SET begun = begun[:cardinality(begun) - 1] WHERE key = %s",
                (self._hashed(key),),
            )

    def _hashed(self, key: str) -> bytes:
        return hashlib.sha256(f"{self._kind} {key}".encode()).digest()

    async def _purge(self, now_s: float) -> None:
        """Rows that somebody else holds are heard of just now, or purged just now: they are left alone."""
        async with self._pool.connection() as connection:
            await connection.execute(
                """DELETE FROM sign_in_attempts WHERE key IN
                   (SELECT key FROM sign_in_attempts WHERE last_at <= %s FOR UPDATE SKIP LOCKED)""",
                (now_s - self._window_s,),
            )
            await connection.execute(
                """DELETE FROM sign_in_attempts WHERE key IN
                   (SELECT key FROM sign_in_attempts ORDER BY last_at DESC OFFSET %s FOR UPDATE SKIP LOCKED)""",
                (self._keys,),
            )


async def _locked(connection: AsyncConnection, key: bytes, now_s: float) -> list[float]:
    """When attempts of that key began, the oldest first; the key is the transaction's from now on."""
    cursor = await connection.execute(
        """INSERT INTO sign_in_attempts (key, begun, last_at) VALUES (%s, '{}', %s)
           ON CONFLICT (key) DO UPDATE SET last_at = EXCLUDED.last_at RETURNING begun""",
        (key, now_s),
    )
    row = await cursor.fetchone()
    assert row is not None
    return list(row[0])
