"""What raises alerts when nobody does: emergency flags, crossings of geofences, members who fall silent.

Any number of processes watch. Each step is one transaction, and the database decides whether a cause is new: a flag
turns only by a newer fix, a crossing is taken once, a silence is known by its last fix. A process that is killed
between two steps leaves what it had not done yet to the next round, its own or another's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt
from psycopg_pool import AsyncConnectionPool

from dispatch.alerts.model import AlertKind, Source
from dispatch.alerts.service import AlertService
from dispatch.alerts.store import NewAlert
from dispatch.alerts.watch_store import Carrier, CrossingRow, WatchStore
from dispatch.incidents.actor import Actor
from tracker.live.service import LiveService
from tracker.model.batch import instant
from tracker.model.emergency import Signal
from tracker.model.presence import Presence, Silence

__all__ = ["AlertWatch", "EmergencyLine"]

_AT_ONCE = 200
"""Alerts that one look may raise of a kind; the rest wait for the next."""
_OLDEST_CALL = timedelta(hours=24)
"""An SOS that comes in later than this is history."""
_GIVEN_UP = timedelta(hours=12)
"""A handheld that was heard of last longer ago than this lies in a drawer."""

Rows = npt.NDArray[np.intp]


class AlertWatch:
    """One look is a `round`. grace: after the start, silence counts only then; handhelds need time to come back."""

    def __init__(
        self, pool: AsyncConnectionPool, alerts: AlertService, live: LiveService, now: Callable[[], datetime], *,
        grace: timedelta,
    ) -> None:  # fmt: skip
        self._pool, self._alerts, self._live, self._now = pool, alerts, live, now
        self._silence_from = now() + grace
        self._offered: dict[int, int] = {}
        self.open_by_kind: dict[str, int] = {}

    async def round(self) -> int:
        """Everything that there is to raise or end now; how many alerts were raised."""
        raised = await self.flags() + await self.crossings()
        await self.end_silence()
        if self._now() >= self._silence_from:
            raised += await self.silence()
        async with self._pool.connection() as connection:
            self.open_by_kind = await WatchStore(connection).open_by_kind()
        return raised

    async def signal(self, signal: Signal) -> bool:
        """A device's flag as of a fix; whether that raised an alert."""
        async with self._pool.connection() as connection:
            carrier = await WatchStore(connection).turn(signal)
            if carrier is None or not signal.up or instant(signal.fix_time) < self._now() - _OLDEST_CALL:
                return False
            by = Actor(name=carrier.name or carrier.device, member=carrier.member)
            return await self._alerts.raise_on(connection, _call(signal, carrier), by) is not None

    async def flags(self) -> int:
        """Flags of the live table that are not kept as they are."""
        table = self._live.table
        async with self._pool.connection() as connection:
            up = await WatchStore(connection).flags_up()
        kept = np.zeros(table.size, np.bool_)
        kept[[key for key in up if key < table.size]] = True
        other = np.flatnonzero((table.emergency != kept) & table.in_service & (table.fix_time > 0))
        return sum([await self.signal(one) for one in self._signals(other[:_AT_ONCE])])

    async def crossings(self) -> int:
        """Crossings of geofences that ask for alerts."""
        async with self._pool.connection() as connection:
            taken = await WatchStore(connection).take_crossings(_AT_ONCE)
            told = [await self._alerts.raise_on(connection, _crossed(one)) for one in taken]
        return sum(one is not None for one in told)

    async def silence(self) -> int:
        """Members on duty of whom nothing was heard for too long, by this process or, as stored, by any."""
        fixed = {row: int(self._live.table.fix_time[row]) for row in self._newly_silent().tolist()}
        if not fixed:
            return 0
        async with self._pool.connection() as connection:
            heard = await WatchStore(connection).heard_later(fixed)
        raised = 0
        for row in [row for row in fixed if row not in heard][:_AT_ONCE]:
            async with self._pool.connection() as connection:
                raised += await self._alerts.raise_on(connection, self._silent(row)) is not None
            self._offered[row] = fixed[row]
        return raised

    async def end_silence(self) -> int:
        """Silence that is over: the member is heard, or off duty, or carries another device."""
        table = self._live.table
        async with self._pool.connection() as connection:
            silent = await WatchStore(connection).silent()
        ended = 0
        for one in silent:
            why = "the device is gone" if one.device is None else self._why_not_silent(one.device)
            if why is not None and (one.device is None or one.device < table.size):
                ended += await self._alerts.end(one.id, why) is not None
        return ended

    def _signals(self, rows: Rows) -> Iterable[Signal]:
        table = self._live.table
        for row in rows.tolist():
            yield Signal(
                device=row, up=bool(table.emergency[row]), fix_time=int(table.fix_time[row]),
                latitude=float(table.latitude[row]), longitude=float(table.longitude[row]),
            )  # fmt: skip

    def _newly_silent(self) -> Rows:
        """Rows whose silence was not offered to the database yet."""
        table = self._live.table
        oldest = int((self._now() - _GIVEN_UP).timestamp() * 1e6)
        silent = table.shown & (table.presence == Presence.SILENT) & (table.silence != Silence.OFF_SHIFT)
        rows = np.flatnonzero(silent & table.on_duty & (table.member > 0) & (table.fix_time > oldest))
        new = [self._offered.get(row) != fixed for row, fixed in zip(rows.tolist(), table.fix_time[rows], strict=True)]
        return rows[np.array(new, np.bool_)]

    def _silent(self, row: int) -> NewAlert:
        table = self._live.table
        silence, fixed = Silence(int(table.silence[row])), int(table.fix_time[row])
        device = table.devices[row]
        return NewAlert(
            kind=AlertKind.BATTERY if silence is Silence.BATTERY else AlertKind.SILENCE,
            subject=device.member_id or device.id, cause=f"device {row} at {fixed}", source=Source.WATCH,
            text=f"{device.member_name} is silent: {silence.word}", reason=silence.word, member=device.member,
            device=row, latitude=float(table.latitude[row]), longitude=float(table.longitude[row]),
            happened_at=instant(fixed),
        )  # fmt: skip

    def _why_not_silent(self, device: int) -> str | None:
        table = self._live.table
        if device >= table.size or table.fix_time[device] <= 0:
            return None
        if table.presence[device] != Presence.SILENT:
            return "heard again"
        if not table.on_duty[device]:
            return "off duty"
        return None if table.shown[device] else "carries another device"


