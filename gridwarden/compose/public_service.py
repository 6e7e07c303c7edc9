"""The public service of a process: what is stored and handed out."""

from __future__ import annotations

from psycopg_pool import AsyncConnectionPool

from gridwarden.compose.clock import utc_now
from gridwarden.compose.privacy import open_vault
from gridwarden.settings import Settings
from registry.api.route import Route
from subsites.distribution import api as distribution_api
from subsites.distribution.service import DistributionService
from subsites.stock import api as stock_api
from subsites.stock.service import StockService

__all__ = ["public_service_routes"]


def public_service_routes(settings: Settings, pool: AsyncConnectionPool) -> list[Route]:
    """Of the rooms behind the service desk."""
    vault = open_vault(settings, pool)
    return [
        *stock_api.routes(StockService(pool, utc_now)),
        *distribution_api.routes(DistributionService(pool, vault, utc_now)),
    ]
