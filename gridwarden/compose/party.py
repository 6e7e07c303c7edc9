"""Party building and social management: what is published, and what the public says of it."""

from __future__ import annotations

from psycopg_pool import AsyncConnectionPool

from gridwarden.compose.clock import unix_s, utc_now
from gridwarden.settings import Settings
from registry.api.route import Route
from registry.files.service import AttachmentService
from subsites.evaluations import api as evaluations
from subsites.evaluations.service import EvaluationService
from subsites.opinions import api as opinions
from subsites.opinions import public_api as public_opinions
from subsites.opinions.service import OpinionService
from subsites.opinions.surveys import SurveyService
from subsites.publications import api as publications
from subsites.publications import public_api as public_publications
from subsites.publications.service import PublicationService
from subsites.queues import api as queues
from subsites.queues import public_api as public_queues
from subsites.queues.service import TicketService
from subsites.queues.setup import HallService
from subsites.themes import api as themes
from subsites.themes.service import ThemeService
from subsites.visits.service import Visits

__all__ = ["party_routes"]


def party_routes(settings: Settings, pool: AsyncConnectionPool) -> list[Route]:
    """Of the desks, and of the public."""
    visits, files = Visits(pool, unix_s), AttachmentService(pool, settings.data / "files", utc_now)
    publication = PublicationService(pool, files, utc_now)
    halls, tickets = HallService(pool, utc_now, settings.time_zone), TicketService(pool, utc_now, settings.time_zone)
    opinion, survey = OpinionService(pool, utc_now), SurveyService(pool, utc_now)
    return [
        *publications.routes(publication),
        *public_publications.routes(publication, visits),
        *queues.routes(halls, tickets),
        *public_queues.routes(halls, tickets, visits),
        *opinions.routes(opinion, survey),
        *public_opinions.routes(opinion, survey, visits),
        *themes.routes(ThemeService(pool, utc_now, settings.time_zone)),
        *evaluations.routes(EvaluationService(pool, utc_now, settings.time_zone), visits),
    ]
