"""SQL of alerts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from psycopg import AsyncConnection
from psycopg.rows import class_row, dict_row
from psycopg.types.json import Jsonb

from dispatch.alerts.model import Alert, Raising

__all__ = ["AlertStore", "Crossed"]

_TOLD = """SELECT a.key, a.id, a.kind, a.subject, a.state, o.id AS organisation, m.id AS member, m.name, a.latitude,
                  a.longitude, a.text, a.drill, a.nearest, i.id AS incident, a.raised_at, a.acknowledged_at,
                  a.assigned_at, a.cleared_at
           FROM alerts a JOIN organisations o ON o.key = a.organisation LEFT JOIN members m ON m.key = a.member
           LEFT JOIN incidents i ON i.key = a.incident
           WHERE (%(scope)s::int IS NULL OR EXISTS (SELECT FROM organisation_closure c
                  WHERE c.ancestor = %(scope)s AND c.descendant = a.organisation))"""


@dataclass(frozen=True, slots=True)
class Crossed:
    """A geofence event that somebody wants to know of. organisation, member: keys; device: id."""

    key: int
    geofence: str
    name: str
    kind: str
    organisation: int
    member: int | None
    who: str
    decided_at: datetime
    latitude: float
    longitude: float


class AlertStore:
    """Alerts over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, raising: Raising, now: datetime, event: int | None = None) -> str | None:
        """Store it; None when its subject has an open one, or had one cleared since. The new one's id else."""
        cursor = await self._connection.execute(
            """INSERT INTO alerts (key, id, kind, subject, organisation, member, event, latitude, longitude, text,
                                   drill, nearest, raised_at)
               SELECT n, 'L-' || n, %(kind)s, %(subject)s, %(organisation)s, %(member)s, %(event)s, %(latitude)s,
                      %(longitude)s, %(text)s, %(drill)s, %(nearest)s, %(now)s
               FROM nextval(pg_get_serial_sequence('alerts', 'key')) AS n
               WHERE NOT EXISTS (SELECT FROM alerts WHERE kind = %(kind)s AND subject = %(subject)s
                                 AND cleared_at >= %(since)s::timestamptz)
               ON CONFLICT DO NOTHING RETURNING id""",
            {
                "kind": raising.kind, "subject": raising.subject, "organisation": raising.organisation,
                "member": raising.member, "event": event, "latitude": raising.latitude,
                "longitude": raising.longitude, "text": raising.text, "drill": raising.drill,
                "nearest": Jsonb(list(raising.nearest), orjson.dumps), "now": now, "since": raising.since,
            },
        )  # fmt: skip
        row = await cursor.fetchone()
        return None if row is None else str(row[0])

    async def locked(self, alert: str, scope: int | None) -> Alert | None:
        """The alert, locked until the transaction ends."""
        rows = await self._told("AND a.id = %(id)s FOR UPDATE OF a", {"id": alert, "scope": scope})
        return rows[0] if rows else None

    async def open_of(self, kind: str, subject: str) -> str | None:
        """The id of the subject's open alert of a kind."""
        cursor = await self._connection.execute(
            "SELECT id FROM alerts WHERE kind = %s AND subject = %s AND state <> 'cleared'", (kind, subject)
        )
        row = await cursor.fetchone()
        return None if row is None else str(row[0])

    async def move(self, alert: str, state: str, now: datetime, incident: str | None = None) -> None:
        """Set its state and when it got there; incident: the one raised out of it (id)."""
        await self._connection.execute(
            f"""UPDATE alerts SET state = %(state)s, {state}_at = %(now)s,
                    incident = COALESCE((SELECT key FROM incidents WHERE id = %(incident)s), incident)
                WHERE id = %(id)s""".encode(),
            {"id": alert, "state": state, "now": now, "incident": incident},
        )

    async def log(self, alert: str, action: str, actor: str, note: str | None, now: datetime) -> None:
        """Add an entry."""
        await self._connection.execute(
            """INSERT INTO alert_log (alert, at, action, actor, note)
               SELECT key, %s, %s, %s, %s FROM alerts WHERE id = %s""",
            (now, action, actor, note, alert),
        )

    async def entries(self, alert: str) -> Sequence[dict[str, Any]]:
        """Its log, the oldest first."""
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(
                """SELECT l.at, l.action, l.actor, l.note FROM alert_log l JOIN alerts a ON a.key = l.alert
                   WHERE a.id = %s ORDER BY l.key""",
                (alert,),
            )
            return await cursor.fetchall()

    async def find(self, alert: str, scope: int | None) -> Alert | None:
        """One of them."""
        rows = await self._told("AND a.id = %(id)s", {"id": alert, "scope": scope})
        return rows[0] if rows else None

    async def page(
        self, scope: int | None, *, before: int, limit: int, states: Sequence[str] | None, kind: str | None
    ) -> list[Alert]:
        """The newest first."""
        return await self._told(
            """AND (%(before)s = 0 OR a.key < %(before)s) AND (%(states)s::text[] IS NULL OR a.state = ANY(%(states)s))
               AND (%(kind)s::text IS NULL OR a.kind = %(kind)s) ORDER BY a.key DESC LIMIT %(limit)s""",
            {
                "scope": scope, "before": before, "limit": limit, "kind": kind,
                "states": None if states is None else list(states),
            },
        )  # fmt: skip

    async def crossed(self, since: datetime) -> list[Crossed]:
        """Events decided since, of geofences that ask for it, that no alert was raised for."""
        async with self._connection.cursor(row_factory=class_row(Crossed)) as cursor:
            await cursor.execute(
                """SELECT e.key, g.id AS geofence, g.name, e.kind, g.organisation, e.member,
                          COALESCE(m.name, d.id) AS who, e.decided_at, e.latitude, e.longitude
                   FROM geofence_events e JOIN geofences g ON g.key = e.geofence JOIN devices d ON d.key = e.device
                   LEFT JOIN members m ON m.key = e.member
                   WHERE e.decided_at >= %s AND g.alert IN ('both', e.kind)
                     AND NOT EXISTS (SELECT FROM alerts a WHERE a.event = e.key) ORDER BY e.key LIMIT 200""",
                (since,),
            )
            return await cursor.fetchall()

    async def place_of_member(self, member: int) -> tuple[int, str, str] | None:
        """(organisation's key, id, name) of a member (key)."""
        cursor = await self._connection.execute("SELECT organisation, id, name FROM members WHERE key = %s", (member,))
        row = await cursor.fetchone()
        return None if row is None else (row[0], row[1], row[2])

    async def member_key(self, member: str, scope: int | None) -> int | None:
        """The key of a member (id) below the scope."""
        cursor = await self._connection.execute(
            """SELECT m.key FROM members m WHERE m.id = %(id)s AND (%(scope)s::int IS NULL OR EXISTS (
                   SELECT FROM organisation_closure c
                   WHERE c.ancestor = %(scope)s AND c.descendant = m.organisation))""",
            {"id": member, "scope": scope},
        )
        row = await cursor.fetchone()
        return None if row is None else int(row[0])

    async def organisation_key(self, organisation: str) -> int:
        """The key of an id that is there."""
        cursor = await self._connection.execute("SELECT key FROM organisations WHERE id = %s", (organisation,))
        row = await cursor.fetchone()
        assert row is not None
        return int(row[0])

    async def _told(self, where: str, values: dict[str, Any]) -> list[Alert]:
        async with self._connection.cursor(row_factory=class_row(Alert)) as cursor:
            await cursor.execute(f"{_TOLD} {where}".encode(), values)
            return await cursor.fetchall()
