"""The heartbeat of ingest: acknowledged means stored, whatever fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import numpy as np
import numpy.typing as npt
import pytest

from tests.tracker.pipeline.batches import NOW, a_batch
from tracker.intake.errors import Overloaded, StoreUnavailable
from tracker.intake.live_rows import live_rows
from tracker.intake.ticker import Intake
from tracker.model.batch import Extra, FixBatch
from tracker.model.refusal import Refusal
from tracker.pipeline.geofencing import FenceSet
from tracker.pipeline.limits import Limits
from tracker.pipeline.outcome import Outcome
from tracker.pipeline.pipeline import Pipeline
from tracker.pipeline.states import DeviceStates


class Store:
    """Keeps batches once its gate is open; fails while told to."""

    def __init__(self) -> None:
        self.kept: list[FixBatch] = []
        self.open = asyncio.Event()
        self.open.set()
        self.failure: Exception | None = None

    async def write(self, outcome: Outcome, batch: FixBatch) -> npt.NDArray[np.int8]:
        await self.open.wait()
        if self.failure is not None:
            raise self.failure
        self.kept.append(outcome.accepted)
        return outcome.verdicts


def fix(device: int, second: int = 0, latitude: float = 51.0) -> FixBatch:
    return a_batch([device], [NOW + second * 1_000_000], [latitude], [71.0])


@asynccontextmanager
async def running(
    store: Store, *, judge: Callable[[FixBatch, int], Outcome] | None = None, rows: int = 1000
) -> AsyncIterator[Intake]:
    pipeline = Pipeline(Limits(), DeviceStates(), FenceSet())
    intake = Intake(
        judge=judge or (lambda batch, now: pipeline.run(batch, now=now)), show=lambda _: None, store=store,
        hear=lambda *_: None, now=lambda: NOW, tick_s=0.001, gather_s=0.001, waiting_rows=rows,
    )  # fmt: skip
    task = asyncio.create_task(intake.run())
    yield intake
    store.open.set()
    intake.stop()
    async with asyncio.timeout(10):
        await task


async def test_a_submission_is_answered_only_when_it_is_durable() -> None:
    store = Store()
    store.open.clear()
    async with running(store) as intake:
        waiting = asyncio.create_task(intake.submit(fix(1)))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.shield(waiting), 0.05)
        store.open.set()
        assert (await waiting).tolist() == [Refusal.NONE]
    assert intake.waiting == 0
    assert intake.counts.stored == 1


async def test_each_caller_hears_of_its_own_fixes() -> None:
    async with running(Store()) as intake:
        good, bad = await asyncio.gather(intake.submit(fix(1)), intake.submit(fix(2, latitude=95.0)))
    assert (good.tolist(), bad.tolist()) == ([Refusal.NONE], [Refusal.OUT_OF_RANGE])


async def test_too_much_waiting_is_refused() -> None:
    store = Store()
    store.open.clear()
    async with running(store, rows=2) as intake:
        waiting = [asyncio.create_task(intake.submit(fix(device))) for device in (1, 2)]
        await asyncio.sleep(0)
        with pytest.raises(Overloaded):
            await intake.submit(fix(3))
        store.open.set()
        await asyncio.gather(*waiting)


async def test_a_store_that_fails_acknowledges_nothing() -> None:
    store = Store()
    store.failure = StoreUnavailable()
    async with running(store) as intake:
        with pytest.raises(StoreUnavailable):
            await intake.submit(fix(1))
        store.failure = ValueError("a fault of ours")
        with pytest.raises(StoreUnavailable):
            await intake.submit(fix(1, 1))
        store.failure = None
        assert (await intake.submit(fix(1, 2))).tolist() == [Refusal.NONE]
    assert intake.waiting == 0


async def test_fixes_on_which_the_pipeline_fails_cost_the_others_nothing() -> None:
    pipeline = Pipeline(Limits(), DeviceStates(), FenceSet())

    def judge(batch: FixBatch, now: int) -> Outcome:
        if 13 in batch.device:
            raise ValueError("a fault of ours")
        return pipeline.run(batch, now=now)

    async with running(Store(), judge=judge) as intake:
        results = await asyncio.gather(*(intake.submit(fix(device)) for device in (12, 13, 14)), return_exceptions=True)
    assert [isinstance(result, StoreUnavailable) for result in results] == [False, True, False]


async def test_stopping_makes_durable_what_was_taken() -> None:
    store = Store()
    async with running(store) as intake:
        waiting = [asyncio.create_task(intake.submit(fix(device))) for device in range(1, 6)]
        await asyncio.sleep(0)
        intake.stop()
        assert len(await asyncio.gather(*waiting)) == 5
        with pytest.raises(Overloaded):
            await intake.submit(fix(9))
    assert sum(map(len, store.kept)) == 5


async def test_a_source_is_asked_and_told_when_there_is_no_room() -> None:
    store, rooms = Store(), list[bool]()

    class Source:
        def collect(self, received_at: int, *, room: bool) -> FixBatch | None:
            rooms.append(room)
            return fix(len(rooms)) if len(rooms) < 4 else None

    store.open.clear()
    async with running(store, rows=2) as intake:
        intake.add_source(Source())
        async with asyncio.timeout(5):
            while len(rooms) < 4:
                intake.wake()
                await asyncio.sleep(0.002)
        assert rooms[0] is True
        assert rooms[3] is False


def test_the_live_side_hears_the_newest_of_each_device() -> None:
    batch = a_batch([1, 1, 2], [NOW - 1, NOW, NOW], [51.0, 51.0001, 52.0], [71.0] * 3)
    batch = FixBatch(
        **{name: getattr(batch, name) for name in batch.__slots__ if name != "extras"}, extras={2: Extra("sos")}
    )
    rows = live_rows(Pipeline(Limits(), DeviceStates(), FenceSet()).run(batch, now=NOW))
    assert rows["device"].tolist() == [1, 2]
    assert rows["latitude"].tolist() == [51.0001, 52.0]
    assert rows["emergency"].tolist() == [0, 1]
