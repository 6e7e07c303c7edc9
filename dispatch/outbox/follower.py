"""Each process that has viewers or handhelds follows the outbox: every row is told once, soon after it is committed.

Theory of operation. A connection of its own listens for the database's word that something was added, and looks every
second all the same. A look reads what the snapshot of the last one could not see (dispatch/outbox/store.py), so the
order of keys and commits does not matter. When the database goes away in the middle of a look, the keys that were told
already are kept until a look is completed, so that nothing is told twice; it is asked again, ever less often, and what
happened meanwhile is told then.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from psycopg import AsyncConnection
from psycopg import Error as DatabaseFault

from dispatch.outbox import store
from dispatch.outbox.model import Entry

__all__ = ["OutboxFollower"]

_log = logging.getLogger(__name__)

_LOOK_S = 1.0
_AGAIN_S, _AGAIN_MOST_S = 0.1, 10.0
_BREATH = 100
"""Entries told before the loop may do something else."""

Tell = Callable[[Entry], None]


class OutboxFollower:
    """url: of the database; it holds a connection of its own. told, failures: counts for metrics."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._tell: list[Tell] = []
        self._seen: str | None = None
        self._told: set[int] = set()
        self._pause_s = _AGAIN_S
        self.ready = asyncio.Event()
        self.told = self.failures = 0

    def on_happening(self, tell: Tell) -> None:
        """Call `tell` with every entry from now on; it must not wait."""
        self._tell.append(tell)

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await self._follow()
            except (DatabaseFault, OSError) as error:
                self.failures += 1
                _log.warning("the outbox waits for the database", extra={"error": str(error).strip()})
            await asyncio.sleep(self._pause_s)
            self._pause_s = min(2 * self._pause_s, _AGAIN_MOST_S)

    async def look(self, connection: AsyncConnection) -> None:
        """Tell what was committed since the last look; the first one only learns where the outbox stands."""
        if self._seen is None:
            self._seen = await store.snapshot(connection)
            return
        now = self._seen
        async for now, entry in store.unseen(connection, self._seen):  # noqa: B007 - kept when the look is complete
            if entry is None or entry.key in self._told:
                continue
            self._tell_all(entry)
            self._told.add(entry.key)
            if len(self._told) % _BREATH == 0:
                await asyncio.sleep(0)
        self._seen = now
        self._told.clear()

    async def _follow(self) -> None:
        """Look, wait for a word or a second, look again, until the connection breaks."""
        async with await AsyncConnection.connect(
            self._url, autocommit=True, prepare_threshold=None, connect_timeout=5
        ) as connection:
            await connection.execute("SET TIME ZONE 'UTC'")
            await connection.execute("LISTEN gridwarden_outbox")
            while True:
                await self.look(connection)
                self._pause_s = _AGAIN_S
                self.ready.set()
                async for _ in connection.notifies(timeout=_LOOK_S, stop_after=1):
                    pass

    def _tell_all(self, entry: Entry) -> None:
        self.told += 1
        for tell in self._tell:
            try:
                tell(entry)
            except Exception:  # noqa: BLE001 - supervisor of one listener: the others hear it all the same
                _log.exception("a listener failed", extra={"key": entry.key, "topic": entry.topic})
