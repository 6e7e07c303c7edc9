"""The writer and a database that goes away and comes back: a gate between them refuses connections and cuts them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import psycopg
import pytest

from tests.tracker.history.gate import Gate
from tests.tracker.history.outcomes import NOON, a_batch, judged, moved
from tracker.history.spool import Spool
from tracker.history.store import HistoryStore
from tracker.history.writer import HistoryWriter
from tracker.intake.errors import StoreUnavailable
from tracker.model.batch import FixBatch
from tracker.model.live_row import LIVE_ROW
from tracker.model.refusal import Refusal


@pytest.fixture
async def gate(database_url: str) -> AsyncIterator[Gate]:
    at = urlsplit(database_url)
    assert at.hostname is not None
    assert at.port is not None
    async with Gate(at.hostname, at.port) as opened:
        yield opened


def writer_through(gate: Gate, database_url: str, spool: Path, *, limit: int = 1 << 24) -> HistoryWriter:
    store = HistoryStore(gate.url_of(database_url), now=lambda: NOON)
    return HistoryWriter(store, Spool(spool, limit=limit))


async def write(writer: HistoryWriter, batch: FixBatch) -> list[int]:
    async with asyncio.timeout(20):
        verdicts: list[int] = (await writer.write(judged(batch), batch)).tolist()
        return verdicts


async def count(url: str) -> int:
    async with await psycopg.AsyncConnection.connect(url) as connection:
        row = await (await connection.execute("SELECT count(*) FROM positions")).fetchone()
        assert row is not None
        return int(row[0])


async def drained(writer: HistoryWriter) -> None:
    async with asyncio.timeout(20):
        await writer.drained()


async def test_verdicts_stand_in_the_order_of_the_input(writer: HistoryWriter) -> None:
    batch = FixBatch.concatenate([a_batch(2, device=2), a_batch(2, device=1)])
    verdicts = await writer.write(judged(batch, refused={1: Refusal.JUMP}), batch)
    assert verdicts.tolist() == [0, Refusal.JUMP, 0, 0]
    other = moved(batch, 1.0)
    verdicts = await writer.write(judged(other, refused={0: Refusal.JUMP}, doubtful=True), other)
    assert verdicts.tolist() == [Refusal.JUMP, 0, Refusal.CONFLICT, Refusal.CONFLICT]


async def test_members_are_those_who_carried_the_device(
    writer: HistoryWriter, connection: psycopg.AsyncConnection
) -> None:
    batch = a_batch(2)
    await writer.write(judged(batch), batch, members=np.array([4, -1], np.int32))
    cursor = await connection.execute("SELECT member FROM positions ORDER BY fix_time")
    assert await cursor.fetchall() == [(4,), (None,)]


async def test_without_the_database_a_write_is_durable_in_the_spool(
    gate: Gate, database_url: str, tmp_path: Path
) -> None:
    async with writer_through(gate, database_url, tmp_path) as writer:
        await gate.shut()
        assert await write(writer, a_batch(5)) == [0] * 5
        assert writer.is_away
        assert writer.spool_bytes > 0
    left = Spool(tmp_path, limit=1 << 24)
    assert left.size > 0
    left.close()


async def test_what_was_spooled_is_stored_when_the_database_is_back(
    gate: Gate, database_url: str, tmp_path: Path
) -> None:
    async with writer_through(gate, database_url, tmp_path) as writer:
        await write(writer, a_batch(5))
        await gate.shut()
        for part in range(1, 4):
            await write(writer, a_batch(5, start=NOON + part * 60_000_000))
        await gate.open()
        await drained(writer)
        assert not writer.is_away
        assert await write(writer, a_batch(5, device=2)) == [0] * 5
        assert writer.spool_bytes == 0
    assert await count(database_url) == 25


async def test_a_spool_left_behind_is_stored_at_the_next_start(gate: Gate, database_url: str, tmp_path: Path) -> None:
    await gate.shut()
    async with writer_through(gate, database_url, tmp_path) as writer:
        await write(writer, a_batch(5))
    await gate.open()
    async with writer_through(gate, database_url, tmp_path) as writer:
        await drained(writer)
    assert await count(database_url) == 5


async def test_a_commit_that_nobody_confirmed_doubles_nothing(gate: Gate, database_url: str, tmp_path: Path) -> None:
    async with writer_through(gate, database_url, tmp_path) as writer:
        await write(writer, a_batch(1, device=9))
        gate.cut_after(b"COMMIT")
        assert await write(writer, a_batch(5)) == [0] * 5
        await drained(writer)
        assert writer.counts.spooled == 5
    assert await count(database_url) == 6


async def test_the_first_fix_of_an_instant_stays_though_it_waited_in_the_spool(
    gate: Gate, database_url: str, tmp_path: Path
) -> None:
    async with writer_through(gate, database_url, tmp_path) as writer:
        await gate.shut()
        await write(writer, a_batch(3))
        await write(writer, moved(a_batch(3), 1.0))
        await gate.open()
        await drained(writer)
        assert writer.counts.refused == {Refusal.CONFLICT: 3}
    assert await count(database_url) == 3


async def test_two_processes_that_store_the_same_fixes_store_each_once(database_url: str, tmp_path: Path) -> None:
    def opened(name: str) -> HistoryWriter:
        return HistoryWriter.on(database_url, tmp_path / name, spool_bytes=1 << 24, now=lambda: NOON)

    async with opened("one") as one, opened("two") as two:
        for part in range(10):
            batch = FixBatch.concatenate(
                [a_batch(20, device=device, start=NOON + part * 60_000_000) for device in range(1, 11)]
            )
            assert not any(verdict for verdicts in await asyncio.gather(write(one, batch), write(two, batch))
                           for verdict in verdicts)  # fmt: skip
        await drained(one)
        await drained(two)
    assert await count(database_url) == 2_000


async def test_a_full_spool_refuses_and_acknowledges_nothing(gate: Gate, database_url: str, tmp_path: Path) -> None:
    await gate.shut()
    async with writer_through(gate, database_url, tmp_path, limit=2_000) as writer:
        await write(writer, a_batch(5))
        with pytest.raises(StoreUnavailable):
            await write(writer, a_batch(50, device=2))


async def test_a_checkpoint_waits_for_better_times(gate: Gate, database_url: str, tmp_path: Path) -> None:
    rows = np.zeros(1, LIVE_ROW)
    rows["device"], rows["fix_time"] = 1, NOON
    async with writer_through(gate, database_url, tmp_path) as writer:
        await gate.shut()
        assert not await writer.checkpoint(rows)
        await gate.open()
        assert await writer.checkpoint(rows)
