from __future__ import annotations

import asyncio

import pytest

from simulators.clients.counts import Counts
from simulators.running import print_counts, print_progress, run_until_stopped, stopped


async def test_waiting_ends_with_the_time_or_the_stop() -> None:
    stop = asyncio.Event()
    assert not await stopped(stop, 0.001)
    assert not await stopped(stop, -1)
    stop.set()
    async with asyncio.timeout(1):
        assert await stopped(stop, 100)


def test_the_status_of_the_program_is_that_of_its_main() -> None:
    async def main(stop: asyncio.Event) -> int:
        return 7 if not stop.is_set() else 0

    assert run_until_stopped(main) == 7


def test_counts_are_one_line_of_json_and_progress_goes_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    print_counts(Counts(sent=3, errors=1))
    print_progress(Counts(sent=3, errors=1), 2.5)
    out, err = capsys.readouterr()
    assert out == '{"sent": 3, "acknowledged": 0, "rejected": 0, "errors": 1, "resent": 0, "dropped": 0}\n'
    assert err == "    2.5 s  sent 3, errors 1\n"
