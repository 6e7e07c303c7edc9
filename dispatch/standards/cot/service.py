"""Telling a TAK server where members on duty are and what is open, for as long as there is one that listens.

Once a second those who moved, as they are then: a slow server gets the newest state and never a backlog. Every ten
seconds all open incidents. One that is over, and a member who is off duty or no longer heard, is told no more and goes
stale. After a broken connection everything is told anew; between tries the pause grows to a minute.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import numpy as np
from psycopg import Error as DatabaseFault
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from dispatch.standards.cot.link import Link, open_link
from dispatch.standards.cot.model import SeenMember, Target, incident_event, member_event
from dispatch.standards.cot.store import open_incidents
from tracker.live.service import LiveService
from tracker.model.presence import Presence

__all__ = ["CotService"]

_log = logging.getLogger(__name__)

_ROUND_S = 1.0
_INCIDENTS_EVERY = 10
"""Rounds."""
_AT_ONCE = 500
_AGAIN_MOST_S = 60.0


class CotService:
    """outcomes: events `sent` and `dropped`, connections that `failed`. again_s: the first pause between tries."""

    def __init__(
        self, target: Target, pool: AsyncConnectionPool, live: LiveService, now: Callable[[], datetime], *,
        again_s: float = 1.0, send_timeout_s: float = 10.0,
    ) -> None:  # fmt: skip
        self._target, self._pool, self._live, self._now = target, pool, live, now
        self._again_s, self._send_timeout_s = again_s, send_timeout_s
        self._pause_s = again_s
        self.outcomes: Counter[str] = Counter()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                async with open_link(self._target, send_timeout_s=self._send_timeout_s) as link:
                    await self._tell(link)
            except OSError as error:
                self.outcomes["failed"] += 1
                _log.warning("TAK waits", extra={"host": self._target.host, "error": str(error) or "too slow"})
            await asyncio.sleep(self._pause_s * random.uniform(0.5, 1.0))  # noqa: S311 - jitter
            self._pause_s = min(2 * self._pause_s, _AGAIN_MOST_S)

    async def _tell(self, link: Link) -> None:
        """Round after round, until the link breaks."""
        since, rounds = 0, 0
        while True:
            told, since = since, self._live.table.sequence
            for members in self._moved(told):
                await self._send(link, members)
            if rounds % _INCIDENTS_EVERY == 0:
                await self._send(link, await self._incidents())
            rounds += 1
            self._pause_s = self._again_s
            await link.rest(_ROUND_S)

    async def _send(self, link: Link, events: list[bytes]) -> None:
        dropped = link.dropped
        await link.send(events)
        self.outcomes["dropped"] += link.dropped - dropped
        self.outcomes["sent"] += len(events) - (link.dropped - dropped)

    def _moved(self, since: int) -> Iterator[list[bytes]]:
        """Events of those of whom anything changed since, some at a time, as they are when they are asked for."""
        table = self._live.table
        rows = np.flatnonzero((table.changed > since) & table.shown & table.on_duty & (table.member > 0))
        for start in range(0, len(rows), _AT_ONCE):
            now = self._now()
            seen = [self._seen(row) for row in rows[start : start + _AT_ONCE].tolist() if self._is_online(row)]
            yield [member_event(one, now) for one in seen if one.stale_at > now]

    def _is_online(self, row: int) -> bool:
        return int(self._live.table.presence[row]) == Presence.ONLINE

    def _seen(self, row: int) -> SeenMember:
        table = self._live.table
        device, fix_time = table.devices[row], int(table.fix_time[row])
        assert device.member_id is not None
        return SeenMember(
            id=device.member_id, name=device.member_name or device.member_id, post=device.post,
            latitude=float(table.latitude[row]), longitude=float(table.longitude[row]),
            speed=_known(table.speed[row]), course=_known(table.course[row]), accuracy=_known(table.accuracy[row]),
            battery=_known(table.battery[row]), fix_time=_instant(fix_time),
            stale_at=_instant(fix_time + int(table.stale_after[row])),
        )  # fmt: skip

    async def _incidents(self) -> list[bytes]:
        """All that are open; none while the database is away: positions are told all the same."""
        try:
            async with self._pool.connection() as connection:
                found = await open_incidents(connection)
        except (DatabaseFault, PoolTimeout) as error:
            _log.warning("incidents for TAK wait for the database", extra={"error": str(error).strip()})
            return []
        return [incident_event(one, self._now()) for one in found]


def _known(figure: np.float32) -> float | None:
    return None if np.isnan(figure) else float(figure)


def _instant(microseconds: int) -> datetime:
    return datetime.fromtimestamp(microseconds / 1e6, UTC)
