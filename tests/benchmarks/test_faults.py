"""The fault bench: its bookkeeping, one fault in earnest, and the page that it writes."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest

from benchmarks.faults.__main__ import FAULTS, page, write_down
from benchmarks.faults.account import Account, Result
from benchmarks.faults.handhelds import Handhelds


def test_account_tells_what_was_acknowledged_and_is_not_stored_or_stored_twice() -> None:
    handhelds = Handhelds("http://127.0.0.1:1", {"a": "t", "b": "t"}, rate=1.0)
    handhelds.acknowledge("a", 3)
    handhelds.acknowledge("b", 2)
    first = handhelds.moment(0)
    stored = {"a": [first, first, handhelds.moment(2)], "b": [first, handhelds.moment(1), handhelds.moment(9)]}
    account = handhelds.account(stored)
    assert (account.acknowledged, account.stored, account.lost, account.doubled) == (5, 6, 1, 1)
    assert not account.is_whole


def test_every_fault_has_a_name_and_a_place_of_its_own() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)


def test_the_page_tells_a_missed_goal() -> None:
    missed = Result("kill -9", Account(sent=10, acknowledged=9, stored=8, lost=1), 1.25, "why", "0 lost", kept=False)
    results = {"machine": "m", FAULTS[0].name: {"number": 1, "share": 0.5, "load": 2.5, "rows": [asdict(missed)]}}
    line = page(results).splitlines()[-1]
    assert line == "| 1 | 2.5 | kill -9 (0.5 of the full length) | 10 | 9 | 8 | 1 | 0 | 1.2 | 0 lost | **no** | why |"


def test_what_a_fault_did_replaces_its_own_rows_only(tmp_path: Path) -> None:
    for number, fault in ((1, FAULTS[0]), (2, FAULTS[1]), (3, FAULTS[0])):
        write_down(tmp_path / "faults.json", fault, 1.0, 0.0, [Result(f"fault of run {number}", kept=True)])
    rows = (tmp_path / "faults.md").read_text(encoding="utf-8").splitlines()[-2:]
    assert ["fault of run 3" in rows[0], "fault of run 2" in rows[1]] == [True, True]


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_kill_9_of_the_server_under_load_loses_and_doubles_nothing() -> None:
    (result,) = await FAULTS[0].run(0.05)
    assert result.account.acknowledged > 0
    assert result.account.is_whole, result
    assert " 0 of them wrong" in result.notes
