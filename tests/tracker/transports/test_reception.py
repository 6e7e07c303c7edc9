"""The desk of the acknowledged device transports."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest

from tests.tracker.intake.registry_of import a_device
from tests.tracker.transports.device_fakes import NOW, a_reception, off_the_earth
from tracker.model.fix import Fix
from tracker.protocols.json_fixes import decode_fixes
from tracker.protocols.report import Report
from tracker.transports.errors import TooFast
from tracker.transports.reception import decoded

PHONE = a_device(1, "open")
FIX = Fix(fix_time=datetime(2026, 11, 24, tzinfo=UTC), latitude=1.5, longitude=2.5, event="sos")


async def test_a_report_with_fixes_is_submitted_with_what_few_of_them_have() -> None:
    reception, intake = a_reception()
    await reception.take_report("overland", PHONE, Report((FIX,), refused=("bad", "worse")), received_at=NOW)
    assert intake.places == [(1, 1.5, 2.5)]
    assert intake.batches[0].extras[0].event == "sos"
    assert reception.refused == {("overland", "Bad fix"): 2}


@pytest.mark.parametrize("no_fix", [True, False])
async def test_a_report_without_fixes_is_a_sighting(no_fix: bool) -> None:
    reception, intake = a_reception()
    await reception.take_report("osmand", PHONE, Report(no_fix=no_fix), received_at=NOW)
    assert intake.sightings == [(1, no_fix, NOW)]


async def test_what_the_pipeline_refuses_is_named_beside_what_could_not_be_read() -> None:
    reception, intake = a_reception()
    intake.judge = off_the_earth
    body = b'[3,{"time":"2026-11-24T01:02:03Z","latitude":91,"longitude":2},3]'
    fixes = decode_fixes(body, device=1, received_at=NOW)
    answer = await reception.take_decoded("json", PHONE, fixes, received_at=NOW)
    assert answer == {
        "accepted": 0,
        "rejected": [
            {"index": 0, "reason": "a fix is a JSON object"},
            {"index": 1, "reason": "latitude, longitude, speed or course out of range"},
            {"index": 2, "reason": "a fix is a JSON object"},
        ],
    }


async def test_unreadable_fixes_count_against_the_rate_too() -> None:
    reception, _ = a_reception(fixes_per_s=1.0, burst=2.0)
    fixes = decode_fixes(b'[{"time":"2026-11-24T01:02:03Z","latitude":1,"longitude":2},3]', device=1, received_at=NOW)
    await reception.take_decoded("json", PHONE, fixes, received_at=NOW)
    with pytest.raises(TooFast) as refusal:
        await reception.take_decoded("json", PHONE, fixes, received_at=NOW)
    assert refusal.value.retry_after_s == 2.0


async def test_a_large_message_is_decoded_beside_the_event_loop_and_a_small_one_on_it() -> None:
    here = threading.get_ident()
    assert await decoded(b"small", threading.get_ident) == here
    assert await decoded(b" " * 100_000, threading.get_ident) != here
