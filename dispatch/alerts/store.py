"""SQL of alerts. The row, its log entry and what is told of it are one transaction: dispatch/alerts/service.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

import orjson
from psycopg import AsyncConnection
from psycopg.rows import class_row, dict_row
from psycopg.types.json import Jsonb

from dispatch.alerts.model import Action, Alert, AlertKind, Source, State
from dispatch.incidents.actor import Actor
from registry.scope.queries import BELOW_SCOPE

__all__ = ["AlertStore", "NewAlert", "Told"]

_COLUMNS = [one.name for one in fields(Alert)]
_LIST = ", ".join(f"a.{name}" for name in _COLUMNS)
_CHANGING = [name for name in _COLUMNS if name not in ("key", "id")]

_SEEN = f"(%(scope)s::int IS NULL OR a.organisation IN {BELOW_SCOPE})"

_ORGANISATION = """COALESCE((SELECT organisation FROM members WHERE key = %(member)s),
            (SELECT COALESCE(m.organisation, d.organisation) FROM devices d
             LEFT JOIN members m ON m.key = d.member WHERE d.key = %(device)s))"""
"""The member's, else the device's."""

_TOLD = f"""SELECT a.key, a.id, a.subject, a.version, a.state, a.kind, a.source, a.text, a.reason, a.drill,
               o.id AS organisation, m.id AS member, m.name, m.phone, d.id AS device, g.id AS geofence,
               g.name AS geofence_name, i.id AS incident, a.latitude, a.longitude, a.happened_at, a.raised_at,
               a.acknowledged_at, a.acknowledged_by, a.assigned_at, a.assigned_by, a.cleared_at, a.cleared_by,
               a.nearest, ARRAY(SELECT id FROM members WHERE key = ANY(a.assigned) ORDER BY key) AS assigned
        FROM alerts a JOIN organisations o ON o.key = a.organisation
        LEFT JOIN members m ON m.key = a.member LEFT JOIN devices d ON d.key = a.device
        LEFT JOIN geofences g ON g.key = a.geofence LEFT JOIN incidents i ON i.key = a.incident
        WHERE {_SEEN}"""

Told = dict[str, Any]
"""An alert as people are told of it; dispatch/alerts/shapes.py has its fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAlert:
    """What to raise; it belongs to the member's organisation, else the device's. subject, cause: 0012_alerts.sql.

    text: what happened, in English. nearest: as people are told; told: keys of members whose handhelds are told.
    """

    kind: AlertKind
    subject: str
    cause: str
    text: str
    source: Source
    happened_at: datetime
    reason: str | None = None
    drill: bool = False
    member: int | None = None
    device: int | None = None
    geofence: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    nearest: Sequence[Mapping[str, Any]] = field(default=())
    told: Sequence[int] = field(default=())


