"""What the command line reads; the people's side is tested through its routes."""

from __future__ import annotations

import csv
import io

import gpxpy
import orjson
import psycopg
import pytest

from registry.api.problems import NotFound
from tests.tracker.history.outcomes import NOON, a_batch, judged
from tracker.history.queries import export_positions
from tracker.history.store import HistoryStore
from tracker.history.write import Write
from tracker.model.batch import Extra, instant


async def exported(connection: psycopg.AsyncConnection, file_format: str, **span: object) -> bytes:
    chunks = export_positions(connection, "phone", file_format=file_format, **span)  # type: ignore[arg-type]  # a span
    return b"".join([chunk async for chunk in chunks])


@pytest.fixture
async def filled(store: HistoryStore, connection: psycopg.AsyncConnection) -> psycopg.AsyncConnection:
    await connection.execute("INSERT INTO devices (key, id) VALUES (1, 'phone')")
    batch = a_batch(3, extras={1: Extra("=sos", {"steps": 7, "latitude": "nonsense"})})
    store.write(Write.of(judged(batch), batch, None))
    return connection


async def test_json_lines_are_what_devices_send_oldest_first(filled: psycopg.AsyncConnection) -> None:
    lines = [orjson.loads(line) for line in (await exported(filled, "jsonl")).splitlines()]
    assert lines[0] == {
        "time": "2026-11-24T12:00:00Z", "latitude": 26.0, "longitude": 119.3, "speed": 1.25, "accuracy": 8.0,
        "battery": 0.5,
    }  # fmt: skip
    assert lines[1]["event"] == "=sos"
    assert lines[1]["steps"] == 7
    assert [line["latitude"] for line in lines] == [26.0, 26.00001, 26.00002]


async def test_csv_cannot_become_a_formula(filled: psycopg.AsyncConnection) -> None:
    rows = list(csv.DictReader(io.StringIO((await exported(filled, "csv")).decode())))
    assert [row["event"] for row in rows] == ["", "'=sos", ""]


async def test_gpx_is_read_by_another_reader(filled: psycopg.AsyncConnection) -> None:
    document = gpxpy.parse((await exported(filled, "gpx")).decode())
    assert [point.latitude for point in document.tracks[0].segments[0].points] == [26.0, 26.00001, 26.00002]


async def test_a_span_holds_its_beginning_and_not_its_end(filled: psycopg.AsyncConnection) -> None:
    data = await exported(filled, "jsonl", since=instant(NOON + 1_000_000), until=instant(NOON + 2_000_000))
    assert [orjson.loads(line)["time"] for line in data.splitlines()] == ["2026-11-24T12:00:01Z"]


async def test_a_device_that_is_not_there_is_named(connection: psycopg.AsyncConnection) -> None:
    with pytest.raises(NotFound, match="phone"):
        await exported(connection, "jsonl")
