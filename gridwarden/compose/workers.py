"""The workers role: hourly sums, retention, what was told long ago; any number of processes may do it."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

from psycopg import Error as DatabaseFault
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from dispatch.outbox.store import drop_old as drop_outbox
from gridwarden.compose.clock import utc_now
from gridwarden.settings import Settings
from tracker.history.retention import drop_old
from tracker.history.rollups import roll_up

__all__ = ["work"]

_log = logging.getLogger(__name__)

_EVERY_S = 300.0
_KEEP_OUTBOX = timedelta(days=7)


async def work(settings: Settings, pool: AsyncConnectionPool) -> None:
    """Until cancelled; a database that is away is asked again next time."""
    keep = None if settings.retention is None else timedelta(seconds=settings.retention)
    while True:
        try:
            async with pool.connection() as connection:
                await connection.set_autocommit(True)
                try:
                    await roll_up(connection, utc_now())
                    await drop_old(connection, now=utc_now(), keep=keep)
                    await drop_outbox(connection, utc_now(), _KEEP_OUTBOX)
                finally:
                    await connection.set_autocommit(False)
        except (DatabaseFault, PoolTimeout, OSError) as error:
            _log.warning("roll-ups and retention wait", extra={"error": str(error).strip()})
        await asyncio.sleep(_EVERY_S)
