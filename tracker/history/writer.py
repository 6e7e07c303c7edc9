"""The durable side of ingest: what was accepted is committed, or on disk in the spool while the database is away.

Theory of operation. Two states. *Straight*: a write goes to the database and returns when it is committed. *Spooling*,
entered when the database fails and left when the spool is empty: a write is appended to the spool and returns when that
is on disk, while a task stores the oldest record again and again until the database takes it. So the order of writes is
kept, and the first of two different fixes of one instant stays the stored one. Whether a write that failed had
committed is not known; it is stored again in the way that doubles nothing. What a killed program left in the spool is
stored when the next one starts.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import numpy as np
import numpy.typing as npt

from tracker.history.spool import Spool, SpoolFull
from tracker.history.store import DatabaseAway, HistoryStore
from tracker.history.write import Write
from tracker.intake.errors import StoreUnavailable
from tracker.model.batch import FixBatch
from tracker.model.live_row import LiveRows
from tracker.model.refusal import Refusal
from tracker.pipeline.outcome import Outcome

__all__ = ["HistoryWriter", "WriterCounts"]

_log = logging.getLogger(__name__)

Verdicts = npt.NDArray[np.int8]
T = TypeVar("T")

_FIRST_PAUSE_S = 0.05
_LONGEST_PAUSE_S = 2.0


@dataclass(slots=True)
class WriterCounts:
    """What went where since the start, and what the database refused; read by the metrics."""

    stored: int = 0
    spooled: int = 0
    refused: Counter[Refusal] = field(default_factory=Counter)


class HistoryWriter:
    """`async with HistoryWriter(store, spool) as writer: await writer.write(outcome, batch)`."""

    def __init__(self, store: HistoryStore, spool: Spool) -> None:
        self._store = store
        self._spool = spool
        self._database = ThreadPoolExecutor(1, "history database")
        self._disk = ThreadPoolExecutor(1, "history spool")
        self._away = False
        self._spooled = asyncio.Event()
        self._drained = asyncio.Event()
        self._drain: asyncio.Task[None] | None = None
        self.counts = WriterCounts()

    @classmethod
    def on(cls, url: str, spool_directory: Path, *, spool_bytes: int, now: Callable[[], int]) -> Self:
        """A writer for the database at `url`; now: microseconds UTC."""
        return cls(HistoryStore(url, now=now), Spool(spool_directory, limit=spool_bytes))

    @property
    def is_away(self) -> bool:
        """True while the database does not take writes."""
        return self._away

    @property
    def spool_bytes(self) -> int:
        """Bytes that wait in the spool."""
        return self._spool.size

    async def __aenter__(self) -> Self:
        """Begin to store what an earlier program left in the spool."""
        self._note_spooled()
        self._drain = asyncio.create_task(self._drain_spool(), name="history spool")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop; what is in the spool stays there for the next start."""
        assert self._drain is not None
        self._drain.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._drain
        await self._in(self._database, self._store.close)
        await self._in(self._disk, self._spool.close)
        self._database.shutdown()
        self._disk.shutdown()

    async def write(
        self, outcome: Outcome, batch: FixBatch, *, members: npt.NDArray[np.int32] | None = None
    ) -> Verdicts:
        """Return when every accepted row is durable; a Refusal code a row of `batch`. One call at a time.

        members: key of who carries the device, a row of `outcome.accepted`; -1 nobody. None: nobody carries any.
        A conflict that shows only when the spool is stored stays NONE here and is kept with the refused fixes.
        Raises StoreUnavailable: nothing was kept, or at least nothing may be acknowledged.
        """
        write = Write.of(outcome, batch, members)
        stored = await self._keep(write)
        verdicts = outcome.verdicts.copy()
        bad = np.flatnonzero(stored)
        if len(bad):
            verdicts[outcome.accepted_rows[bad]] = stored[bad]
            self._count_refused(stored)
        return verdicts

    async def checkpoint(self, rows: LiveRows) -> bool:
        """Make these the last known positions where they are newer; False while the database is away."""
        if self._away or not len(rows):
            return not self._away
        try:
            await self._in(self._database, lambda: self._store.checkpoint(rows))
        except DatabaseAway:
            return False  # the next write finds out for itself
        return True

    async def prepare_days(self) -> None:
        """Make the partitions of today and tomorrow, where there are partitions; nothing while the database is away."""
        with contextlib.suppress(DatabaseAway):
            await self._in(self._database, self._store.make_ready)

    async def drained(self) -> None:
        """Return when the spool is empty."""
        await self._drained.wait()

    async def _keep(self, write: Write) -> Verdicts:
        """Straight into the database, or into the spool; a Refusal code a position."""
        if not self._spool.size:
            try:
                stored = await self._in(self._database, lambda: self._store.write(write))
            except DatabaseAway as error:
                self._lost(error)
            else:
                self.counts.stored += len(write)
                return stored
        await self._to_spool(write)
        return np.zeros(len(write), np.int8)

    async def _to_spool(self, write: Write) -> None:
        try:
            await self._in(self._disk, lambda: self._spool.append(write.encode()))
        except SpoolFull as error:
            raise StoreUnavailable(f"the database is away, and {error}") from error
        self.counts.spooled += len(write)
        self._note_spooled()

    async def _drain_spool(self) -> None:
        pause = _FIRST_PAUSE_S
        while True:
            await self._spooled.wait()
            try:
                await self._store_oldest()
            except DatabaseAway as error:
                self._lost(error)
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE_S)
            else:
                self._back()
                pause = _FIRST_PAUSE_S

    async def _store_oldest(self) -> None:
        record = await self._in(self._disk, self._spool.peek)
        if record is not None:
            write = Write.decode(record)
            stored = await self._in(self._database, lambda: self._store.write(write, again=True))
            self.counts.stored += len(write)
            self._count_refused(stored)
            await self._in(self._disk, self._spool.take)
        self._note_spooled()

    def _count_refused(self, stored: Verdicts) -> None:
        self.counts.refused.update(Refusal(code) for code in stored[stored != Refusal.NONE].tolist())

    def _note_spooled(self) -> None:
        if self._spool.size:
            self._spooled.set()
            self._drained.clear()
        else:
            self._spooled.clear()
            self._drained.set()

    def _lost(self, error: DatabaseAway) -> None:
        if not self._away:
            _log.error("the database does not take writes: fixes go to the spool", extra={"reason": str(error)})
        self._away = True

    def _back(self) -> None:
        if self._away:
            _log.warning("the database takes writes again", extra={"spool_bytes": self._spool.size})
        self._away = False

    async def _in(self, thread: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(thread, work)
