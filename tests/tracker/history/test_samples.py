"""Everybody's way in one answer, against the positions themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest
from registry.api.route import Route
from tests.tracker.history.city import a_caller, answer, found_city, reassign, route_of, stored
from tests.tracker.history.outcomes import NOON, a_batch
from tracker.history import service
from tracker.history.api import routes
from tracker.history.service import HistoryService
from tracker.model.batch import instant

SECOND = 1_000_000
CITY, NORTH, SOUTH = a_caller(1), a_caller(2), a_caller(3)


@pytest.fixture
async def table(pool: AsyncConnectionPool) -> list[Route]:
    await found_city(pool)
    return routes(HistoryService(pool))


async def ways(table: list[Route], *, minutes: float = 1, step: float = 10, caller: Any = CITY, **also: Any) -> Any:
    since = instant(NOON)
    query = {"from": since.isoformat(), "to": (since + timedelta(minutes=minutes)).isoformat(), "step": step}
    return await answer(route_of(table, "/replay/tracks"), query | also, caller=caller)


async def test_a_step_has_the_last_position_of_it_after_the_one_at_the_start(
    table: list[Route], database_url: str
) -> None:
    stored(database_url, a_batch(200, start=NOON - 5 * SECOND), member=1)
    said = await ways(table)
    assert said["time"] == [0, 10, 20, 30, 40, 50, 60]
    assert said["latitude"] == [round(26 + (5 + 10 * n) * 1e-5, 6) for n in range(7)]
    assert (said["count"], said["device"], said["course"]) == (7, [1] * 7, [None] * 7)
    assert said["speed"] == [1.25] * 7
    (carrier,) = [one for one in said["carriers"] if one["key"] == 1]
    assert carrier == {
        "key": 1, "device": "phone-1", "member": "anna", "name": "Anna", "post": "patrol", "organisation": "north",
    }  # fmt: skip


async def test_who_stood_still_before_is_there_at_the_start(table: list[Route], database_url: str) -> None:
    stored(database_url, a_batch(1, start=NOON - 600 * SECOND), member=1)
    assert (await ways(table))["time"] == [-600]
    assert (await ways(table, window=300))["time"] == []


async def test_what_was_between_two_fixes_is_left_to_the_reader(table: list[Route], database_url: str) -> None:
    stored(database_url, a_batch(3, start=NOON + 5 * SECOND, step_us=25 * SECOND), member=1)
    assert (await ways(table))["time"] == [5, 30, 55]


async def test_everybody_of_the_subtree_and_nobody_else(table: list[Route], database_url: str) -> None:
    stored(database_url, a_batch(30), member=1)
    stored(database_url, a_batch(30, device=2), member=2)
    for caller, organisation, keys in ((CITY, None, {1, 2}), (SOUTH, None, {2}), (CITY, "north", {1})):
        said = await ways(table, caller=caller, organisation=organisation)
        assert set(said["device"]) == keys
        assert {one["key"] for one in said["carriers"]} == keys
    assert (await ways(table, caller=SOUTH, organisation="north"))["carriers"] == []


async def test_a_device_given_back_and_forth_is_told_once(table: list[Route], database_url: str) -> None:
    stored(database_url, a_batch(30), member=1)
    await reassign(database_url, 1, 2)
    await reassign(database_url, 1, 1)
    assert (await ways(table))["time"] == [0, 10, 20, 29]


async def test_it_is_where_the_replay_says(table: list[Route], database_url: str) -> None:
    batch = a_batch(60)
    stored(database_url, replace(batch, longitude=119.3 + np.arange(60, dtype=np.float64) * 1e-4), member=1)
    said = await ways(table)
    for n, seconds in enumerate(said["time"]):
        at = (instant(NOON) + timedelta(seconds=seconds)).isoformat()
        (then,) = (await answer(route_of(table, "/replay"), {"at": at}, caller=CITY))["items"]
        assert (then["key"], round(then["longitude"], 6)) == (1, said["longitude"][n])


async def test_too_much_for_one_answer_is_refused_with_what_to_do(
    table: list[Route], database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BadRequest, match="longer step"):
        await ways(table, minutes=60, step=1)
    with pytest.raises(BadRequest, match="later"):
        await ways(table, minutes=0)
    stored(database_url, a_batch(30), member=1)
    monkeypatch.setattr(service, "MOST_SAMPLES", 2)
    with pytest.raises(BadRequest, match="one organisation"):
        await ways(table)
