from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import datetime, timedelta

import gpxpy
import numpy as np
import pytest
from psycopg_pool import AsyncConnectionPool
from pydantic import ValidationError

from registry.api.problems import BadRequest, NotFound
from registry.api.route import Route
from tests.tracker.history.city import a_caller, answer, found_city, reassign, route_of, stored
from tests.tracker.history.outcomes import NOON, a_batch, judged
from tracker.history.api import routes
from tracker.history.service import HistoryService
from tracker.history.store import HistoryStore
from tracker.history.write import Write
from tracker.model.batch import Extra, instant
from tracker.model.refusal import Refusal

MINUTE_US = 60_000_000
DAY = {"from": instant(NOON - 720 * MINUTE_US).isoformat(), "to": instant(NOON + 720 * MINUTE_US).isoformat()}
CITY, NORTH, SOUTH = a_caller(1), a_caller(2), a_caller(3)


@pytest.fixture
async def table(pool: AsyncConnectionPool) -> list[Route]:
    await found_city(pool)
    return routes(HistoryService(pool))


async def test_a_track_is_columns_in_order_of_fix_time(table: list[Route], database_url: str) -> None:
    stored(database_url, a_batch(3, start=NOON + MINUTE_US), member=1)
    stored(database_url, a_batch(2), member=1)
    said = await answer(route_of(table, "/members/{id}/track"), DAY, caller=CITY, id="anna")
    assert (said["member"], said["name"], said["count"], said["stored"]) == ("anna", "Anna", 5, 5)
    assert said["time"][0] == "2026-11-24T12:00:00Z"
    assert said["time"] == sorted(said["time"])
    assert said["latitude"] == [26.0, 26.00001, 26.0, 26.00001, 26.00002]
    assert said["speed"] == [1.25] * 5
    assert said["course"] == [None] * 5


async def test_a_simplified_track_keeps_its_shape_and_says_how_long_it_was(
    table: list[Route], database_url: str
) -> None:
    batch = a_batch(101)
    longitude = np.where(np.arange(101) == 50, 119.301, 119.3)  # a hundred metres aside, once
    stored(database_url, replace(batch, longitude=longitude), member=1)
    query = DAY | {"simplify": "10"}
    said = await answer(route_of(table, "/members/{id}/track"), query, caller=CITY, id="anna")
    assert (said["stored"], said["count"]) == (101, 5)
    assert 119.301 in said["longitude"]


async def test_trips_and_stops_come_in_order_of_time(table: list[Route], database_url: str) -> None:
    standing = a_batch(30, step_us=10 * 1_000_000)
    walking = a_batch(60, start=NOON + 10 * MINUTE_US, step_us=10 * 1_000_000)
    stored(database_url, replace(standing, latitude=np.full(30, 26.0), speed=np.zeros(30, np.float32)), member=1)
    stored(database_url, replace(walking, latitude=26.0 + np.arange(60, dtype=np.float64) * 1e-4), member=1)
    said = await answer(route_of(table, "/members/{id}/trips"), DAY, caller=CITY, id="anna")
    assert [leg["kind"] for leg in said["items"]] == ["stop", "trip"]
    trip = said["items"][1]
    assert trip["distance"] == pytest.approx(59 * 11.12, rel=0.05)
    assert trip["average_speed"] == pytest.approx(1.11, rel=0.05)
    assert trip["end"] == "2026-11-24T12:19:50Z"


async def test_a_member_without_positions_made_no_trips(table: list[Route]) -> None:
    said = await answer(route_of(table, "/members/{id}/trips"), DAY, caller=CITY, id="anna")
    assert said["items"] == []


async def test_a_track_as_geojson_is_a_line(table: list[Route], database_url: str) -> None:
    stored(database_url, a_batch(2), member=1)
    query = DAY | {"format": "geojson"}
    said = await answer(route_of(table, "/members/{id}/track"), query, caller=CITY, id="anna")
    assert said["geometry"] == {"type": "LineString", "coordinates": [[119.3, 26.0], [119.3, 26.00001]]}
    assert said["properties"]["time"] == ["2026-11-24T12:00:00Z", "2026-11-24T12:00:01Z"]


async def test_a_member_without_positions_has_an_empty_track(table: list[Route]) -> None:
    said = await answer(route_of(table, "/members/{id}/track"), DAY, caller=CITY, id="anna")
    assert (said["count"], said["time"]) == (0, [])
    said = await answer(route_of(table, "/members/{id}/track"), DAY | {"format": "geojson"}, caller=CITY, id="anna")
    assert said["geometry"] is None


