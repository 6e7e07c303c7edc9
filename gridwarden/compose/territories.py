"""Territories that are redrawn take open incidents along."""

from __future__ import annotations

from psycopg_pool import AsyncConnectionPool

from dispatch.incidents.moving.service import IncidentMover
from gridwarden.compose.clock import utc_now
from registry.api.route import Route
from tracker.territories.borders import api as borders
from tracker.territories.borders.service import BorderService
from tracker.territories.redrawing import api
from tracker.territories.redrawing.service import RedrawingService

__all__ = ["redrawing_routes"]


def redrawing_routes(pool: AsyncConnectionPool) -> list[Route]:
    """Draw, split, merge and history."""
    mover = IncidentMover(utc_now)
    return [*api.routes(RedrawingService(pool, mover.move)), *borders.routes(BorderService(pool, mover.move))]
