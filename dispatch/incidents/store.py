"""SQL of incidents. The row, its log entry and what is told of it are one transaction: dispatch/incidents/desk.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

import orjson
from psycopg import AsyncConnection
from psycopg.rows import class_row, dict_row
from psycopg.types.json import Jsonb

from dispatch.incidents.actor import Actor
from dispatch.incidents.model import Action, Clock, Incident, Limits, State

__all__ = ["OPEN_ASSIGNMENTS", "SEEN", "IncidentStore", "Told", "log_json", "seen_by"]

_COLUMNS = [one.name for one in fields(Incident)]
_LIST = ", ".join(f"i.{name}" for name in _COLUMNS)
_CHANGING = [name for name in _COLUMNS if name not in ("key", "id")]

OPEN_ASSIGNMENTS = ("offered", "acknowledged", "en_route", "on_scene")
"""States in which an assignment still asks something of its member."""

SEEN = """CASE WHEN %(only_own)s THEN i.reporter_user = %(user)s OR i.reporter_member = %(member)s OR EXISTS (
            SELECT FROM assignments a WHERE a.incident = i.key AND a.member = %(member)s)
        ELSE %(scope)s::int IS NULL OR i.reporter_user = %(user)s OR EXISTS (
            SELECT FROM organisation_closure c
            WHERE c.ancestor = %(scope)s AND (c.descendant IN (i.organisation, i.place_organisation)
                OR c.descendant IN (SELECT a.department FROM assignments a WHERE a.incident = i.key))) END"""
"""Whether an actor may see incident i, in SQL; takes the values of `seen_by`."""

_TOLD = f"""SELECT i.key, i.id, i.version, i.state, k.code AS kind, k.name_en AS kind_en, k.name_zh AS kind_zh,
               i.priority, o.id AS organisation, p.id AS place_organisation, i.latitude, i.longitude, i.address,
               i.description, i.source, i.contact, i.drill, i.reported_at, i.accepted_at, i.dispatched_at,
               i.on_scene_at, i.handled_at, i.verified_at, i.ended_at, i.clock, i.due_at, i.escalations, i.marks,
               i.sent_back, i.request,
               d.id AS duplicate_of, i.disposition, i.policy, ru.name AS reporter, rm.id AS reporter_member,
               h.id AS handled_by,
               COALESCE((SELECT jsonb_agg(jsonb_build_object(
                   'id', a.id, 'member', m.id, 'name', m.name, 'department', ao.id, 'purpose', a.purpose,
                   'state', a.state, 'exclusive', a.exclusive, 'offered_at', a.offered_at, 'answer_by', a.answer_by,
                   'delivered_at', a.delivered_at, 'acknowledged_at', a.acknowledged_at, 'en_route_at', a.en_route_at,
                   'arrival_proposed_at', a.arrival_proposed_at, 'on_scene_at', a.on_scene_at, 'ended_at', a.ended_at,
                   'reason', a.reason, 'metres', a.metres, 'eta_s', a.eta_s, 'policy', a.policy) ORDER BY a.key)
                   FROM assignments a LEFT JOIN members m ON m.key = a.member
                   LEFT JOIN organisations ao ON ao.key = a.department
                   WHERE a.incident = i.key), '[]') AS assignments
        FROM incidents i
        JOIN incident_kinds k ON k.key = i.kind
        JOIN organisations o ON o.key = i.organisation
        JOIN organisations p ON p.key = i.place_organisation
        LEFT JOIN incidents d ON d.key = i.duplicate_of
        LEFT JOIN users ru ON ru.key = i.reporter_user
        LEFT JOIN members rm ON rm.key = i.reporter_member
        LEFT JOIN members h ON h.key = i.handled_by
        WHERE {SEEN}"""

Told = dict[str, Any]
"""An incident as people are told of it; dispatch/incidents/shapes.py has its fields."""


class IncidentStore:
    """Incidents over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, incident: Mapping[str, Any]) -> Incident:
        """Store a new one: the fields of Incident but key and id, which are given here."""
        names = list(incident)
        query = f"""INSERT INTO incidents AS i (key, id, {", ".join(names)})
                    SELECT n, 'I-' || n, {", ".join(f"%({name})s" for name in names)}
                    FROM nextval(pg_get_serial_sequence('incidents', 'key')) AS n RETURNING {_LIST}"""
        async with self._connection.cursor(row_factory=class_row(Incident)) as cursor:
            await cursor.execute(query.encode(), _stored(incident))
            row = await cursor.fetchone()
        assert row is not None
        return _typed(row)

    async def locked(self, incident: str, actor: Actor) -> Incident | None:
        """The incident, locked until the transaction ends; None when there is none that the actor may see."""
        return await self._one(incident, actor, "FOR UPDATE OF i")

    async def find(self, incident: str, actor: Actor) -> Incident | None:
        """The incident, for reading; None when there is none that the actor may see."""
        return await self._one(incident, actor, "")

    async def _one(self, incident: str, actor: Actor, lock: str) -> Incident | None:
        query = f"SELECT {_LIST} FROM incidents i WHERE i.id = %(id)s AND {SEEN} {lock}"
        async with self._connection.cursor(row_factory=class_row(Incident)) as cursor:
            await cursor.execute(query.encode(), {"id": incident} | seen_by(actor))
            row = await cursor.fetchone()
        return None if row is None else _typed(row)

    async def save(self, incident: Incident) -> None:
        """Write what may have changed."""
        values = {name: getattr(incident, name) for name in _CHANGING}
        query = f"UPDATE incidents SET {', '.join(f'{name} = %({name})s' for name in _CHANGING)} WHERE key = %(key)s"
        await self._connection.execute(query.encode(), _stored(values) | {"key": incident.key})

    async def log(
        self, incident: Incident, action: Action, actor: Actor, at: datetime, *, place: tuple[float, float] | None,
        note: str | None, before: dict[str, Any], after: dict[str, Any],
    ) -> None:  # fmt: skip
        """Add an entry; place: latitude, longitude."""
        latitude, longitude = place or (None, None)
        await self._connection.execute(
            """INSERT INTO incident_log (incident, version, at, action, actor, "user", member, latitude, longitude,
                                         note, before, after)
               VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)""",
            (
                incident.key, incident.version, at, action, actor.name, actor.user, actor.member, latitude, longitude,
                note, Jsonb(before, log_json), Jsonb(after, log_json),
            ),
        )  # fmt: skip

    async def open_in(self, organisation: int) -> list[str]:
        """Ids of those not ended whose place, or whose responsible one, is an organisation (key), the oldest first."""
        cursor = await self._connection.execute(
            """SELECT id FROM incidents WHERE (place_organisation = %(key)s OR organisation = %(key)s)
               AND ended_at IS NULL ORDER BY key""",
            {"key": organisation},
        )
        return [name for (name,) in await cursor.fetchall()]

    async def limits(self, kind: int) -> Limits:
        """Of the kind with this key."""
        cursor = await self._connection.execute(
            "SELECT accept_s, arrive_s, handle_s, verify_s FROM incident_kinds WHERE key = %s", (kind,)
        )
        row = await cursor.fetchone()
        assert row is not None
        return Limits(accept_s=row[0], arrive_s=row[1], handle_s=row[2], verify_s=row[3])

    async def told(self, incident: str, actor: Actor) -> Told | None:
        """As people are told of it; None when there is none that the actor may see."""
        rows = await self._told("AND i.id = %(id)s", {"id": incident} | seen_by(actor))
        return rows[0] if rows else None

    async def page(self, actor: Actor, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """The newest first, those with a key below `before` (0: from the newest).

        filters: state (words), kind (code), organisation (id, its subtree), since, open, priority; None: whatever.
        """
        where = """AND (%(before)s = 0 OR i.key < %(before)s)
                   AND (%(states)s::text[] IS NULL OR i.state = ANY(%(states)s))
                   AND (%(kind)s::text IS NULL OR k.code = %(kind)s)
                   AND (%(priority)s::int IS NULL OR i.priority <= %(priority)s)
                   AND (%(since)s::timestamptz IS NULL OR i.reported_at >= %(since)s)
                   AND (NOT %(open)s OR i.ended_at IS NULL)
                   AND (%(organisation)s::text IS NULL OR EXISTS (
                       SELECT FROM organisation_closure b JOIN organisations asked ON asked.key = b.ancestor
                       WHERE asked.id = %(organisation)s AND b.descendant IN (i.organisation, i.place_organisation)))
                   ORDER BY i.key DESC LIMIT %(limit)s"""
        return await self._told(where, {"before": before, "limit": limit} | dict(filters) | seen_by(actor))

    async def entries(self, incident: int) -> Sequence[dict[str, Any]]:
        """Its log, the oldest first."""
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(
                """SELECT l.version, l.at, l.action, l.actor, l."user", m.id AS member, l.latitude, l.longitude,
                          l.note, l.before, l.after
                   FROM incident_log l LEFT JOIN members m ON m.key = l.member
                   WHERE l.incident = %s ORDER BY l.version""",
                (incident,),
            )
            return await cursor.fetchall()

    async def duplicates(self, incident: Incident, *, metres: float, since: datetime) -> list[str]:
        """Ids of open incidents of the same kind that were reported near and since, the nearest first."""
        cursor = await self._connection.execute(
            """SELECT id FROM (
                   SELECT i.id, 111195 * sqrt((i.latitude - %(latitude)s) ^ 2
                                + ((i.longitude - %(longitude)s) * cos(radians(%(latitude)s))) ^ 2) AS metres
                   FROM incidents i
                   WHERE i.kind = %(kind)s AND i.key <> %(key)s AND i.ended_at IS NULL AND i.reported_at >= %(since)s
               ) near WHERE metres <= %(metres)s ORDER BY metres LIMIT 20""",
            {
                "key": incident.key, "kind": incident.kind, "latitude": incident.latitude,
                "longitude": incident.longitude, "metres": metres, "since": since,
            },
        )  # fmt: skip
        return [one for (one,) in await cursor.fetchall()]

    async def parent_up_to_district(self, organisation: int) -> int | None:
        """The next higher organisation, None above a district."""
        cursor = await self._connection.execute(
            """SELECT above.key FROM organisations o JOIN organisations above ON above.key = o.parent
               WHERE o.key = %s AND above.level <> 'city'""",
            (organisation,),
        )
        row = await cursor.fetchone()
        return None if row is None else int(row[0])

    async def overdue(self, now: datetime, limit: int) -> list[Incident]:
        """Those whose clock has run out, locked; those that another worker holds are left to it."""
        query = f"""SELECT {_LIST} FROM incidents i WHERE i.due_at <= %s ORDER BY i.due_at LIMIT %s
                    FOR UPDATE OF i SKIP LOCKED"""
        async with self._connection.cursor(row_factory=class_row(Incident)) as cursor:
            await cursor.execute(query.encode(), (now, limit))
            return [_typed(row) for row in await cursor.fetchall()]

    async def involved(self, incident: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """(keys of members whose assignments are open, keys of departments on it)."""
        cursor = await self._connection.execute(
            """SELECT COALESCE(array_agg(DISTINCT member) FILTER (WHERE member IS NOT NULL AND state = ANY(%s)), '{}'),
                      COALESCE(array_agg(DISTINCT department) FILTER (WHERE department IS NOT NULL), '{}')
               FROM assignments WHERE incident = %s""",
            (list(OPEN_ASSIGNMENTS), incident),
        )
        row = await cursor.fetchone()
        assert row is not None
        return tuple(row[0]), tuple(row[1])

    async def _told(self, where: str, values: Mapping[str, Any]) -> list[Told]:
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(f"{_TOLD} {where}".encode(), values)
            return await cursor.fetchall()


def seen_by(actor: Actor) -> dict[str, Any]:
    """The values that the question of who may see an incident takes."""
    return {"scope": actor.organisation, "user": actor.user, "member": actor.member, "only_own": actor.only_own}


def _stored(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: Jsonb(value, log_json) if name == "request" and value is not None else value
        for name, value in values.items()
    }


def _typed(row: Incident) -> Incident:
    """As the database gave it, its words made enums."""
    clock = None if row.clock is None else Clock(row.clock)
    return replace(row, state=State(row.state), clock=clock)


def log_json(value: Any) -> bytes:
    """What the log holds of an incident's fields, as JSON."""
    return orjson.dumps(value, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, timedelta):
        return value.total_seconds()
    raise TypeError(f"{type(value)} has no place in a log")
