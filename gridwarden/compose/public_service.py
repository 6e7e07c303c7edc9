"""The public service of a process: whom it helps, what is handed out, who calls, and who is brought together."""

from __future__ import annotations

from psycopg_pool import AsyncConnectionPool

from gridwarden.compose.clock import utc_now
from gridwarden.compose.dispatching import Dispatching
from gridwarden.compose.privacy import open_vault
from gridwarden.compose.subsites import Reporting, requests_of
from gridwarden.settings import Settings
from registry.api.route import Route
from registry.organisations.queries import organisation_at
from subsites.assistance import api as assistance_api
from subsites.assistance.service import AssistanceService
from subsites.distribution import api as distribution_api
from subsites.distribution.service import DistributionService
from subsites.hotline import api as hotline_api
from subsites.hotline.service import HotlineService
from subsites.matching import api as matching_api
from subsites.matching.service import MatchingService
from subsites.stock import api as stock_api
from subsites.stock.service import StockService

__all__ = ["public_service_routes"]


def public_service_routes(settings: Settings, pool: AsyncConnectionPool, dispatching: Dispatching) -> list[Route]:
    """Of the rooms behind the service desk."""
    vault, requests = open_vault(settings, pool), requests_of(settings, pool, dispatching)
    hotline = HotlineService(pool, vault, requests, organisation_at, Reporting(dispatching.incidents), utc_now)
    return [
        *assistance_api.routes(AssistanceService(pool, vault, utc_now)),
        *hotline_api.routes(hotline),
        *stock_api.routes(StockService(pool, utc_now)),
        *distribution_api.routes(DistributionService(pool, vault, utc_now)),
        *matching_api.routes(MatchingService(pool, vault, utc_now)),
    ]
