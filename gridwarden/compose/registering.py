"""Basic data in a process: the elements with the key that seals their numbers."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime

from psycopg import Error as DatabaseFault
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from dispatch.kinds.imports import CATALOGUE
from gridwarden.compose.clock import utc_now
from gridwarden.compose.privacy import open_vault
from gridwarden.settings import Settings
from registry.access import api as access
from registry.api.route import Route
from registry.duplicates import api as duplicates
from registry.duplicates.queries import looked_through
from registry.duplicates.rounds import DuplicateRounds
from registry.elements import api as elements
from registry.elements import files_api as files
from registry.elements import groups_api as groups
from registry.elements.imports import element_kinds
from registry.elements.model import Element
from registry.files.service import AttachmentService
from registry.imports import api as imports
from registry.imports.jobs import api as import_jobs_api
from registry.imports.jobs.service import ImportJobs
from registry.imports.kinds import KINDS, Kind
from registry.inside import api as inside
from registry.privacy.queries import Vault
from tracker.territories.imports import WITH_TERRITORY

__all__ = ["FILE_KINDS", "import_jobs", "import_kinds", "propose_duplicates", "registry_routes"]

_log = logging.getLogger(__name__)

_EVERY_S = 60.0

FILE_KINDS = (*KINDS, "kinds", *map(str, Element))
"""Names of what comes and goes as a file of rows."""


def import_kinds(vault: Vault) -> dict[str, Kind]:
    """Everything that comes and goes as a file of rows."""
    elements = {name: looked_through(name, kind) for name, kind in element_kinds(vault).items()}
    return {**KINDS, **WITH_TERRITORY, "kinds": CATALOGUE, **elements}


async def propose_duplicates(settings: Settings, pool: AsyncConnectionPool) -> None:
    """Look for records that seem to be one, at night and after imports, until cancelled."""
    rounds = DuplicateRounds(pool, utc_now, settings.time_zone)
    while True:
        try:
            await rounds.round()
        except (DatabaseFault, PoolTimeout, OSError) as error:
            _log.warning("the look for duplicates waits for the database", extra={"error": str(error).strip()})
        await asyncio.sleep(_EVERY_S)


def import_jobs(settings: Settings, pool: AsyncConnectionPool) -> ImportJobs:
    """Files of many rows; a process of the role `workers` follows them."""
    vault = open_vault(settings, pool)
    return ImportJobs(pool, import_kinds(vault), vault)


def registry_routes(settings: Settings, pool: AsyncConnectionPool) -> list[Route]:
    """The routes below /registry; those with a fixed name before those with an id in its place. And the files'."""
    vault = open_vault(settings, pool)
    return [
        *imports.routes(pool, import_kinds(vault)),
        *import_jobs_api.routes(pool, import_jobs(settings, pool)),
        *access.routes(pool),
        *groups.routes(pool),
        *inside.routes(pool),
        *duplicates.routes(pool),
        *elements.routes(pool, vault),
        *files.routes(pool, vault, AttachmentService(pool, settings.data / "files", lambda: datetime.now(UTC))),
    ]