@pytest.mark.parametrize("path", ["track", "track.gpx", "track.kml", "track.csv", "trips"])
async def test_members_of_other_subtrees_do_not_exist(table: list[Route], path: str) -> None:
    route = route_of(table, "/members/{id}/" + path)
    await answer(route, DAY, caller=NORTH, id="anna")
    with pytest.raises(NotFound, match="anna"):
        await answer(route, DAY, caller=SOUTH, id="anna")


async def test_what_a_device_did_under_another_carrier_is_not_the_new_ones_track(
    table: list[Route], database_url: str
) -> None:
    stored(database_url, a_batch(3), member=1)
    await reassign(database_url, 1, 2)
    stored(database_url, a_batch(2, start=NOON + MINUTE_US), member=2)
    track = route_of(table, "/members/{id}/track")
    assert (await answer(track, DAY, caller=CITY, id="anna"))["count"] == 3
    assert (await answer(track, DAY, caller=CITY, id="bo"))["count"] == 2


async def test_a_fix_stored_for_nobody_belongs_to_who_carried_the_device_then(
    table: list[Route], database_url: str
) -> None:
    stored(database_url, a_batch(3, start=NOON - 90 * 1440 * MINUTE_US))
    long_ago = {"from": "2026-01-01T00:00:00Z", "to": "2026-11-01T00:00:00Z"}
    track = route_of(table, "/members/{id}/track")
    assert (await answer(track, long_ago, caller=CITY, id="anna"))["count"] == 3
    await reassign(database_url, 1, 2)
    assert (await answer(track, long_ago, caller=CITY, id="anna"))["count"] == 3
    assert (await answer(track, long_ago, caller=CITY, id="bo"))["count"] == 0


async def test_a_span_that_ends_before_it_begins_is_a_bad_request(table: list[Route]) -> None:
    with pytest.raises(BadRequest, match="later"):
        await answer(
            route_of(table, "/members/{id}/track"), {"from": DAY["to"], "to": DAY["from"]}, caller=CITY, id="anna"
        )


@pytest.mark.parametrize(
    "query",
    [{}, {"from": "2026-01-01T00:00:00", "to": "2026-01-02T00:00:00"}, DAY | {"simplify": "nan"}, DAY | {"what": "1"}],
)
def test_queries_that_say_too_little_or_too_much_are_refused(query: dict[str, str]) -> None:
    route = route_of(routes(HistoryService(None)), "/members/{id}/track")  # type: ignore[arg-type]  # never asked
    assert route.query is not None
    with pytest.raises(ValidationError):
        route.query.model_validate(query)


async def test_gpx_is_read_by_another_reader(table: list[Route], database_url: str) -> None:
    batch = replace(a_batch(3), altitude=np.array([np.nan, 12.3, 13.0], np.float32))
    stored(database_url, batch, member=1)
    data = await answer(route_of(table, "/members/{id}/track.gpx"), DAY, caller=CITY, id="anna")
    [track] = gpxpy.parse(data.decode()).tracks
    assert track.name == "Anna"
    points = track.segments[0].points
    assert [(p.latitude, p.longitude, p.elevation) for p in points] == [
        (26.0, 119.3, None), (26.00001, 119.3, 12.3), (26.00002, 119.3, 13.0),
    ]  # fmt: skip
    assert points[0].time == instant(NOON)


async def test_kml_has_a_time_and_a_place_a_position(table: list[Route], database_url: str) -> None:
    stored(database_url, a_batch(3), member=1)
    data = await answer(route_of(table, "/members/{id}/track.kml"), DAY, caller=CITY, id="anna")
    root = ET.fromstring(data)
    kml = "{http://www.opengis.net/kml/2.2}"
    gx = "{http://www.google.com/kml/ext/2.2}"
    assert next(one.text for one in root.iter(f"{kml}when")) == "2026-11-24T12:00:00Z"
    assert [one.text for one in root.iter(f"{gx}coord")] == [f"119.3 {26 + n * 1e-5!r} 0" for n in range(3)]


async def test_csv_has_the_wire_names_and_full_precision(table: list[Route], database_url: str) -> None:
    stored(database_url, replace(a_batch(1), latitude=np.array([26.080112345678])), member=1)
    data = await answer(route_of(table, "/members/{id}/track.csv"), DAY, caller=CITY, id="anna")
    [row] = csv.DictReader(io.StringIO(data.decode()))
    assert (row["time"], row["latitude"], row["speed"]) == ("2026-11-24T12:00:00Z", "26.080112345678", "1.25")
    assert row["course"] == ""


