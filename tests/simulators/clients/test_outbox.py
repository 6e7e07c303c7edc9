from __future__ import annotations

import asyncio

import pytest

from simulators.clients.counts import Counts
from simulators.clients.errors import LinkLost
from simulators.clients.outbox import Outbox
from tests.simulators.samples import sample


def outbox_of(*latitudes: float, limit: int = 100) -> tuple[Outbox, Counts]:
    counts = Counts()
    outbox = Outbox(counts, limit=limit)
    for latitude in latitudes:
        outbox.put(sample(latitude=latitude))
    return outbox, counts


async def taken(outbox: Outbox, most: int = 10) -> list[float]:
    return [entry.sample.latitude for entry in await outbox.take(most)]


async def test_the_oldest_go_first() -> None:
    outbox, counts = outbox_of(1, 2, 3)
    assert await taken(outbox, 2) == [1, 2]
    assert await taken(outbox, 2) == [3]
    assert counts.sent == 3


async def test_what_was_not_settled_is_sent_again_in_order_and_counted_once() -> None:
    outbox, counts = outbox_of(1, 2, 3)
    await outbox.take(2)
    outbox.settle(1)
    outbox.recall()
    assert await taken(outbox) == [2, 3]
    outbox.settle(2)
    assert counts == Counts(sent=3, acknowledged=3, resent=1)
    assert len(outbox) == 0


async def test_a_full_memory_drops_the_oldest_and_counts_it() -> None:
    outbox, counts = outbox_of(1, 2, 3, limit=2)
    assert counts.dropped == 1
    assert await taken(outbox) == [2, 3]


async def test_refused_fixes_are_counted_apart() -> None:
    outbox, counts = outbox_of(1, 2, 3)
    await outbox.take(3)
    outbox.settle(3, rejected={1})
    assert (counts.acknowledged, counts.rejected) == (2, 1)


async def test_a_simulated_duplicate_is_a_resend_and_counts_nothing_else() -> None:
    outbox, counts = outbox_of(1)
    outbox.put(sample(latitude=1, is_again=True))
    await outbox.take(2)
    outbox.settle(2)
    assert counts == Counts(sent=1, acknowledged=1, resent=1)


async def test_without_acknowledgements_nothing_is_acknowledged() -> None:
    outbox, counts = outbox_of(1)
    await outbox.take(1)
    outbox.settle(1, is_acknowledged=False)
    assert counts == Counts(sent=1)


async def test_taking_waits_for_a_fix() -> None:
    outbox, _ = outbox_of()
    taking = asyncio.create_task(outbox.take(1))
    outbox.put(sample())
    async with asyncio.timeout(5):
        assert len(await taking) == 1


async def test_an_interruption_ends_the_wait_until_the_next_conversation() -> None:
    outbox, _ = outbox_of()
    taking = asyncio.create_task(outbox.take(1))
    outbox.interrupt(LinkLost("gone"))
    with pytest.raises(LinkLost, match="gone"):
        await taking
    outbox.recall()
    outbox.put(sample())
    assert len(await outbox.take(1)) == 1


async def test_emptied_means_settled() -> None:
    outbox, _ = outbox_of(1)
    waiting = asyncio.create_task(outbox.emptied())
    await outbox.take(1)
    assert not waiting.done()
    outbox.settle(1)
    async with asyncio.timeout(5):
        await waiting
