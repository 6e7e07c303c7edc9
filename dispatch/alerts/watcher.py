"""Looks for what raises alerts: emergency flags and silence in the live table, crossings in the database.

Any number of processes may look: the database keeps one open alert a subject. An emergency is raised when its flag
rises; while it stays up it is not raised again, though it was cleared. Members who were silent when this process began
are no news.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from psycopg_pool import AsyncConnectionPool

from dispatch.alerts.model import AlertKind, Raising
from dispatch.alerts.service import AlertService
from dispatch.alerts.store import AlertStore
from dispatch.incidents.service import Now
from tracker.live.service import LiveService, Selection
from tracker.model.presence import Presence, Silence

__all__ = ["AlertWatcher", "nearest_members"]

_HELPERS = 5
_CROSSED_WITHIN = timedelta(minutes=10)

Rows = npt.NDArray[np.intp]


class AlertWatcher:
    """One a process of the workers role."""

    def __init__(self, pool: AsyncConnectionPool, live: LiveService, alerts: AlertService, now: Now) -> None:
        self._pool, self._live, self._alerts, self._now = pool, live, alerts, now
        self._in_danger: frozenset[int] = frozenset()
        self._silent: frozenset[int] | None = None

    async def round(self) -> None:
        """Everything that is new."""
        await self._emergencies()
        await self._silences()
        await self._crossings()

    async def _emergencies(self) -> None:
        table = self._live.table
        up = frozenset(np.flatnonzero(table.emergency & table.shown).tolist())
        fresh, self._in_danger = up - self._in_danger, up
        for row in fresh:
            await self._alerts.raise_(self._raising(row, AlertKind.SOS, "asks for help"))

    async def _silences(self) -> None:
        table = self._live.table
        quiet = table.shown & table.on_duty & (table.member > 0) & (table.presence == Presence.SILENT)
        silent = frozenset(np.flatnonzero(quiet).tolist())
        before, self._silent = self._silent, silent
        if before is None:
            return
        for row in silent - before:
            why = Silence(int(table.silence[row])).word or "no report"
            await self._alerts.raise_(self._raising(row, AlertKind.SILENCE, f"is silent: {why}"))
        for row in before - silent:
            await self._alerts.clear_subject(AlertKind.SILENCE, self._subject(row), "heard of again, or off duty")

    async def _crossings(self) -> None:
        async with self._pool.connection() as connection:
            crossed = await AlertStore(connection).crossed(self._now() - _CROSSED_WITHIN)
        for one in crossed:
            verb = "entered" if one.kind == "enter" else "left"
            raising = Raising(
                kind=AlertKind.GEOFENCE, subject=f"{one.geofence}/{one.who}/{one.kind}", member=one.member,
                organisation=one.organisation, text=f"{one.who} {verb} {one.name}", latitude=one.latitude,
                longitude=one.longitude, since=one.decided_at,
            )  # fmt: skip
            await self._alerts.raise_(raising, event=one.key)

    def _subject(self, row: int) -> str:
        device = self._live.table.devices[row]
        return device.member_id or device.id

    def _raising(self, row: int, kind: AlertKind, what: str) -> Raising:
        table = self._live.table
        device = table.devices[row]
        latitude, longitude = float(table.latitude[row]), float(table.longitude[row])
        nearest = nearest_members(self._live, latitude, longitude, device.member) if kind is AlertKind.SOS else ()
        return Raising(
            kind=kind, subject=self._subject(row), organisation=device.organisation, member=device.member,
            text=f"{device.member_name or device.id} {what}", latitude=latitude, longitude=longitude, nearest=nearest,
            since=datetime.fromtimestamp(int(table.fix_time[row]) / 1e6, UTC),
        )  # fmt: skip


def nearest_members(
    live: LiveService, latitude: float, longitude: float, but: int | None
) -> tuple[dict[str, Any], ...]:
    """Up to five members on duty who could help, the nearest first; `but`: key of who is in danger."""
    near = live.nearest(latitude, longitude, _HELPERS + 3, Selection(on_duty=True))
    found = [
        (live.table.devices[one.device], one) for one in near if live.table.presence[one.device] != Presence.SILENT
    ]
    return tuple(
        {"member": device.member_id, "name": device.member_name, "metres": round(one.metres)}
        for device, one in found
        if device.member not in (None, but)
    )[:_HELPERS]
