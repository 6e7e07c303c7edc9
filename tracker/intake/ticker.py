"""The heartbeat of ingest: whatever arrived within a tick is judged, shown and stored as one batch.

Two ways in. `submit` is for protocols that acknowledge: it returns when the rows are durable. A `Source` is a transport
without acknowledgements (NMEA): it collects bytes and is asked for its columns once a tick.

One way out, two speeds: the outcome of a tick goes at once to the live side, and into a queue to the store. The queue
is short: while it is full, ticks wait (a second at most) and grow instead, so that a slow store makes larger
commits, not a longer queue. What may wait in all is bounded in rows; beyond it `submit` raises Overloaded and sources
are told that there is no room, so that they stop reading.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

from tracker.intake.errors import IntakeError, Overloaded, StoreUnavailable
from tracker.model.batch import FixBatch
from tracker.model.refusal import Refusal
from tracker.pipeline.outcome import Outcome

__all__ = ["Intake", "IntakeCounts", "Source"]

_log = logging.getLogger(__name__)

Verdicts = npt.NDArray[np.int8]


class Source(Protocol):
    """A transport that is asked once a tick for what it collected."""

    def collect(self, received_at: int, *, room: bool) -> FixBatch | None:
        """The fixes decoded since the last call; room: False asks it to stop reading for now."""
        ...


class Store(Protocol):
    """The durable side."""

    async def write(self, outcome: Outcome, batch: FixBatch) -> Verdicts:
        """Return when every accepted row is durable, with the final verdicts. Raises StoreUnavailable."""
        ...


@dataclass(slots=True)
class IntakeCounts:
    """What came through since the start; read by the metrics."""

    accepted: int = 0
    late: int = 0
    stored: int = 0
    overloaded: int = 0
    failed: int = 0
    ticks: int = 0
    refused: dict[Refusal, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Piece:
    """What one caller handed in: its rows stand at [first, first + len) of the tick's batch."""

    batch: FixBatch
    durable: asyncio.Future[Verdicts] | None
    first: int = 0


@dataclass(slots=True)
class _Tick:
    batch: FixBatch
    outcome: Outcome
    pieces: list[_Piece]


