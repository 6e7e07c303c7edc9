"""Basic data in a process: the elements with the key that seals their numbers."""

from __future__ import annotations

from psycopg_pool import AsyncConnectionPool

from gridwarden.compose.privacy import open_vault
from gridwarden.settings import Settings
from registry.access import api as access
from registry.api.route import Route
from registry.elements import api as elements
from registry.elements import groups_api as groups
from registry.inside import api as inside

__all__ = ["registry_routes"]


def registry_routes(settings: Settings, pool: AsyncConnectionPool) -> list[Route]:
    """The routes below /registry; those with a fixed name before those with an id in its place."""
    vault = open_vault(settings, pool)
    return [*access.routes(pool), *groups.routes(pool), *inside.routes(pool), *elements.routes(pool, vault)]
