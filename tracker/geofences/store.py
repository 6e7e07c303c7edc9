"""Geofences and their events in the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from registry.scope.queries import BELOW_CALLER
from tracker.geofences.model import Geofence, GeofenceAlert, GeofenceKind

__all__ = ["EventRow", "GeofenceStore", "NewGeofence"]

_SELECT = """SELECT g.key, g.id, o.id AS organisation, g.name, g.kind, g.geometry, g.radius_m, g.dwell_s, g.active,
                    g.alert, g.changed::text::bigint AS version
             FROM geofences g JOIN organisations o ON o.key = g.organisation """
_VISIBLE = f"g.organisation IN {BELOW_CALLER}"
_OWNER = """SELECT o.key FROM organisations o
            JOIN organisation_closure c ON c.descendant = o.key AND c.ancestor = %(caller)s
            WHERE o.id = %(organisation)s"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGeofence:
    """What to store."""

    organisation: str
    name: str
    kind: GeofenceKind
    geometry: Mapping[str, Any]
    radius_m: float | None
    dwell_s: float
    active: bool
    alert: GeofenceAlert = GeofenceAlert.NONE
    version: int | None = None
    """The one that it replaces; None: whichever."""


@dataclass(frozen=True, slots=True)
class EventRow:
    """A crossing on record."""

    key: int
    geofence: str
    name: str
    device: str
    member: str | None
    kind: str
    time: datetime
    latitude: float
    longitude: float


class GeofenceStore:
    """Limited to the subtree of `caller`, an organisation's key, in every query."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def below(self, caller: int, *, after: int, limit: int) -> list[Geofence]:
        """In the order of keys."""
        return await self._read(
            f"{_VISIBLE} AND g.key > %(after)s ORDER BY g.key LIMIT %(limit)s",
            {"caller": caller, "after": after, "limit": limit},
        )

    async def find(self, caller: int, geofence: str) -> Geofence | None:
        """By id."""
        found = await self._read(f"{_VISIBLE} AND g.id = %(id)s", {"caller": caller, "id": geofence})
        return found[0] if found else None

    async def add(self, caller: int, own: str, new: NewGeofence) -> bool:
        """Add; False when its organisation is not the caller's to see."""
        return await self._done(
            f"""INSERT INTO geofences (id, organisation, name, kind, geometry, radius_m, dwell_s, active, alert)
                SELECT %(id)s, ({_OWNER}), %(name)s, %(kind)s, %(geometry)s, %(radius_m)s, %(dwell_s)s, %(active)s,
                       %(alert)s
                WHERE EXISTS ({_OWNER})""",
            _values(caller, own, new),
        )

    async def change(self, caller: int, own: str, new: NewGeofence) -> bool:
        """Replace; False when it or its new organisation is not the caller's, or it is of another version."""
        return await self._done(
            f"""UPDATE geofences g SET organisation = ({_OWNER}), name = %(name)s, kind = %(kind)s,
                    geometry = %(geometry)s, radius_m = %(radius_m)s, dwell_s = %(dwell_s)s, active = %(active)s,
                    alert = %(alert)s
                WHERE g.id = %(id)s AND {_VISIBLE} AND EXISTS ({_OWNER})
                  AND (%(version)s::bigint IS NULL OR g.changed::text::bigint = %(version)s)""",  # noqa: S608 - as above
            _values(caller, own, new),
        )

    async def remove(self, caller: int, own: str, version: int | None) -> bool:
        """Remove; False when it is not the caller's, or it is of another version. version: None whichever it is."""
        return await self._done(
            f"""DELETE FROM geofences g WHERE g.id = %(id)s AND {_VISIBLE}
                  AND (%(version)s::bigint IS NULL OR g.changed::text::bigint = %(version)s)""",  # noqa: S608 - as above
            {"caller": caller, "id": own, "version": version},
        )

    async def events(self, caller: int, *, geofence: str | None, before: int, limit: int) -> list[EventRow]:
        """The latest first; before: only keys below it, 0 all."""
        async with self._connection.cursor(row_factory=class_row(EventRow)) as cursor:
            await cursor.execute(
                f"""SELECT e.key, g.id AS geofence, g.name, d.id AS device, m.id AS member, e.kind,
                           e.fix_time AS time, e.latitude, e.longitude
                    FROM geofence_events e JOIN geofences g ON g.key = e.geofence
                    JOIN devices d ON d.key = e.device LEFT JOIN members m ON m.key = e.member
                    WHERE {_VISIBLE} AND (%(geofence)s::text IS NULL OR g.id = %(geofence)s)
                      AND COALESCE(m.organisation, d.organisation) IN {BELOW_CALLER}
                      AND (%(before)s = 0 OR e.key < %(before)s)
                    ORDER BY e.key DESC LIMIT %(limit)s""",  # noqa: S608 - as above
                {"caller": caller, "geofence": geofence, "before": before, "limit": limit},
            )
            return await cursor.fetchall()

    async def _read(self, where: str, values: Mapping[str, object]) -> list[Geofence]:
        async with self._connection.cursor(row_factory=class_row(Geofence)) as cursor:
            await cursor.execute((_SELECT + "WHERE " + where).encode(), values)
            return await cursor.fetchall()

    async def _done(self, query: str, values: Mapping[str, object]) -> bool:
        return (await self._connection.execute(query.encode(), values)).rowcount > 0


def _values(caller: int, own: str, new: NewGeofence) -> dict[str, object]:
    return {
        "caller": caller, "id": own, "organisation": new.organisation, "name": new.name, "kind": new.kind,
        "geometry": Jsonb(dict(new.geometry)), "radius_m": new.radius_m, "dwell_s": new.dwell_s, "active": new.active,
        "alert": new.alert, "version": new.version,
    }  # fmt: skip