class Intake:
    """Collects, runs the pipeline once a tick, shows, stores, and then tells who waits."""

    def __init__(
        self,
        *,
        judge: Callable[[FixBatch, int], Outcome],
        show: Callable[[Outcome], None],
        store: Store,
        hear: Callable[[int, bool, int], None],
        now: Callable[[], int],
        tick_s: float = 0.02,
        gather_s: float = 0.004,
        waiting_rows: int = 400_000,
    ) -> None:
        """judge: the pipeline (batch, now) -> Outcome. show: the live side; must not wait.

        hear: told of devices that are there without a fix (device, no fix, received_at). now: microseconds UTC.

        tick_s: between looks at the sources. gather_s: how long a submission waits for company.
        waiting_rows: bound of all rows not yet durable.
        """
        self._judge, self._show, self._store, self._now = judge, show, store, now
        self._hear = hear
        self._tick_s, self._gather_s = tick_s, gather_s
        self._limit = waiting_rows
        self._sources: list[Source] = []
        self._pieces: list[_Piece] = []
        self._waiting = 0
        self._work = asyncio.Event()
        self._stopping = False
        self._queue: asyncio.Queue[_Tick] = asyncio.Queue(maxsize=2)
        self.counts = IntakeCounts()

    @property
    def waiting(self) -> int:
        """Rows handed in and not yet durable."""
        return self._waiting

    def add_source(self, source: Source) -> None:
        """Ask this transport once a tick."""
        self._sources.append(source)

    def wake(self) -> None:
        """A source has something: tick soon."""
        self._work.set()

    def sighting(self, device: int, *, no_fix: bool, received_at: int) -> None:
        """A device is there but sent no fix; no_fix: it says that it has none. received_at: microseconds."""
        self._hear(device, no_fix, received_at)

    async def submit(self, batch: FixBatch) -> Verdicts:
        """Wait until every accepted row of the batch is durable; a Refusal code a row.

        Raises Overloaded and StoreUnavailable: nothing was acknowledged, the device sends again.
        """
        if self._stopping or self._waiting + len(batch) > self._limit:
            self.counts.overloaded += 1
            raise Overloaded
        durable: asyncio.Future[Verdicts] = asyncio.get_running_loop().create_future()
        self._pieces.append(_Piece(batch, durable))
        self._waiting += len(batch)
        self._work.set()
        return await durable

    async def run(self) -> None:
        """Tick until `stop`; returns when all that was taken is durable."""
        writer = asyncio.create_task(self._write(), name="intake writer")
        try:
            await self._tick_until_stopped()
            await self._queue.join()
        finally:
            writer.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await writer
            self._fail(self._pieces, StoreUnavailable())

    def stop(self) -> None:
        """Take no more; `run` ends when the last row is durable."""
        self._stopping = True
        self._work.set()

    async def _tick_until_stopped(self) -> None:
        while True:
            await self._work.wait()
            self._work.clear()
            stopping = self._stopping
            await asyncio.sleep(self._gather_s if self._pieces else self._tick_s)
            await self._room_to_write()
            self._collect()
            if self._pieces:
                await self._one_tick()
            if stopping:
                return

    async def _room_to_write(self) -> None:
        """Let the store catch up, but keep the map alive: a second at most."""
        for _ in range(50):
            if not self._queue.full():
                return
            await asyncio.sleep(self._tick_s)

    def _collect(self) -> None:
        received_at, room = self._now(), self._waiting < self._limit
        for source in self._sources:
            batch = source.collect(received_at, room=room)
            if batch is not None and len(batch):
                self._pieces.append(_Piece(batch, None))
                self._waiting += len(batch)

    async def _one_tick(self) -> None:
        pieces, self._pieces = self._pieces, []
        for tick in self._judged(pieces):
            self._count(tick.outcome)
            self._show(tick.outcome)
            await self._queue.put(tick)

    def _judged(self, pieces: list[_Piece]) -> list[_Tick]:
        """One tick of all pieces; where the pipeline fails on them together, each by itself."""
        first = 0
        for piece in pieces:
            piece.first, first = first, first + len(piece.batch)
        batch = FixBatch.concatenate([piece.batch for piece in pieces])
        try:
            return [_Tick(batch, self._judge(batch, self._now()), pieces)]
        except Exception:  # noqa: BLE001 - supervisor of one tick; nothing is acknowledged
            self.counts.failed += 1
            _log.exception("the pipeline failed on a batch", extra={"rows": len(batch), "pieces": len(pieces)})
        if len(pieces) == 1:
            self._fail(pieces, StoreUnavailable("the server failed on these fixes"))
            return []
        return [tick for piece in pieces for tick in self._judged([piece])]

    async def _write(self) -> None:
        while True:
            tick = await self._queue.get()
            try:
                verdicts = await self._store.write(tick.outcome, tick.batch)
            except IntakeError as error:
                self._fail(tick.pieces, error)
            except Exception as error:  # noqa: BLE001 - supervisor of one write; nothing is acknowledged
                _log.exception("the store failed on a batch", extra={"rows": len(tick.batch)})
                self.counts.failed += 1
                self._fail(tick.pieces, StoreUnavailable(f"storing failed: {type(error).__name__}"))
            else:
                self._settle(tick, verdicts)
            finally:
                self._queue.task_done()

    def _settle(self, tick: _Tick, verdicts: Verdicts) -> None:
        self.counts.stored += int(np.count_nonzero(verdicts == Refusal.NONE))
        for piece in tick.pieces:
            rows = len(piece.batch)
            self._waiting -= rows
            if piece.durable is not None and not piece.durable.done():
                piece.durable.set_result(verdicts[piece.first : piece.first + rows])

    def _fail(self, pieces: Sequence[_Piece], error: IntakeError) -> None:
        for piece in pieces:
            self._waiting -= len(piece.batch)
            if piece.durable is not None and not piece.durable.done():
                piece.durable.set_exception(error)

    def _count(self, outcome: Outcome) -> None:
        counts = self.counts
        counts.ticks += 1
        counts.accepted += len(outcome.accepted)
        counts.late += int(np.count_nonzero(outcome.late))
        codes, numbers = np.unique(outcome.verdicts, return_counts=True)
        for code, number in zip(codes.tolist(), numbers.tolist(), strict=True):
            if code != Refusal.NONE:
                reason = Refusal(code)
                counts.refused[reason] = counts.refused.get(reason, 0) + number
