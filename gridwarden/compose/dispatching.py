"""The dispatch side of a process: incidents, assignments, and the rounds of escalation."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

import numpy as np
from psycopg import Error as DatabaseFault
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from dispatch.assignments import api as assignments_api
from dispatch.assignments.model import Sent
from dispatch.assignments.service import AssignmentService
from dispatch.escalation.service import EscalationService
from dispatch.escalation.store import Waiting, WaitingStore
from dispatch.exports import api as exports_api
from dispatch.files import api as files_api
from dispatch.files.service import FileService
from dispatch.incidents import api as incidents_api
from dispatch.incidents.service import IncidentService
from dispatch.kinds import api as kinds_api
from dispatch.past import api as past_api
from dispatch.past.service import PastService
from dispatch.recommend import api as recommend_api
from dispatch.recommend.model import Policy
from dispatch.recommend.service import Recommender
from dispatch.recommend.store import Wanting
from dispatch.routing.service import Router
from dispatch.shifts import api as shifts_api
from dispatch.shifts.service import ShiftService
from dispatch.standards.open311 import api as open311_api
from dispatch.standards.open311.service import Open311Service
from dispatch.streets.model import Profile
from dispatch.streets.service import StreetService
from dispatch.ways import api as ways_api
from dispatch.ways.service import WayService
from dispatch.webhooks import api as webhooks_api
from dispatch.webhooks.sender import open_sender
from dispatch.webhooks.service import WebhookService
from gridwarden.compose.alerting import Alerting
from gridwarden.compose.clock import monotonic_s, utc_now
from gridwarden.compose.fetching import Fetcher
from gridwarden.compose.metrics import ProcessMetrics
from gridwarden.compose.telling import Telling
from gridwarden.compose.tracking import Tracking
from gridwarden.settings import Settings
from registry.api.route import Route
from registry.organisations.queries import organisation_at
from tracker.geo.geodesy import distance
from tracker.model.presence import Presence

__all__ = ["Dispatching"]

_log = logging.getLogger(__name__)

_ROUND_S = 1.0
_LOOK_S = 5.0
_ROUTING_TIMEOUT_S = 2.0


class Dispatching:
    """Built once a process; parts are used as its roles need them."""

    def __init__(self, settings: Settings, pool: AsyncConnectionPool, tracking: Tracking) -> None:
        self._pool, self._tracking = pool, tracking
        self.incidents = IncidentService(pool, organisation_at, utc_now)
        self.assignments = AssignmentService(pool, utc_now)
        self.alerting = Alerting(settings, pool, tracking, self.incidents)
        self._files = FileService(pool, settings.data / "files", utc_now)
        self._open311 = _open311(settings, pool, self.incidents)
        self._shifts = ShiftService(pool, self.assignments, utc_now)
        self.telling = Telling(settings, pool, tracking, self.assignments)
        self._webhooks = WebhookService(pool, utc_now, private=settings.webhooks_private)
        self._private_webhooks = settings.webhooks_private
        self._streets = StreetService(pool)
        self._fetcher = Fetcher(_ROUTING_TIMEOUT_S)
        self._router = Router(settings.routing_url, self._fetcher.fetch, monotonic_s)
        router = self._router if settings.routing_url else None
        self._recommender = Recommender(pool, tracking.live, lambda: self._streets.streets, utc_now, router)
        self._ways = WayService(lambda: self._streets.streets, router)
        self.escalation = EscalationService(
            pool, self.assignments, utc_now, next_candidate=self._next_candidate, distance=self._distance,
            automatic=settings.auto_dispatch,
        )  # fmt: skip

    def routes(self) -> list[Route]:
        """Of kinds, incidents and assignments."""
        return [
            *kinds_api.routes(self._pool),
            *incidents_api.routes(self.incidents),
            *assignments_api.routes(self.assignments),
            *files_api.routes(self._files),
            *exports_api.routes(self.incidents, self.assignments),
            *past_api.routes(PastService(self._pool)),
            *([] if self._open311 is None else open311_api.routes(self._open311)),
            *self.telling.routes(),
            *self.alerting.routes(),
            *shifts_api.routes(self._shifts),
            *webhooks_api.routes(self._webhooks),
            *recommend_api.routes(self._recommender, lambda: self._streets.loaded, utc_now),
            *ways_api.routes(self._ways),
        ]

    def opened(self) -> AbstractAsyncContextManager[None]:
        """While routing engines may be asked."""
        return self._fetcher.opened()

    def measure(self, metrics: ProcessMetrics) -> None:
        """What routing engines were asked."""
        metrics.labelled_gauge(
            "gridwarden_routing", "outcome", "questions to the routing engine",
            lambda: {word: float(count) for word, count in self._router.outcomes.items()},
        )  # fmt: skip

    async def load(self) -> None:
        """The street network; call once, before anybody asks."""
        await self._streets.look()

    async def follow(self) -> None:
        """Load street networks that are imported, until cancelled."""
        await _again_and_again(_LOOK_S, self._streets.look)

    async def rounds(self) -> None:
        """Escalation and shifts, until cancelled."""

        async def both() -> None:
            await self._shifts.round()
            await self.escalation.round()

        await _again_and_again(_ROUND_S, both)

    async def deliver(self) -> None:
        """Webhooks, until cancelled."""
        async with open_sender(private=self._private_webhooks) as sender:
            await _again_and_again(_ROUND_S, lambda: self._webhooks.round(sender.post))

    async def _next_candidate(self, waiting: Waiting) -> Sent | None:
        """The best of the district's members by the incident's policy."""
        async with self._pool.connection() as connection:
            organisations = await WaitingStore(connection).district_of(waiting.place_organisation)
        wanting = Wanting(
            key=waiting.key, id=waiting.id, version=waiting.version, state="accepted", priority=waiting.priority,
            latitude=waiting.latitude, longitude=waiting.longitude, place_organisation=waiting.place_organisation,
            skills=waiting.skills,
        )  # fmt: skip
        found = await self._recommender.best(
            wanting, organisations, k=1, policy=Policy(waiting.policy), profile=Profile.WALKING
        )
        if not found.candidates:
            return None
        best = found.candidates[0]
        return Sent(member=best.facts.member, metres=best.facts.metres, eta_s=best.travel.seconds)

    def _distance(self, member: int, latitude: float, longitude: float) -> float | None:
        table = self._tracking.live.table
        rows = np.flatnonzero((table.member == member) & table.shown & (table.presence == Presence.ONLINE))
        if not len(rows):
            return None
        row = int(rows[0])
        return float(distance(float(table.latitude[row]), float(table.longitude[row]), latitude, longitude))


async def _again_and_again(pause_s: float, work: Callable[[], Awaitable[object]]) -> None:
    """Until cancelled; a database that is away is asked again."""
    while True:
        await asyncio.sleep(pause_s)
        try:
            await work()
        except (DatabaseFault, PoolTimeout, OSError) as error:
            _log.warning("dispatch waits for the database", extra={"error": str(error).strip()})


def _open311(settings: Settings, pool: AsyncConnectionPool, incidents: IncidentService) -> Open311Service | None:
    if settings.open311 == "off":
        return None
    keys = settings.open311_keys if settings.open311 == "key" else ()
    return Open311Service(pool, incidents, utc_now, monotonic_s, keys=keys)
