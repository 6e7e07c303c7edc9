"""A short version of benchmarks: that they run and count, not how fast."""

from __future__ import annotations

import pytest

from benchmarks import broker, decode, fan_out, history, ingest, nearest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def test_every_reader_of_nmea_takes_its_turns() -> None:
    rows = decode.main(0.5)
    assert {"ours, one by one", "pynmea2"} < {row.name for row in rows}
    assert min(row.us_a_sentence for row in rows) > 0
    assert len({row.turns for row in rows}) == 1


def test_the_nearest_are_asked_of_us_numpy_and_redis() -> None:
    (row,) = nearest.main(0.5, [nearest.Case("small", 2_000, True, nearest.EVERYBODY, "")])
    assert row.p50 > 0
    assert row.redis_p50
    assert row.redis_p50 > 0


def test_every_viewer_sees_every_tick() -> None:
    (row,) = fan_out.main(2, [fan_out.Case("small", 5, 2, 2)])
    assert row.late == 0
    assert row.bytes > 0


def test_viewers_of_a_broker_get_what_ours_get() -> None:
    (row,) = broker.main(2, (3,), 1)
    assert row.core > 0
    if row.broker_core is None:
        pytest.skip("no mosquitto: apt-get install mosquitto")
    assert row.broker_p99_ms


def test_all_that_is_sent_is_stored() -> None:
    (row,) = ingest.main(1, [ingest.Case("small", "json", 10, 500, "")])
    assert row.stored == row.sent > 0


def test_the_past_is_asked_at_each_size() -> None:
    rows = history.main(1, [5_000, 10_000], members=50)
    assert [row.name.partition(" ")[0] for row in rows] == ["5,000"] * 3 + ["10,000"] * 3
    moments = [row for row in rows if "everybody" in row.name]
    assert [row.answered for row in moments] == [50, 50]
    assert all(row.p50_ms > 0 for row in rows)
