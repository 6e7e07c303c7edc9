"""The dispatch side of a process: incidents, assignments, and the rounds of escalation."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime

import numpy as np
from psycopg import Error as DatabaseFault
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from dispatch.assignments import api as assignments_api
from dispatch.assignments.service import AssignmentService, Sent
from dispatch.escalation.service import EscalationService
from dispatch.escalation.store import Waiting, WaitingStore
from dispatch.incidents import api as incidents_api
from dispatch.incidents.service import IncidentService
from dispatch.kinds import api as kinds_api
from gridwarden.compose.tracking import Tracking
from gridwarden.settings import Settings
from registry.api.route import Route
from registry.organisations.queries import organisation_at
from tracker.geo.geodesy import distance
from tracker.live.service import Selection
from tracker.model.presence import Presence

__all__ = ["Dispatching"]

_log = logging.getLogger(__name__)

_ROUND_S = 1.0
_LOOKED_AT = 64
"""Nearest members that are looked at for one who is free."""


class Dispatching:
    """Built once a process; parts are used as its roles need them."""

    def __init__(self, settings: Settings, pool: AsyncConnectionPool, tracking: Tracking) -> None:
        self._pool, self._tracking = pool, tracking
        self.incidents = IncidentService(pool, organisation_at, _now)
        self.assignments = AssignmentService(pool, _now)
        self.escalation = EscalationService(
            pool, self.assignments, _now, next_candidate=self._next_candidate, distance=self._distance,
            automatic=settings.auto_dispatch,
        )  # fmt: skip

    def routes(self) -> list[Route]:
        """Of kinds, incidents and assignments."""
        return [
            *kinds_api.routes(self._pool),
            *incidents_api.routes(self.incidents),
            *assignments_api.routes(self.assignments),
        ]

    async def rounds(self) -> None:
        """Once a second until cancelled; a database that is away is asked again."""
        while True:
            await asyncio.sleep(_ROUND_S)
            try:
                await self.escalation.round()
            except (DatabaseFault, PoolTimeout, OSError) as error:
                _log.warning("escalation waits for the database", extra={"error": str(error).strip()})

    async def _next_candidate(self, waiting: Waiting) -> Sent | None:
        """The nearest by line of the district's members who is on duty, heard of, free and was not asked yet."""
        table = self._tracking.live.table
        async with self._pool.connection() as connection:
            store = WaitingStore(connection)
            organisations = await store.district_of(waiting.place_organisation)
            selection = Selection(organisations=organisations, on_duty=True)
            near = self._tracking.live.nearest(waiting.latitude, waiting.longitude, _LOOKED_AT, selection)
            metres = {
                int(table.member[one.device]): one.metres
                for one in near
                if table.presence[one.device] != Presence.SILENT and table.member[one.device] not in waiting.tried
            }
            free = await store.free(list(metres))
        best = min((member for member in metres if member in free), key=metres.__getitem__, default=None)
        return None if best is None else Sent(member=free[best], metres=metres[best])

    def _distance(self, member: int, latitude: float, longitude: float) -> float | None:
        table = self._tracking.live.table
        rows = np.flatnonzero((table.member == member) & table.shown & (table.presence == Presence.ONLINE))
        if not len(rows):
            return None
        row = int(rows[0])
        return float(distance(float(table.latitude[row]), float(table.longitude[row]), latitude, longitude))


def _now() -> datetime:
    return datetime.now(UTC)
