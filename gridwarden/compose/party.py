"""Party building and social management: what is published, and what the public says of it."""

from __future__ import annotations

from datetime import UTC, datetime

from psycopg_pool import AsyncConnectionPool

from gridwarden.compose.clock import unix_s
from gridwarden.settings import Settings
from registry.api.route import Route
from registry.files.service import AttachmentService
from subsites.evaluations import api as evaluations
from subsites.evaluations.service import EvaluationService
from subsites.publications import api as publications
from subsites.publications import public_api as public_publications
from subsites.publications.service import PublicationService
from subsites.queues import api as queues
from subsites.queues import public_api as public_queues
from subsites.queues.service import TicketService
from subsites.queues.setup import HallService
from subsites.visits.service import Visits

__all__ = ["party_routes"]


def party_routes(settings: Settings, pool: AsyncConnectionPool) -> list[Route]:
    """Of the desks, and of the public."""
    visits, files = Visits(pool, unix_s), AttachmentService(pool, settings.data / "files", _now)
    publication = PublicationService(pool, files, _now)
    halls, tickets = HallService(pool, _now, settings.time_zone), TicketService(pool, _now, settings.time_zone)
    return [
        *publications.routes(publication),
        *public_publications.routes(publication, visits),
        *queues.routes(halls, tickets),
        *public_queues.routes(halls, tickets, visits),
        *evaluations.routes(EvaluationService(pool, _now, settings.time_zone), visits),
    ]


def _now() -> datetime:
    return datetime.now(UTC)
