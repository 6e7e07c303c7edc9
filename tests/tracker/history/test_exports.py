from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import gpxpy
import orjson
from hypothesis import given
from hypothesis import strategies as st

from tests.tracker.history.outcomes import NOON
from tracker.history.exports import fixes_as_csv, fixes_as_gpx, fixes_as_jsonl, fixes_of_track, track_as_kml
from tracker.history.tracks import NO_TRACK, TRACK_ROW
from tracker.model.batch import instant
from tracker.model.fix import Fix

FIXES = st.builds(
    Fix,
    fix_time=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
    latitude=st.floats(-90, 90),
    longitude=st.floats(-180, 180),
    speed_over_ground=st.none() | st.floats(0, 100),
    altitude_msl=st.none() | st.floats(-400, 9_000),
    event=st.none() | st.text(max_size=5),
)


async def of(fixes: list[Fix]) -> AsyncIterator[Fix]:
    for fix in fixes:
        yield fix


async def whole(chunks: AsyncIterator[bytes]) -> bytes:
    return b"".join([chunk async for chunk in chunks])


@given(st.lists(FIXES, max_size=4))
async def test_json_lines_lose_nothing(fixes: list[Fix]) -> None:
    lines = [orjson.loads(line) for line in (await whole(fixes_as_jsonl(of(fixes)))).splitlines()]
    assert [(line["latitude"], line["longitude"], line.get("event")) for line in lines] == [
        (fix.latitude, fix.longitude, fix.event) for fix in fixes
    ]
    assert [datetime.fromisoformat(line["time"]) for line in lines] == [fix.fix_time for fix in fixes]


@given(st.lists(FIXES, max_size=4), st.text(max_size=9))
async def test_gpx_is_read_by_another_reader_whatever_the_name(fixes: list[Fix], name: str) -> None:
    [track] = gpxpy.parse((await whole(fixes_as_gpx(of(fixes), name))).decode()).tracks
    points = track.segments[0].points if track.segments else []
    assert [(point.latitude, point.longitude, point.elevation) for point in points] == [
        (fix.latitude, fix.longitude, fix.altitude_msl) for fix in fixes
    ]


async def test_a_long_export_comes_in_pieces() -> None:
    fixes = [Fix(fix_time=instant(NOON) + timedelta(seconds=n), latitude=1.0, longitude=2.0) for n in range(2_500)]
    chunks = [chunk async for chunk in fixes_as_csv(of(fixes))]
    assert len(chunks) == 4
    assert b"".join(chunks).count(b"\r\n") == 2_501


async def test_the_export_of_nothing_is_still_a_document() -> None:
    assert (await whole(fixes_as_csv(of([])))).startswith(b"time,latitude,longitude")
    assert gpxpy.parse((await whole(fixes_as_gpx(of([]), "none"))).decode()).tracks[0].name == "none"
    ET.fromstring(b"".join(track_as_kml(NO_TRACK, "a < b")))
    assert TRACK_ROW.names
    assert [fix async for fix in fixes_of_track(NO_TRACK)] == []
