from __future__ import annotations

import asyncio

import pytest

from simulators.clients.counts import Counts
from simulators.clients.errors import LinkLost, LinkTrouble
from simulators.clients.outbox import Outbox
from simulators.clients.sender import Patience, keep_sending
from tests.simulators.samples import sample

IMPATIENT = Patience(first=0.001, longest=0.004)


async def test_a_conversation_begins_when_there_is_something_to_say() -> None:
    outbox, begun = Outbox(Counts()), asyncio.Event()

    async def converse(outbox: Outbox) -> None:
        begun.set()
        await outbox.take(1)
        await asyncio.Event().wait()

    sender = asyncio.create_task(keep_sending(converse, outbox, Counts(), IMPATIENT))
    await asyncio.sleep(0)
    assert not begun.is_set()
    outbox.put(sample())
    async with asyncio.timeout(5):
        await begun.wait()
    sender.cancel()
    await asyncio.gather(sender, return_exceptions=True)


@pytest.mark.parametrize("trouble", [LinkLost("x"), ConnectionRefusedError(), TimeoutError(), EOFError()])
async def test_trouble_is_counted_and_what_was_taken_is_taken_again(trouble: Exception) -> None:
    counts, done = Counts(), asyncio.Event()
    outbox = Outbox(counts)
    outbox.put(sample())

    async def converse(outbox: Outbox) -> None:
        await outbox.take(1)
        if counts.errors < 2:
            raise trouble
        outbox.settle(1)
        done.set()
        await asyncio.Event().wait()

    sender = asyncio.create_task(keep_sending(converse, outbox, counts, IMPATIENT))
    async with asyncio.timeout(5):
        await done.wait()
    sender.cancel()
    await asyncio.gather(sender, return_exceptions=True)
    assert counts == Counts(sent=1, acknowledged=1, errors=2, resent=2)


async def test_a_broken_contract_is_not_mistaken_for_trouble() -> None:
    outbox = Outbox(Counts())
    outbox.put(sample())

    async def converse(outbox: Outbox) -> None:
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError, match="a bug"):
        await keep_sending(converse, outbox, Counts(), IMPATIENT)


def test_all_trouble_has_one_root() -> None:
    assert issubclass(LinkLost, LinkTrouble)
