"""The roster of a street, and where its last shift walked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from shapely.geometry import Point, shape

from simulators.city.city import City
from simulators.day.patrols import Walker, patrol, teams_of
from simulators.fleet.reports import Sample

BEGINS = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def city() -> City:
    return City.load(1)


@pytest.fixture(scope="module")
def street(city: City) -> str:
    return next(one.id for one in city.organisations if one.level == "street")


def metres_between(one: Sample, other: Sample) -> float:
    return 111_195.0 * abs(one.latitude - other.latitude)


def test_both_teams_are_of_the_street_and_nobody_is_in_both(city: City, street: str) -> None:
    day, night = teams_of(city, street, 400)
    assert day
    assert night
    assert not {one.id for one in day} & {one.id for one in night}
    assert all(city.grids[one.grid].id.startswith(street) for one in (*day, *night))


def test_a_patrol_is_three_hours_of_a_fix_a_minute_on_foot(city: City, street: str) -> None:
    for _, walked in _walkers(city, street):
        times = [one.time_ms for one in walked]
        assert times == sorted(times)
        assert times[0] >= BEGINS.timestamp() * 1_000
        assert times[-1] < (BEGINS + timedelta(hours=3)).timestamp() * 1_000
        assert 175 <= len(walked) <= 180
        assert max(map(metres_between, walked, walked[1:])) < 300


def test_two_walk_where_they_do_not_belong(city: City, street: str) -> None:
    degrees_off = [
        shape(city.grids[member.grid].territory).distance(Point(walked[0].longitude, walked[0].latitude))
        for member, walked in _walkers(city, street)
    ]
    assert min(degrees_off[:2]) > 0.02
    assert max(degrees_off[2:]) < 0.02


def test_a_street_without_members_has_no_patrol(city: City) -> None:
    assert patrol(city, [], BEGINS) == []


def _walkers(city: City, street: str) -> list[Walker]:
    return patrol(city, teams_of(city, street, 400)[0], BEGINS)
