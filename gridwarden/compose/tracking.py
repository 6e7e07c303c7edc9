"""What every role of a process shares: who there is, where everybody is, and the feed between processes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime

import numpy as np
from psycopg import Error as DatabaseFault
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from gridwarden.compose.clock import monotonic_s, now_us
from gridwarden.settings import Settings
from registry.devices import queries as device_queries
from registry.devices.model import Device
from tracker.bus.bus import Bus, LocalBus
from tracker.geo.polygons import BadArea
from tracker.geofences.model import Geofence
from tracker.geofences.queries import active_geofences, geofences_stamp
from tracker.geofences.service import region_of
from tracker.history.live_rows import read_live_rows
from tracker.intake.directory import Directory
from tracker.intake.emergencies import emergency_signals
from tracker.intake.live_rows import live_rows
from tracker.live.service import LiveService
from tracker.live.table import NEVER, LiveTable
from tracker.model.batch import FixBatch
from tracker.model.crossing import Crossing
from tracker.model.emergency import Signal
from tracker.model.live_row import LIVE_ROW, LiveRows
from tracker.pipeline.geofencing import Fence, FenceSet
from tracker.pipeline.limits import Limits
from tracker.pipeline.outcome import Outcome
from tracker.pipeline.pipeline import Pipeline
from tracker.pipeline.states import DeviceStates

__all__ = ["Tracking"]

_log = logging.getLogger(__name__)

_FOLLOW_S = 0.5
_LOOK_S = 1.0

Crossed = Callable[[Crossing], None]
Signalled = Callable[[Sequence[Signal]], None]


class _DeviceRegistry:
    """The directory's questions, each on a connection of the pool."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def find_device(self, device_id: str) -> Device | None:
        async with self._pool.connection() as connection:
            return await device_queries.find_device(connection, device_id)

    async def find_device_by_token_hash(self, token_hash: bytes) -> Device | None:
        async with self._pool.connection() as connection:
            return await device_queries.find_device_by_token_hash(connection, token_hash)

    async def record_unknown(self, device_id: str, *, protocol: str, address: str) -> None:
        async with self._pool.connection() as connection:
            await device_queries.record_unknown(connection, device_id, protocol=protocol, address=address)


class Tracking:
    """Directory, live side, pipeline and bus of one process."""

    def __init__(self, settings: Settings, pool: AsyncConnectionPool) -> None:
        self._pool = pool
        self.directory = Directory(_DeviceRegistry(pool), clock=monotonic_s)
        table = LiveTable(stale_after_s=settings.stale_after, silent_after_s=settings.silent_after)
        self.live = LiveService(table, now=now_us, clock=monotonic_s)
        self.directory.on_change(self.live.describe)
        self._states, self._fences = DeviceStates(), FenceSet()
        self._pipeline = Pipeline(_limits(settings), self._states, self._fences)
        self.bus = self._bus(settings.redis_url)
        self.bus.subscribe(self._heard, self._cross)
        self._crossed: list[Crossed] = []
        self._signalled: list[Signalled] = []
        self._since: int | None = None
        self._fences_stamp = ""

    def _bus(self, redis_url: str | None) -> Bus:
        if redis_url is None:
            return LocalBus()
        from tracker.bus.redis_bus import RedisBus  # who has no Redis does not wait for its client

        return RedisBus(redis_url, on_gap=self.fill_live)

    async def load(self) -> None:
        """Everything that is known already; call once, before anything is taken or shown."""
        await self._look_up_changes()
        await self.fill_live()

    async def fill_live(self) -> None:
        """Take the newest positions of the store, where they are newer."""
        async with self._pool.connection() as connection:
            self._heard(await read_live_rows(connection, datetime.now(UTC)))
        self.live.look()

    async def follow(self) -> None:
        """Learn of changed devices and geofences until cancelled; a database that is away is asked again."""
        await _forever(_FOLLOW_S, self._look_up_changes)

    async def look(self) -> None:
        """Judge presence once a second until cancelled."""
        while True:
            await asyncio.sleep(_LOOK_S)
            self.live.look()

    def on_crossing(self, crossed: Crossed) -> None:
        """Call `crossed` with every geofence crossing, of this process and of those on its bus."""
        self._crossed.append(crossed)

    def on_signals(self, signalled: Signalled) -> None:
        """Call `signalled` with every rise and fall of an emergency flag that this process takes in."""
        self._signalled.append(signalled)

    def judge(self, batch: FixBatch, now: int) -> Outcome:
        """The pipeline."""
        return self._pipeline.run(batch, now=now)

    def show(self, outcome: Outcome) -> None:
        """Live here at once, and on the bus for the others."""
        signals = emergency_signals(outcome, self.live.table)
        rows = self.live.take(live_rows(outcome))
        if len(rows) or outcome.crossings:
            self.bus.publish(rows, outcome.crossings)
        if signals:
            for signalled in self._signalled:
                signalled(signals)
        for crossing in outcome.crossings:
            self._cross(crossing)

    def hear(self, device: int, no_fix: bool, received_at: int) -> None:
        """A device is there without a fix: a row without a position tells the others."""
        rows = np.zeros(1, LIVE_ROW)
        rows["device"], rows["fix_time"], rows["received_at"] = device, NEVER, received_at
        self.live.take(rows)
        self.bus.publish(rows)

    def _cross(self, crossing: Crossing) -> None:
        for crossed in self._crossed:
            crossed(crossing)

    def _heard(self, rows: LiveRows) -> None:
        """Positions that another process, or the store, knows."""
        self._states.restore(rows)
        self.live.take(rows)

    async def _look_up_changes(self) -> None:
        async with self._pool.connection() as connection:
            devices, self._since = await device_queries.changed_devices(connection, self._since)
            self.directory.learn(devices)
            stamp = await geofences_stamp(connection)
            if stamp != self._fences_stamp:
                geofences = await active_geofences(connection)
                self._fences.replace([fence for one in geofences for fence in _fences_of(one)])
                self._fences_stamp = stamp


def _fences_of(geofence: Geofence) -> list[Fence]:
    """Ready to be asked; one that cannot be is left out and said."""
    try:
        return [Fence(geofence.key, region_of(geofence), int(geofence.dwell_s * 1e6))]
    except BadArea as error:
        _log.error("a geofence is left out", extra={"geofence": geofence.id, "error": str(error)})
        return []


def _limits(settings: Settings) -> Limits:
    age = None if settings.max_fix_age is None else int(settings.max_fix_age * 1e6)
    return Limits(max_age=age, max_lead=int(settings.max_fix_lead * 1e6), max_speed=settings.max_speed)


async def _forever(pause_s: float, work: Callable[[], Awaitable[None]]) -> None:
    while True:
        await asyncio.sleep(pause_s)
        try:
            await work()
        except (DatabaseFault, PoolTimeout, OSError) as error:
            _log.warning("the database is away: trying again", extra={"error": str(error).strip()})
            await asyncio.sleep(pause_s * 4)
