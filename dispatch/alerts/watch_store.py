"""SQL of the watch: emergency flags, crossings that ask for an alert, silence that may be over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from psycopg import AsyncConnection
from psycopg.rows import class_row

from tracker.model.batch import instant
from tracker.model.emergency import Signal

__all__ = ["Carrier", "CrossingRow", "SilentRow", "WatchStore"]


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who raised an emergency flag: the device's id, and its member's key, id and name."""

    device: str
    member: int | None
    member_id: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class CrossingRow:
    """A crossing whose geofence asks for an alert. geofence, device, member: keys; who, name: of who crossed."""

    key: int
    geofence: int
    geofence_id: str
    geofence_name: str
    device: int
    member: int | None
    who: str
    name: str
    kind: str
    fix_time: datetime
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class SilentRow:
    """An open alert of silence: its id, and the key of the device that fell silent."""

    id: str
    device: int | None


class WatchStore:
    """Questions over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def turn(self, signal: Signal) -> Carrier | None:
        """Keep what the signal says; who carries the device when that turned its flag. Older fixes turn nothing."""
        async with self._connection.cursor(row_factory=class_row(Carrier)) as cursor:
            await cursor.execute(
                """WITH turned AS (
                       INSERT INTO emergency_flags (device, up, fix_time)
                       SELECT key, %(up)s, %(fix_time)s FROM devices WHERE key = %(device)s AND NOT retired
                       ON CONFLICT (device) DO UPDATE SET up = EXCLUDED.up, fix_time = EXCLUDED.fix_time
                       WHERE emergency_flags.up <> EXCLUDED.up AND EXCLUDED.fix_time > emergency_flags.fix_time
                       RETURNING device)
                   SELECT d.id AS device, m.key AS member, m.id AS member_id, m.name FROM turned
                   JOIN devices d ON d.key = turned.device LEFT JOIN members m ON m.key = d.member""",
                {"device": signal.device, "up": signal.up, "fix_time": instant(signal.fix_time)},
            )
            return await cursor.fetchone()

    async def flags_up(self) -> list[int]:
        """Keys of the devices whose flag is up."""
        cursor = await self._connection.execute("SELECT device FROM emergency_flags WHERE up")
        return [key for (key,) in await cursor.fetchall()]

    async def take_crossings(self, limit: int) -> list[CrossingRow]:
        """Crossings that ask for an alert, by subject, so that two transactions never wait for each other.

        They ask no more when the transaction commits.
        """
        async with self._connection.cursor(row_factory=class_row(CrossingRow)) as cursor:
            await cursor.execute(
                """WITH taken AS (
                       UPDATE geofence_events SET alerting = false WHERE key IN (
                           SELECT key FROM geofence_events WHERE alerting ORDER BY key LIMIT %s
                           FOR UPDATE SKIP LOCKED)
                       RETURNING key, geofence, device, member, kind, fix_time, latitude, longitude)
                   SELECT t.key, g.key AS geofence, g.id AS geofence_id, g.name AS geofence_name, d.key AS device,
                          m.key AS member, COALESCE(m.id, d.id) AS who, COALESCE(m.name, d.id) AS name, t.kind,
                          t.fix_time, t.latitude, t.longitude
                   FROM taken t JOIN geofences g ON g.key = t.geofence JOIN devices d ON d.key = t.device
                   LEFT JOIN members m ON m.key = t.member
                   ORDER BY g.id, who, t.kind, t.key""",
                (limit,),
            )
            return await cursor.fetchall()

    async def heard_later(self, fixed: Mapping[int, int]) -> frozenset[int]:
        """Which devices have sent later fixes than these (microseconds by key), to whatever process."""
        cursor = await self._connection.execute(
            """SELECT k.device FROM unnest(%s::int[], %s::timestamptz[]) AS seen (device, fix_time)
               JOIN last_known k ON k.device = seen.device AND k.fix_time > seen.fix_time""",
            (list(fixed), [instant(fix_time) for fix_time in fixed.values()]),
        )
        return frozenset([key for (key,) in await cursor.fetchall()])

    async def silent(self) -> list[SilentRow]:
        """Open alerts of silence."""
        async with self._connection.cursor(row_factory=class_row(SilentRow)) as cursor:
            await cursor.execute(
                "SELECT id, device FROM alerts WHERE kind IN ('silence', 'battery') AND state <> 'cleared'"
            )
            return await cursor.fetchall()

    async def open_by_kind(self) -> dict[str, int]:
        """How many alerts are open, drills left out."""
        cursor = await self._connection.execute(
            "SELECT kind, count(*) FROM alerts WHERE state <> 'cleared' AND NOT drill GROUP BY kind"
        )
        return dict(await cursor.fetchall())
