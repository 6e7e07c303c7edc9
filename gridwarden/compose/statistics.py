"""The statistics' parts of a process: routes, and the worker's rounds that keep the sums."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

from psycopg import Error as DatabaseFault
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from gridwarden.compose.clock import utc_now
from gridwarden.settings import Settings
from insight.coverage import api as coverage
from insight.coverage.service import CoverageService
from insight.reports import api as reports
from insight.reports.service import ReportService
from insight.statistics import api as statistics
from insight.statistics.service import StatisticsService
from insight.views import api as views
from insight.views.service import ViewService
from registry.api.route import Route

__all__ = ["coverage_of", "keep_statistics", "reports_of", "statistics_of", "statistics_routes"]

_log = logging.getLogger(__name__)

_SHARE = 4
"""A round is followed by a pause of so many times its length, that it may not become the main work."""


def statistics_of(settings: Settings, pool: AsyncConnectionPool) -> StatisticsService:
    """On this installation's days."""
    return StatisticsService(pool, utc_now, settings.time_zone)


def coverage_of(settings: Settings, pool: AsyncConnectionPool) -> CoverageService:
    """Patrol coverage on the same days."""
    return CoverageService(pool, utc_now, settings.time_zone)


def reports_of(settings: Settings, pool: AsyncConnectionPool) -> ReportService:
    """Reports on schedule of the same figures."""
    return ReportService(pool, utc_now, statistics_of(settings, pool))


def statistics_routes(settings: Settings, pool: AsyncConnectionPool) -> list[Route]:
    """Figures, coverage, saved views and reports."""
    return [
        *statistics.routes(statistics_of(settings, pool)), *coverage.routes(coverage_of(settings, pool)),
        *views.routes(ViewService(pool, utc_now)), *reports.routes(reports_of(settings, pool)),
    ]  # fmt: skip


async def keep_statistics(settings: Settings, pool: AsyncConnectionPool) -> None:
    """The worker's rounds, until cancelled."""
    async with asyncio.TaskGroup() as rounds:
        rounds.create_task(_round(statistics_of(settings, pool).sum_changed, 10.0), name="statistics' sums")
        rounds.create_task(_cover(settings, pool), name="coverage's sums")
        rounds.create_task(_round(reports_of(settings, pool).round, 30.0), name="reports on schedule")


async def _cover(settings: Settings, pool: AsyncConnectionPool) -> None:
    service = coverage_of(settings, pool)

    async def once() -> None:
        await service.sum_changed()
        if settings.retention is not None:
            await service.drop_older(timedelta(seconds=settings.retention))

    await _round(once, 60.0)


async def _round(work: Callable[[], Awaitable[object]], every_s: float) -> None:
    """Again and again, and never more than a share of the time; a database that is away is asked again next time."""
    while True:
        began = time.monotonic()
        try:
            await work()
        except (DatabaseFault, PoolTimeout, OSError) as error:
            _log.warning("statistics wait", extra={"error": str(error).strip()})
        await asyncio.sleep(max(every_s, _SHARE * (time.monotonic() - began)))
