"""SQL of services, windows and tickets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

from registry.scope.queries import BELOW_SCOPE
from subsites.queues.model import SAMPLE
from subsites.record.desk import Subject, page_of, rows_of
from subsites.record.model import Told

__all__ = ["SERVICE", "TICKET", "WINDOW", "QueueStore"]

SERVICE = Subject(
    table="queue_services", prefix="QS", word="service",
    told="x.letter, x.name_en, x.name_zh, x.expected_s, x.taking, x.created_at, x.ended_at, x.organisation AS hall",
)  # fmt: skip

WINDOW = Subject(
    table="queue_windows", prefix="QW", word="window",
    told="""x.state, x.operator, x.created_at, x.ended_at, x.organisation AS hall, x.services AS service_keys,
            p.id AS place, p.name, t.id AS ticket, t.label, t.state AS ticket_state, t.version AS ticket_version,
            t.calls, t.called_at, t.serving_at,
            ARRAY(SELECT s.id FROM queue_services s WHERE s.key = ANY(x.services) ORDER BY s.letter) AS services""",
    joins="""JOIN places p ON p.key = x.place
             LEFT JOIN tickets t ON t."window" = x.key AND t.state IN ('called', 'serving')""",
)  # fmt: skip

TICKET = Subject(
    table="tickets", prefix="QT", word="ticket",
    told="""x.state, x.label, x.day, x.source, x.calls, x.created_at, x.called_at, x.serving_at, x.ended_at,
            x.organisation AS organisation_key, s.id AS service, s.key AS service_key, s.name_en, s.name_zh,
            w.id AS "window", w.key AS window_key, p.name AS window_name, e.score""",
    joins="""JOIN queue_services s ON s.key = x.service LEFT JOIN queue_windows w ON w.key = x."window"
             LEFT JOIN places p ON p.key = w.place
             LEFT JOIN evaluations e ON e.subject = 'tickets' AND e.record = x.key""",
)  # fmt: skip

_EVERY = "true"


class QueueStore:
    """Over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def page(
        self, subject: Subject, scope: int, *, before: int, limit: int, filters: Mapping[str, Any]
    ) -> list[Told]:
        """Services or windows, the newest first; filters: organisation (id, its subtree), open."""
        return await page_of(self._connection, subject, scope, filters, _EVERY, before=before, limit=limit)

    async def tickets(self, scope: int, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """The newest first; filters: state, day, service (id), organisation (id, its subtree), open."""
        asked = """(%(state)s::text IS NULL OR x.state = %(state)s) AND (%(day)s::date IS NULL OR x.day = %(day)s)
                   AND (%(service)s::text IS NULL OR s.id = %(service)s)"""
        return await page_of(self._connection, TICKET, scope, filters, asked, before=before, limit=limit)

    async def next_ticket(self, services: Sequence[int], day: date) -> Told | None:
        """The one that came first, locked; whom another window is calling at this instant is passed over."""
        found = await rows_of(
            self._connection, TICKET,
            """x.state = 'waiting' AND x.day = %(day)s AND x.service = ANY(%(services)s)
               ORDER BY x.key LIMIT 1 FOR UPDATE OF x SKIP LOCKED""",
            {"services": list(services), "day": day},
        )  # fmt: skip
        return found[0] if found else None

    async def next_number(self, service: int, day: date) -> int:
        """Give out the next number of a service on that day; who asks at the same time waits."""
        cursor = await self._connection.execute(
            """INSERT INTO queue_days (service, day, last) VALUES (%s, %s, 1)
               ON CONFLICT (service, day) DO UPDATE SET last = queue_days.last + 1 RETURNING last""",
            (service, day),
        )
        row = await cursor.fetchone()
        assert row is not None
        return int(row[0])

    async def service(self, service: str) -> Told | None:
        """One of any hall (id) that is not ended."""
        found = await rows_of(self._connection, SERVICE, "x.id = %(id)s AND x.ended_at IS NULL", {"id": service})
        return found[0] if found else None

    async def halls(self, scope: int | None) -> list[Told]:
        """Id and name of the organisations that have services, by name, 500 at most; scope None: anybody's."""
        return await self._rows(
            f"""SELECT o.id, o.name FROM organisations o WHERE o.key IN (
                   SELECT organisation FROM queue_services WHERE ended_at IS NULL)
                 AND (%(scope)s::int IS NULL OR o.key IN {BELOW_SCOPE})
               ORDER BY o.name, o.key LIMIT 500""",
            {"scope": scope},
        )

    async def hall(self, hall: str) -> Told | None:
        """key, id, name of an organisation that has services."""
        found = await self._rows(
            """SELECT o.key, o.id, o.name FROM organisations o WHERE o.id = %(hall)s AND EXISTS (
                   SELECT 1 FROM queue_services s WHERE s.organisation = o.key AND s.ended_at IS NULL)""",
            {"hall": hall},
        )
        return found[0] if found else None

    async def place(self, place: int) -> tuple[str, bool]:
        """Kind of a place (key), and whether it is a window with queues."""
        cursor = await self._connection.execute(
            """SELECT p.kind, EXISTS (SELECT 1 FROM queue_windows w WHERE w.place = p.key AND w.ended_at IS NULL)
               FROM places p WHERE p.key = %s""",
            (place,),
        )
        row = await cursor.fetchone()
        assert row is not None
        return row[0], row[1]

    async def of_hall(self, subject: Subject, hall: int) -> list[Told]:
        """Services or windows of a hall (key) that are not ended, the oldest first."""
        where = "x.organisation = %(hall)s AND x.ended_at IS NULL ORDER BY x.key LIMIT 200"
        return await rows_of(self._connection, subject, where, {"hall": hall})

    async def waiting(self, hall: int, day: date) -> list[Told]:
        """Key and service (key) of who waits in a hall, in the order of arrival."""
        return await self._rows(
            """SELECT key, service FROM tickets WHERE organisation = %(hall)s AND day = %(day)s AND state = 'waiting'
               ORDER BY key""",
            {"hall": hall, "day": day},
        )

    async def served_s(self, hall: int, day: date) -> list[Told]:
        """Service (key) and seconds from the call to the end, of each service's last SAMPLE served on that day."""
        return await self._rows(
            """SELECT s.key AS service, extract(epoch FROM t.ended_at - t.called_at)::float AS seconds
               FROM queue_services s CROSS JOIN LATERAL (
                   SELECT ended_at, called_at FROM tickets WHERE service = s.key AND state = 'served' AND day = %(day)s
                   ORDER BY ended_at DESC LIMIT %(sample)s) t
               WHERE s.organisation = %(hall)s AND s.ended_at IS NULL""",
            {"hall": hall, "day": day, "sample": SAMPLE},
        )

    async def calls(self, hall: int, day: date) -> list[Told]:
        """Who was called last, the newest first, 8 at most: label, calls, window_name, called_at."""
        return await rows_of(
            self._connection, TICKET,
            """x.organisation = %(hall)s AND x.day = %(day)s AND x.called_at IS NOT NULL
               AND x.state IN ('called', 'serving', 'served') ORDER BY x.called_at DESC LIMIT 8""",
            {"hall": hall, "day": day},
        )  # fmt: skip

    async def _rows(self, query: str, values: Mapping[str, Any]) -> list[Told]:
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query.encode(), dict(values))
            return await cursor.fetchall()