class AlertStore:
    """Alerts over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, new: NewAlert, now: datetime) -> Alert | None:
        """Raise it; None where its subject has an open one of the kind, or its cause has raised one before."""
        names = [one.name for one in fields(NewAlert)]
        values = {name: getattr(new, name) for name in names} | {
            "nearest": Jsonb(list(new.nearest), _dumps), "told": list(new.told), "raised_at": now,
        }  # fmt: skip
        query = f"""INSERT INTO alerts AS a (key, id, state, organisation, raised_at, {", ".join(names)})
                    SELECT n, 'L-' || n, 'raised', {_ORGANISATION}, %(raised_at)s,
                           {", ".join(f"%({name})s" for name in names)}
                    FROM nextval(pg_get_serial_sequence('alerts', 'key')) AS n
                    ON CONFLICT DO NOTHING RETURNING {_LIST}"""
        return await self._one(query, values)

    async def open_of(self, kind: AlertKind, subject: str, *, drill: bool) -> str | None:
        """The id of the open alert of that subject."""
        cursor = await self._connection.execute(
            "SELECT id FROM alerts WHERE kind = %s AND subject = %s AND drill = %s AND state <> 'cleared'",
            (kind, subject, drill),
        )
        row = await cursor.fetchone()
        return None if row is None else str(row[0])

    async def locked(self, alert: str, actor: Actor) -> Alert | None:
        """The alert, locked until the transaction ends; None when there is none that the actor may see."""
        query = f"SELECT {_LIST} FROM alerts a WHERE a.id = %(id)s AND {_SEEN} FOR UPDATE OF a"
        return await self._one(query, {"id": alert, "scope": actor.organisation})

    async def save(self, alert: Alert) -> None:
        """Write what may have changed."""
        values = {name: getattr(alert, name) for name in _CHANGING}
        query = f"UPDATE alerts SET {', '.join(f'{name} = %({name})s' for name in _CHANGING)} WHERE key = %(key)s"
        await self._connection.execute(query.encode(), values | {"key": alert.key})

    async def log(
        self, alert: Alert, action: Action, actor: Actor, at: datetime, *, note: str | None = None,
        place: tuple[float, float] | None = None,
    ) -> None:  # fmt: skip
        """Add an entry; place: latitude, longitude."""
        latitude, longitude = place or (None, None)
        await self._connection.execute(
            """INSERT INTO alert_log (alert, version, at, action, state, actor, "user", member, latitude, longitude,
                                      note)
               VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)""",
            (
                alert.key, alert.version, at, action, alert.state, actor.name, actor.user, actor.member, latitude,
                longitude, note,
            ),
        )  # fmt: skip

    async def entries(self, alert: int) -> Sequence[dict[str, Any]]:
        """Its log, the oldest first."""
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(
                """SELECT l.version, l.at, l.action, l.state, l.actor, m.id AS member, l.latitude, l.longitude, l.note
                   FROM alert_log l LEFT JOIN members m ON m.key = l.member WHERE l.alert = %s ORDER BY l.key""",
                (alert,),
            )
            return await cursor.fetchall()

    async def told(self, alert: str, scope: int | None) -> Told | None:
        """As people are told of it; scope: key of the organisation whose subtree may see it, None all."""
        found = await self._told("AND a.id = %(id)s", {"id": alert, "scope": scope})
        return found[0] if found else None

    async def page(self, scope: int | None, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """The newest first. filters: states, kind, organisation, member, drill."""
        return await self._told(
            """AND (%(before)s = 0 OR a.key < %(before)s)
               AND (%(states)s::text[] IS NULL OR a.state = ANY(%(states)s))
               AND (%(kind)s::text IS NULL OR a.kind = %(kind)s)
               AND (%(member)s::text IS NULL OR m.id = %(member)s)
               AND (%(drill)s::boolean IS NULL OR a.drill = %(drill)s)
               AND (%(organisation)s::text IS NULL OR a.organisation IN
                    (SELECT c.descendant FROM organisation_closure c JOIN organisations asked ON asked.key = c.ancestor
                     WHERE asked.id = %(organisation)s))
               ORDER BY a.key DESC LIMIT %(limit)s""",
            {"scope": scope, "before": before, "limit": limit} | dict(filters) | {"states": _list(filters["states"])},
        )

    async def levels(self, organisation: int) -> tuple[int, ...]:
        """Keys of the organisation and of every level above it up to the district."""
        cursor = await self._connection.execute(
            """SELECT o.key FROM organisation_closure c JOIN organisations o ON o.key = c.ancestor
               WHERE c.descendant = %(key)s AND (o.level <> 'city' OR o.key = %(key)s) ORDER BY o.key""",
            {"key": organisation},
        )
        return tuple([key for (key,) in await cursor.fetchall()])

    async def district_of(self, organisation: int) -> frozenset[int]:
        """Keys of all organisations of its district; of its own subtree where it belongs to none."""
        cursor = await self._connection.execute(
            """SELECT below.descendant FROM organisation_closure below
               WHERE below.ancestor = COALESCE(
                   (SELECT o.key FROM organisation_closure up JOIN organisations o ON o.key = up.ancestor
                    WHERE up.descendant = %(key)s AND o.level = 'district' LIMIT 1), %(key)s)""",
            {"key": organisation},
        )
        return frozenset([key for (key,) in await cursor.fetchall()])

    async def member(self, member: str, scope: int | None) -> int | None:
        """The key of a member in that subtree."""
        cursor = await self._connection.execute(
            """SELECT m.key FROM members m WHERE m.id = %(id)s AND (%(scope)s::int IS NULL OR
                   m.organisation IN (SELECT descendant FROM organisation_closure WHERE ancestor = %(scope)s))""",
            {"id": member, "scope": scope},
        )
        row = await cursor.fetchone()
        return None if row is None else int(row[0])

    async def name_of(self, member: int) -> tuple[str, str]:
        """(id, name) of the member with that key, who is there."""
        cursor = await self._connection.execute("SELECT id, name FROM members WHERE key = %s", (member,))
        row = await cursor.fetchone()
        assert row is not None
        return str(row[0]), str(row[1])

    async def organisation_of(self, *, member: int | None, device: int | None) -> int:
        """The key of the organisation that a member belongs to, else that of a device."""
        cursor = await self._connection.execute(
            f"SELECT {_ORGANISATION}".encode(),
            {"member": member, "device": device},
        )
        row = await cursor.fetchone()
        assert row is not None
        return int(row[0])

    async def _one(self, query: str, values: Mapping[str, Any]) -> Alert | None:
        async with self._connection.cursor(row_factory=class_row(Alert)) as cursor:
            await cursor.execute(query.encode(), values)
            row = await cursor.fetchone()
        if row is None:
            return None
        return replace(row, state=State(row.state), kind=AlertKind(row.kind), source=Source(row.source))

    async def _told(self, where: str, values: Mapping[str, Any]) -> list[Told]:
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(f"{_TOLD} {where}".encode(), values)
            return await cursor.fetchall()


def _dumps(value: Any) -> bytes:
    return orjson.dumps(value)


def _list(words: Sequence[str] | None) -> list[str] | None:
    return None if words is None else list(words)
