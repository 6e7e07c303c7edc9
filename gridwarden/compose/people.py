"""The people's side of a process: sign-in, the routes table, and the hub that feeds viewers."""

from __future__ import annotations

import asyncio

from psycopg import Error as DatabaseFault
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from dispatch.outbox.model import Entry
from dispatch.outbox.store import entries_since
from dispatch.push.endpoint import LiveEndpoint
from dispatch.push.hub import PushHub
from gridwarden.compose.appraising import appraisal_routes
from gridwarden.compose.clock import now_us, unix_s
from gridwarden.compose.collecting import collecting_routes
from gridwarden.compose.dispatching import Dispatching
from gridwarden.compose.party import party_routes
from gridwarden.compose.public_service import public_service_routes
from gridwarden.compose.registering import registry_routes
from gridwarden.compose.searching import search_service
from gridwarden.compose.statistics import statistics_routes
from gridwarden.compose.subsites import subsite_routes
from gridwarden.compose.territories import redrawing_routes
from gridwarden.compose.tracking import Tracking
from gridwarden.settings import Settings
from registry.api.route import Caller, Route
from registry.devices import api as devices
from registry.devices.service import DeviceService
from registry.enrolment import api as enrolment
from registry.enrolment.service import EnrolmentService
from registry.members import api as members
from registry.organisations import api as organisations
from registry.organisations.queries import visible_organisations
from registry.posts import api as posts
from registry.posts.service import PostService
from registry.search import api as search
from registry.staffing import api as staffing
from registry.staffing.service import StaffingService
from registry.users import api as users
from registry.users import directory_api
from registry.users.directory_store import UserDirectory
from registry.users.service import UserService
from tracker.geofences import api as geofences
from tracker.geofences.service import GeofenceService
from tracker.history import api as history
from tracker.history.service import HistoryService
from tracker.live import api as live
from tracker.model.batch import instant
from tracker.model.crossing import Crossing
from tracker.territories import api as territories
from tracker.territories.service import TerritoryService

__all__ = ["People"]

_READY_TIMEOUT_S = 2.0


class People:
    """Built once a process; parts are used as its roles need them."""

    def __init__(
        self, settings: Settings, pool: AsyncConnectionPool, tracking: Tracking, dispatching: Dispatching
    ) -> None:
        self._settings, self._pool, self._tracking, self._dispatching = settings, pool, tracking, dispatching
        self.users = UserService(pool, unix_s)
        self.hub = PushHub(tracking.live.table, now=now_us, tick_s=settings.push_tick)
        self.live = LiveEndpoint(self.hub, self.users.caller, self._visible, self._missed)
        tracking.on_crossing(self._crossed)

    def routes(self, live_port: int | None) -> list[Route]:
        """The whole table."""
        links = users.Links.model_validate(
            {"live": self._settings.public_ws, "live_port": live_port, "basemap": self._settings.basemap,
             "satellite": self._settings.satellite, "gcj02": self._settings.gcj02,
             "cameras": self._settings.cameras}
        )  # fmt: skip
        return [
            *users.routes(self.users, links),
            *directory_api.routes(UserDirectory(self._pool, self.users)),
            *organisations.routes(self._pool),
            *members.routes(self._pool),
            *posts.routes(PostService(self._pool)),
            *staffing.routes(StaffingService(self._pool)),
            *devices.routes(DeviceService(self._pool)),
            *enrolment.routes(EnrolmentService(self._pool, self.users, unix_s)),
            *live.routes(self._tracking.live, self._pool, now_us),
            *history.routes(HistoryService(self._pool)),
            *geofences.routes(GeofenceService(self._pool)),
            *territories.routes(TerritoryService(self._pool)),
            *registry_routes(self._settings, self._pool),
            *redrawing_routes(self._pool),
            *collecting_routes(self._pool, self._dispatching.incidents),
            *search.routes(search_service(self._pool)),
            *self._dispatching.routes(),
            *statistics_routes(self._settings, self._pool),
            *subsite_routes(self._settings, self._pool, self._dispatching),
            *public_service_routes(self._settings, self._pool, self._dispatching),
            *party_routes(self._settings, self._pool),
            *appraisal_routes(self._pool, self._dispatching.incidents, self._settings.data / "files"),
        ]

    async def why_not_ready(self) -> str | None:
        """None when the database answers."""
        try:
            async with asyncio.timeout(_READY_TIMEOUT_S), self._pool.connection() as connection:
                await connection.execute("SELECT 1")
        except (DatabaseFault, PoolTimeout, TimeoutError, OSError):
            return "the database is away; fixes are spooled meanwhile"
        return None

    async def _visible(self, caller: Caller, organisation: str | None) -> frozenset[int]:
        async with self._pool.connection() as connection:
            return await visible_organisations(connection, caller.organisation, organisation)

    async def _missed(self, organisations: frozenset[int], member: int | None, after: int) -> list[Entry] | None:
        async with self._pool.connection() as connection:
            return await entries_since(connection, after, organisations, member)

    def _crossed(self, crossing: Crossing) -> None:
        device = self._tracking.directory.by_key(crossing.device)
        event = {
            "geofence": crossing.geofence, "key": crossing.device, "kind": crossing.kind,
            "time": instant(crossing.fix_time), "latitude": crossing.latitude, "longitude": crossing.longitude,
            "member": None if device is None else device.member_id,
        }  # fmt: skip
        self.hub.crossing(crossing.device, event)
