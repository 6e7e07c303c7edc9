"""Who is told: the handhelds connected here, notices, and the operator's gateway to phones."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter

import numpy as np
from psycopg import Error as DatabaseFault
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from dispatch.assignments.service import AssignmentService
from dispatch.intercom import api as intercom_api
from dispatch.intercom.service import IntercomService
from dispatch.notices import api as notices_api
from dispatch.notices.service import NoticeService
from dispatch.outbox.follower import OutboxFollower
from dispatch.phones.service import PhoneService
from dispatch.push.handhelds import Handhelds
from gridwarden.compose.clock import utc_now
from gridwarden.compose.metrics import ProcessMetrics
from gridwarden.compose.posting import poster
from gridwarden.compose.tracking import Tracking
from gridwarden.settings import Settings
from registry.api.route import Route

__all__ = ["Telling"]

_log = logging.getLogger(__name__)

_ROUND_S = 1.0


class Telling:
    """Built once a process; parts are used as its roles need them."""

    def __init__(
        self, settings: Settings, pool: AsyncConnectionPool, tracking: Tracking, assignments: AssignmentService
    ) -> None:
        self._settings, self._pool, self._live = settings, pool, tracking.live.table
        self._notices = NoticeService(pool, utc_now)
        self._intercom = IntercomService(pool, settings.data / "clips", self._where, utc_now)
        self.handhelds = Handhelds(assignments, self._notices, self._intercom, tracking.directory.by_key)
        tracking.directory.on_change(self.handhelds.changed)
        self._phones: Counter[str] = Counter()

    def routes(self) -> list[Route]:
        """Of notices and the intercom."""
        return [*notices_api.routes(self._notices), *intercom_api.routes(self._intercom)]

    async def tell_phones(self) -> None:
        """What no handheld confirmed goes to the operator's gateway, where there is one, until cancelled."""
        url, secret = self._settings.notify_url, self._settings.notify_secret
        if url is None or secret is None:
            return
        async with poster() as post:
            service = PhoneService(self._pool, utc_now, post, url=url, secret=secret)
            self._phones = service.outcomes
            while True:
                await asyncio.sleep(_ROUND_S)
                try:
                    await service.round()
                except (DatabaseFault, PoolTimeout, OSError) as error:
                    _log.warning("phones wait for the database", extra={"error": str(error).strip()})

    def measure(self, metrics: ProcessMetrics, outbox: OutboxFollower) -> None:
        """What this process tells."""
        metrics.gauge("gridwarden_handhelds", "handhelds connected by websocket", lambda: self.handhelds.connected)
        metrics.counter("gridwarden_outbox_told", "happenings told here", lambda: outbox.told)
        metrics.counter("gridwarden_outbox_failures", "times it could not be followed", lambda: outbox.failures)

    def measure_phones(self, metrics: ProcessMetrics) -> None:
        """What the gateway was told."""
        metrics.labelled_gauge(
            "gridwarden_phones", "outcome", "assignments that went to the gateway to phones",
            lambda: {word: float(count) for word, count in self._phones.items()},
        )  # fmt: skip

    def _where(self, member: int) -> tuple[float, float] | None:
        """Where the member (key) was seen last."""
        live = self._live
        rows = np.flatnonzero((live.member == member) & live.shown)
        if not len(rows):
            return None
        newest = rows[np.argmax(live.fix_time[rows])]
        return float(live.latitude[newest]), float(live.longitude[newest])