class EmergencyLine:
    """Calls for help straight from the intake, without waiting for the next look. A full line leaves it to the look."""

    def __init__(self, watch: AlertWatch, *, most: int = 10_000) -> None:
        self._watch = watch
        self._waiting: asyncio.Queue[Signal] = asyncio.Queue(most)
        self._under_way: Signal | None = None

    def hear(self, signals: Iterable[Signal]) -> None:
        """Of one tick; does not wait."""
        for signal in signals:
            if not self._waiting.full():
                self._waiting.put_nowait(signal)

    async def work(self) -> None:
        """One after another until cancelled. After an error the one under way is tried again by the next call."""
        while True:
            if self._under_way is None:
                self._under_way = await self._waiting.get()
            await self._watch.signal(self._under_way)
            self._under_way = None

    def skip(self) -> None:
        """Leave the one under way to the next look."""
        self._under_way = None


def _call(signal: Signal, carrier: Carrier) -> NewAlert:
    return NewAlert(
        kind=AlertKind.SOS, subject=carrier.member_id or f"device {carrier.device}",
        cause=f"device {signal.device} at {signal.fix_time}", source=Source.DEVICE,
        text=f"{carrier.name or carrier.device} asks for help", member=carrier.member, device=signal.device,
        latitude=signal.latitude, longitude=signal.longitude, happened_at=instant(signal.fix_time),
    )  # fmt: skip


def _crossed(crossing: CrossingRow) -> NewAlert:
    verb = "entered" if crossing.kind == "enter" else "left"
    return NewAlert(
        kind=AlertKind.GEOFENCE, subject=f"{crossing.geofence_id}/{crossing.who}/{crossing.kind}",
        cause=f"crossing {crossing.key}", text=f"{crossing.name} {verb} {crossing.geofence_name}",
        source=Source.WATCH, reason=crossing.kind, member=crossing.member,
        device=crossing.device, geofence=crossing.geofence, latitude=crossing.latitude, longitude=crossing.longitude,
        happened_at=crossing.fix_time,
    )  # fmt: skip
