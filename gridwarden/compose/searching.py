"""Search in a process: the sources of every platform."""

from __future__ import annotations

from psycopg_pool import AsyncConnectionPool

from dispatch.finding.queries import INCIDENTS
from registry.search.service import SearchService
from registry.search.sources import SOURCES

__all__ = ["search_service"]


def search_service(pool: AsyncConnectionPool) -> SearchService:
    """Over the registry and incidents."""
    return SearchService(pool, [*SOURCES, INCIDENTS])
