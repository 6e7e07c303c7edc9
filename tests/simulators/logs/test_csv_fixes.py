from __future__ import annotations

import pytest

from simulators.fleet.reports import Sample
from simulators.logs.csv_fixes import read_csv
from simulators.logs.errors import BadLog


def test_columns_are_found_by_name_and_empty_ones_are_unknown() -> None:
    text = b"longitude,latitude,time,speed,battery,remark\r\n2.5,1.5,2026-11-24T01:02:03Z,,0.5,x\r\n"
    assert read_csv(text) == [Sample(1_795_482_123_000, 1.5, 2.5, battery=0.5)]


@pytest.mark.parametrize(
    "time", ["2026-11-24T09:02:03+08:00", "2026-11-24 01:02:03", "1795482123", "1795482123000", "1795482123.0"]
)
def test_times_are_iso_or_since_1970(time: str) -> None:
    (sample,) = read_csv(f"time,latitude,longitude\n{time},1,2\n".encode())
    assert sample.time_ms == 1_795_482_123_000


def test_a_byte_order_mark_is_no_part_of_the_header() -> None:
    assert len(read_csv("\ufefftime,latitude,longitude\n0,1,2\n".encode())) == 1


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (b"", "no column time, latitude, longitude"),
        (b"time,lat,lon\n", "no column latitude, longitude"),
        (b"time,latitude,longitude\n", "no fix"),
        (b"time,latitude,longitude\n0,1,2\n0,x,2\n", "line 3: latitude"),
        (b"time,latitude,longitude\n0,1\n", "line 2: longitude"),
        (b"time,latitude,longitude\n0,1,inf\n", "line 2: longitude"),
        (b"\xff\xfe", "decode"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(text: bytes, fault: str) -> None:
    with pytest.raises(BadLog, match=fault):
        read_csv(text)
