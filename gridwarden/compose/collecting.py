"""What is collected in the field, of a process: forms and what was filled in by them."""

from __future__ import annotations

from psycopg_pool import AsyncConnectionPool

from gridwarden.compose.clock import utc_now
from registry.api.route import Route
from registry.forms import api as forms
from registry.forms.editing import FormEditor
from registry.forms.service import EntryService

__all__ = ["collecting_routes"]


def collecting_routes(pool: AsyncConnectionPool) -> list[Route]:
    """Of forms and entries."""
    return forms.routes(FormEditor(pool, utc_now), EntryService(pool, utc_now))
