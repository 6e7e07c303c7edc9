"""How often a stranger may ask: visits are counted by address in windows of time, by all processes together.

The table is bounded: what lies before the window is dropped, and of more than `keys` rows the oldest. An office shares
an address, so the bounds are those of a crowd; what a person may do at all is bounded where it is done.
"""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from psycopg_pool import AsyncConnectionPool

from registry.api.problems import NotFound, TooMany

__all__ = ["FILE", "GUESS", "LOOK", "TICKET", "VOTE", "Bound", "Visits"]


@dataclass(frozen=True, slots=True)
class Bound:
    """most: visits of one address in window_s seconds."""

    kind: str
    most: int
    window_s: int


LOOK = Bound("look", 600, 60)
"""Reading: a public screen asks every three seconds, and a hall of phones shares its address."""
FILE = Bound("file", 60, 600)
"""Sending something to be read by people."""
TICKET = Bound("ticket", 30, 600)
"""Taking a number: a hall shares its address, and so does who would fill the queue from his chair."""
VOTE = Bound("vote", 60, 3_600)
"""Saying the same and answering surveys: a browser counts once, and who clears his is bounded by the address."""
GUESS = Bound("guess", 20, 600)
"""Codes that nobody holds."""

T = TypeVar("T")

_PURGE_EVERY = 256
_KEPT_S = 3_600


class Visits:
    """now_s: unix time. keys: rows kept at most, but for what comes in between two purges."""

    def __init__(self, pool: AsyncConnectionPool, now_s: Callable[[], float], *, keys: int = 200_000) -> None:
        self._pool, self._now_s, self._keys = pool, now_s, keys
        self._until_purge = 0

    async def admit(self, bound: Bound, address: str) -> None:
        """Count a visit. Raises TooMany, with the seconds until the window ends."""
        now_s = int(self._now_s())
        await self._purge(now_s)
        window = now_s - now_s % bound.window_s
        async with self._pool.connection() as connection:
            cursor = await connection.execute(
                """INSERT INTO public_visits AS v (key, window_at, visits) VALUES (%s, %s, 1)
                   ON CONFLICT (key) DO UPDATE SET window_at = EXCLUDED.window_at, visits =
                       CASE WHEN v.window_at = EXCLUDED.window_at THEN least(v.visits, %s) + 1 ELSE 1 END
                   RETURNING visits""",
                (_hashed(bound, address), window, bound.most),
            )
            row = await cursor.fetchone()
        assert row is not None
        _refuse(bound, int(row[0]) > bound.most, window, now_s)

    async def check(self, bound: Bound, address: str) -> None:
        """Count nothing. Raises TooMany where the address has used up its visits."""
        now_s = int(self._now_s())
        window = now_s - now_s % bound.window_s
        async with self._pool.connection() as connection:
            cursor = await connection.execute(
                "SELECT visits FROM public_visits WHERE key = %s AND window_at = %s", (_hashed(bound, address), window)
            )
            row = await cursor.fetchone()
        _refuse(bound, row is not None and int(row[0]) >= bound.most, window, now_s)

    async def guarded(self, address: str, look: Callable[[], Awaitable[T]]) -> T:
        """What a look for a code finds. Wrong codes are counted: who guesses is shut out before he finds one.

        Raises NotFound, and TooMany.
        """
        await self.check(GUESS, address)
        try:
            return await look()
        except NotFound:
            await self.admit(GUESS, address)
            raise

    async def _purge(self, now_s: int) -> None:
        """Now and then; rows that somebody else holds are left alone."""
        self._until_purge -= 1
        if self._until_purge >= 0:
            return
        self._until_purge = _PURGE_EVERY
        async with self._pool.connection() as connection:
            await connection.execute(
                """DELETE FROM public_visits WHERE key IN (
                       SELECT key FROM public_visits WHERE window_at < %s FOR UPDATE SKIP LOCKED)""",
                (now_s - _KEPT_S,),
            )
            await connection.execute(
                """DELETE FROM public_visits WHERE key IN (
                       SELECT key FROM public_visits ORDER BY window_at DESC OFFSET %s FOR UPDATE SKIP LOCKED)""",
                (self._keys,),
            )


def _refuse(bound: Bound, too_many: bool, window: int, now_s: int) -> None:
    if too_many:
        raise TooMany("too many from this address: wait a little", retry_after_s=window + bound.window_s - now_s)


def _hashed(bound: Bound, address: str) -> bytes:
    return hashlib.sha256(f"{bound.kind} {_network(address)}".encode()).digest()


def _network(address: str) -> str:
    """The host of host:port; of IPv6 its network, since one household has 2^64 addresses."""
    host = address.rpartition(":")[0].strip("[]") or address
    try:
        parsed = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    return str(parsed) if parsed.version == 4 else str(ipaddress.ip_network((parsed, 64), strict=False))
