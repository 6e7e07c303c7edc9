"""Alerts of a process: the commands, the watch of the workers role, and the line from the ingest role."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

from psycopg import InterfaceError, OperationalError
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from dispatch.alerts import api
from dispatch.alerts.service import AlertService
from dispatch.alerts.watch import AlertWatch, EmergencyLine
from dispatch.incidents.service import IncidentService
from gridwarden.compose.clock import utc_now
from gridwarden.compose.metrics import ProcessMetrics
from gridwarden.compose.tracking import Tracking
from gridwarden.settings import Settings
from registry.api.route import Route

__all__ = ["Alerting"]

_log = logging.getLogger(__name__)

_ROUND_S = 1.0
_AGAIN_S = 1.0
_AWAY = (OperationalError, InterfaceError, PoolTimeout, OSError)


class Alerting:
    """Built once a process; parts are used as its roles need them."""

    def __init__(
        self, settings: Settings, pool: AsyncConnectionPool, tracking: Tracking, incidents: IncidentService
    ) -> None:
        self._service = AlertService(pool, tracking.live, incidents, utc_now)
        grace = timedelta(seconds=settings.silent_after)
        self._watch = AlertWatch(pool, self._service, tracking.live, utc_now, grace=grace)
        self._line = EmergencyLine(self._watch)
        tracking.on_signals(self._line.hear)

    def routes(self) -> list[Route]:
        """Of alerts."""
        return api.routes(self._service)

    def measure(self, metrics: ProcessMetrics) -> None:
        """As of the last look."""
        metrics.labelled_gauge(
            "gridwarden_alerts_open", "kind", "open alerts, drills left out",
            lambda: {kind: float(count) for kind, count in self._watch.open_by_kind.items()},
        )  # fmt: skip

    async def rounds(self) -> None:
        """Look once a second until cancelled; a database that is away is asked again."""
        while True:
            await asyncio.sleep(_ROUND_S)
            try:
                await self._watch.round()
            except _AWAY as error:
                _log.warning("the watch for alerts waits for the database", extra={"error": str(error).strip()})
            except Exception:  # noqa: BLE001 - supervisor of one worker
                _log.exception("a look for alerts failed; the next one goes on")

    async def line(self) -> None:
        """Raise calls for help as they come in, until cancelled; one is tried again while the database is away."""
        while True:
            try:
                await self._line.work()
            except _AWAY as error:
                _log.warning("a call for help waits for the database", extra={"error": str(error).strip()})
                await asyncio.sleep(_AGAIN_S)
            except Exception:  # noqa: BLE001 - supervisor of one worker
                _log.exception("a call for help is left to the next look")
                self._line.skip()
