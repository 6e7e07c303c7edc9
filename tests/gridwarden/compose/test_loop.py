from __future__ import annotations

import asyncio

import pytest

from gridwarden.compose.loop import ends_before


async def test_work_that_ends_first_is_done() -> None:
    assert await ends_before(asyncio.Event(), asyncio.sleep(0))


async def test_a_signal_cancels_the_work_and_waits_for_its_end() -> None:
    stop, cleaned = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        try:
            stop.set()
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            cleaned.set()

    async with asyncio.timeout(5):
        assert not await ends_before(stop, work())
    assert cleaned.is_set()


async def test_what_goes_wrong_in_the_work_is_raised() -> None:
    async def work() -> None:
        raise ValueError("a file")

    with pytest.raises(ValueError, match="a file"):
        await ends_before(asyncio.Event(), work())