async def test_replay_shows_where_everybody_was_then(table: list[Route], database_url: str) -> None:
    stored(database_url, a_batch(100), member=1)
    stored(database_url, a_batch(5, device=2, start=NOON - 30 * MINUTE_US), member=2)
    replay = route_of(table, "/replay")
    at = {"at": instant(NOON + 50_500_000).isoformat()}
    everybody = await answer(replay, at, caller=CITY)
    assert [(one["member"], one["time"]) for one in everybody["items"]] == [
        ("anna", "2026-11-24T12:00:50Z"),
        ("bo", "2026-11-24T11:30:04Z"),
    ]
    assert [one["member"] for one in (await answer(replay, at | {"window": 600}, caller=CITY))["items"]] == ["anna"]
    assert [one["member"] for one in (await answer(replay, at, caller=SOUTH))["items"]] == ["bo"]
    narrowed = await answer(replay, at | {"organisation": "north"}, caller=CITY)
    assert [one["member"] for one in narrowed["items"]] == ["anna"]
    assert (await answer(replay, at | {"organisation": "north"}, caller=SOUTH))["items"] == []


async def test_stored_fixes_come_in_pages_oldest_first(table: list[Route], database_url: str) -> None:
    stored(database_url, a_batch(5, extras={0: Extra("sos", {"steps": 7})}))
    route = route_of(table, "/fixes")
    query = {"device": "phone-1", "limit": 2}
    first = await answer(route, query, caller=NORTH)
    assert (first["items"][0]["event"], first["items"][0]["attributes"]) == ("sos", {"steps": 7})
    second = await answer(route, query | {"cursor": first["next"]}, caller=NORTH)
    third = await answer(route, query | {"cursor": second["next"]}, caller=NORTH)
    times = [fix["time"] for page in (first, second, third) for fix in page["items"]]
    assert times == [f"2026-11-24T12:00:0{second}Z" for second in range(5)]
    assert third["next"] is None


async def test_refused_fixes_come_with_their_reason_the_newest_first(table: list[Route], database_url: str) -> None:
    batch = a_batch(3)
    store = HistoryStore(database_url, now=lambda: NOON)
    store.write(Write.of(judged(batch, refused=dict.fromkeys(range(3), Refusal.JUMP)), batch, None))
    store.close()
    route = route_of(table, "/fixes/refused")
    first = await answer(route, {"device": "phone-1", "limit": 2}, caller=NORTH)
    assert [fix["time"] for fix in first["items"]] == ["2026-11-24T12:00:02Z", "2026-11-24T12:00:01Z"]
    assert first["items"][0]["reason"] == Refusal.JUMP.word
    second = await answer(route, {"device": "phone-1", "limit": 2, "cursor": first["next"]}, caller=NORTH)
    assert [fix["time"] for fix in second["items"]] == ["2026-11-24T12:00:00Z"]
    assert second["next"] is None


@pytest.mark.parametrize("path", ["/fixes", "/fixes/refused"])
async def test_devices_of_other_subtrees_do_not_exist(table: list[Route], path: str) -> None:
    with pytest.raises(NotFound, match="phone-1"):
        await answer(route_of(table, path), {"device": "phone-1"}, caller=SOUTH)


@pytest.mark.parametrize("cursor", ["!", "bm90IG91cnM=", "MjAyNnwx"])
@pytest.mark.parametrize("path", ["/fixes", "/fixes/refused"])
async def test_a_made_up_cursor_is_a_bad_request(table: list[Route], path: str, cursor: str) -> None:
    with pytest.raises(BadRequest, match="cursor"):
        await answer(route_of(table, path), {"device": "phone-1", "cursor": cursor}, caller=CITY)


async def test_a_day_at_one_a_second_is_read_fast_enough_to_be_looked_at(table: list[Route], database_url: str) -> None:
    stored(database_url, a_batch(86_400, start=NOON - 43_200 * 1_000_000), member=1)
    said = await answer(route_of(table, "/members/{id}/track"), DAY, caller=CITY, id="anna")
    assert said["count"] == 86_400
    assert datetime.fromisoformat(said["time"][-1]) == instant(NOON) + timedelta(seconds=43_199)
