"""The ingest role: from the devices' sockets to the store."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gridwarden.compose import clock
from gridwarden.compose.database import Database
from gridwarden.compose.descriptors import connections_of, raise_limit
from gridwarden.compose.metrics import ProcessMetrics
from gridwarden.compose.tracking import Tracking
from gridwarden.settings import Settings
from tracker.history.writer import HistoryWriter
from tracker.intake.rates import Rates
from tracker.intake.ticker import Intake
from tracker.live.table import NEVER
from tracker.model.batch import FixBatch
from tracker.pipeline.outcome import Outcome
from tracker.transports.downlink import Downlink
from tracker.transports.nmea import NmeaSource
from tracker.transports.reception import DeviceLimits, Reception

__all__ = ["Ingest", "ingesting"]

_log = logging.getLogger(__name__)

_CHECKPOINT_S = 5.0
_DAYS_S = 3600.0
_NOBODY = -1


@dataclass(frozen=True, slots=True)
class Ingest:
    """What takes fixes: `reception` for protocols that acknowledge, `nmea` for those that do not."""

    intake: Intake
    reception: Reception
    nmea: NmeaSource
    writer: HistoryWriter


@asynccontextmanager
async def ingesting(
    settings: Settings,
    database: Database,
    tracking: Tracking,
    downlink: Downlink,
    metrics: ProcessMetrics,
    tasks: asyncio.TaskGroup,
) -> AsyncIterator[Ingest]:
    """Take fixes until the end; then what was taken is made durable before this returns."""
    spool = settings.data / "spool"
    async with HistoryWriter.on(database.url, spool, spool_bytes=settings.spool_bytes, now=clock.now_us) as writer:
        store = _Store(writer, tracking)
        intake = Intake(judge=tracking.judge, show=tracking.show, store=store, hear=tracking.hear, now=clock.now_us)
        connections = connections_of(settings.max_connections, raise_limit())
        nmea = NmeaSource(
            tracking.directory, tasks=tasks, wake=intake.wake, clock=clock.monotonic_s,
            sighting=lambda device, no_fix: tracking.hear(device, no_fix, clock.now_us()),
            max_connections=connections, idle_timeout_s=settings.idle_timeout,
        )  # fmt: skip
        intake.add_source(nmea)
        rates = Rates(fixes_per_s=settings.device_rate, burst=settings.device_burst)
        limits = DeviceLimits(idle_timeout_s=settings.idle_timeout)
        reception = Reception(intake, tracking.directory, rates, clock, limits, downlink)
        _measure(metrics, intake, nmea, writer, reception)
        running = asyncio.create_task(intake.run(), name="intake")
        upkeep = [asyncio.create_task(work, name=name) for name, work in _upkeep(tracking, writer)]
        try:
            yield Ingest(intake, reception, nmea, writer)
        finally:
            nmea.tcp.stop_accepting()
            intake.stop()
            await running
            nmea.close()
            for task in upkeep:
                task.cancel()
            await asyncio.gather(*upkeep, return_exceptions=True)
            await _checkpoint(tracking, writer, 0)


class _Store:
    """The writer, told who carried each device."""

    def __init__(self, writer: HistoryWriter, tracking: Tracking) -> None:
        self._writer, self._table = writer, tracking.live.table

    async def write(self, outcome: Outcome, batch: FixBatch) -> npt.NDArray[np.int8]:
        carrier = self._table.member[outcome.accepted.device]
        members = np.where(carrier == 0, _NOBODY, carrier).astype(np.int32)
        return await self._writer.write(outcome, batch, members=members)


def _upkeep(tracking: Tracking, writer: HistoryWriter) -> list[tuple[str, Coroutine[Any, Any, None]]]:
    async def checkpoints() -> None:
        sequence = 0
        while True:
            await asyncio.sleep(_CHECKPOINT_S)
            sequence = await _checkpoint(tracking, writer, sequence)

    async def days() -> None:
        while True:
            await writer.prepare_days()
            await asyncio.sleep(_DAYS_S)

    return [("checkpoints", checkpoints()), ("partitions", days())]


async def _checkpoint(tracking: Tracking, writer: HistoryWriter, since: int) -> int:
    """Write the newest positions that changed since that sequence; the sequence they are of."""
    table = tracking.live.table
    sequence = table.sequence
    changed = np.flatnonzero((table.changed > since) & (table.fix_time > NEVER))
    if not len(changed):
        return sequence
    return sequence if await writer.checkpoint(table.rows(changed)) else since


def _measure(
    metrics: ProcessMetrics, intake: Intake, nmea: NmeaSource, writer: HistoryWriter, reception: Reception
) -> None:
    metrics.intake(intake.counts)
    metrics.gauge("gridwarden_intake_waiting", "fixes not yet durable", lambda: intake.waiting)
    metrics.gauge("gridwarden_nmea_connections", "open NMEA connections", lambda: len(nmea.tcp))
    metrics.counter(
        "gridwarden_nmea_sentences_refused", "NMEA sentences refused",
        lambda: nmea.counts.refused + nmea.counts.strangers,
    )  # fmt: skip
    metrics.counter(
        "gridwarden_device_requests_refused", "requests of devices refused, and fixes in them that could not be read",
        lambda: sum(reception.refused.values()),
    )  # fmt: skip
    metrics.gauge("gridwarden_spool_bytes", "bytes waiting in the spool", lambda: writer.spool_bytes)
