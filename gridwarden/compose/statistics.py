"""The statistics' parts of a process: the service, and the worker's round that keeps the sums."""

from __future__ import annotations

import asyncio
import logging

from psycopg import Error as DatabaseFault
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from gridwarden.compose.clock import utc_now
from gridwarden.settings import Settings
from insight.statistics.service import StatisticsService

__all__ = ["statistics_of", "sum_statistics"]

_log = logging.getLogger(__name__)

_EVERY_S = 10.0


def statistics_of(settings: Settings, pool: AsyncConnectionPool) -> StatisticsService:
    """On this installation's days."""
    return StatisticsService(pool, utc_now, settings.time_zone)


async def sum_statistics(settings: Settings, pool: AsyncConnectionPool) -> None:
    """Until cancelled; a database that is away is asked again next time."""
    service = statistics_of(settings, pool)
    while True:
        try:
            await service.sum_changed()
        except (DatabaseFault, PoolTimeout, OSError) as error:
            _log.warning("statistics wait", extra={"error": str(error).strip()})
        await asyncio.sleep(_EVERY_S)
