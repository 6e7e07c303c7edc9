"""The sub-sites of a process: what citizens ask for, and the desk that works on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from dispatch.incidents.actor import actor_of
from dispatch.incidents.desk import Desk
from dispatch.incidents.service import IncidentService
from gridwarden.compose.clock import unix_s, utc_now
from gridwarden.compose.dispatching import Dispatching
from gridwarden.compose.privacy import open_vault
from gridwarden.settings import Settings
from registry.api.route import Caller, Route
from registry.organisations.queries import organisation_at
from subsites.record.contact import Contacts
from subsites.requests import api as requests_api
from subsites.requests import public_api
from subsites.requests.service import RequestService
from subsites.visits.service import Visits

__all__ = ["Reporting", "requests_of", "subsite_routes"]


class Reporting:
    """Incidents made out of something else, in its transaction."""

    def __init__(self, incidents: IncidentService) -> None:
        self._incidents = incidents

    async def report(self, connection: AsyncConnection, report: Mapping[str, Any], caller: Caller) -> str:
        """The id of a new one."""
        desk = Desk(connection, actor_of(caller), utc_now())
        told = await self._incidents.report_at(desk, report)
        await desk.tell()
        return str(told["id"])


def requests_of(settings: Settings, pool: AsyncConnectionPool, dispatching: Dispatching) -> RequestService:
    """The desk of citizens' requests."""
    contacts = Contacts(open_vault(settings, pool), "requests")
    return RequestService(pool, contacts, organisation_at, Reporting(dispatching.incidents), utc_now)


def subsite_routes(settings: Settings, pool: AsyncConnectionPool, dispatching: Dispatching) -> list[Route]:
    """Of the desk, and of the public."""
    service = requests_of(settings, pool, dispatching)
    return [*requests_api.routes(service), *public_api.routes(service, Visits(pool, unix_s))]
