"""What is collected in the field, of a process: forms, what was filled in by them, and inspections."""

from __future__ import annotations

import asyncio
import logging

from psycopg import AsyncConnection
from psycopg import Error as DatabaseFault
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from dispatch.incidents.service import IncidentService
from dispatch.notices.service import NoticeService
from gridwarden.compose.clock import utc_now
from gridwarden.compose.following import reporting
from registry.api.route import Route
from registry.forms import api as forms
from registry.forms.editing import FormEditor
from registry.forms.service import EntryService
from registry.inspections import api as inspections
from registry.inspections.model import Reminder
from registry.inspections.service import InspectionService
from tracker.geo.geodesy import distance

__all__ = ["collecting_routes", "remind"]

_log = logging.getLogger(__name__)

_EVERY_S = 60.0


def collecting_routes(pool: AsyncConnectionPool, incidents: IncidentService) -> list[Route]:
    """Of forms, entries and inspections."""
    entries = EntryService(pool, utc_now)
    return [
        *forms.routes(FormEditor(pool, utc_now), entries),
        *inspections.routes(_inspections(pool, entries), reporting(incidents)),
    ]


async def remind(pool: AsyncConnectionPool) -> None:
    """Make inspections that are due soon and remind the members of their grids, until cancelled."""
    service, notices = _inspections(pool, EntryService(pool, utc_now)), NoticeService(pool, utc_now)

    async def tell(connection: AsyncConnection, reminder: Reminder) -> None:
        title, body = _words(reminder)
        await notices.tell_on(connection, reminder.organisation, title=title, body=body, urgent=reminder.overdue)

    while True:
        try:
            await service.round(tell)
        except (DatabaseFault, PoolTimeout, OSError) as error:
            _log.warning("reminders of inspections wait for the database", extra={"error": str(error).strip()})
        await asyncio.sleep(_EVERY_S)


def _inspections(pool: AsyncConnectionPool, entries: EntryService) -> InspectionService:
    return InspectionService(pool, entries, utc_now, distance)


def _words(reminder: Reminder) -> tuple[str, str]:
    """Title and body in both languages: a notice is the same for all who read it."""
    count, day = reminder.count, reminder.due_at.date().isoformat()
    more = "" if count == len(reminder.places) else " …"
    places = "; ".join(reminder.places) + more
    if reminder.overdue:
        return f"Overdue inspections: {count} · 逾期检查{count}处", f"{places}\nDue since {day} · 自{day}起逾期"
    return f"Inspections due: {count} · 待检查{count}处", f"{places}\nThe first is due on {day} · 最早{day}到期"
