from __future__ import annotations

import numpy as np

from simulators.city.city import City
from simulators.fleet.scenario import Scenario
from simulators.fleet.walk import Walk, speeds_of

EVERYBODY = np.arange(200)


def walk_of(city: City, scenario: Scenario | None = None, seed: int = 1) -> Walk:
    random = np.random.default_rng(seed)
    walkers = speeds_of(random, scenario or Scenario(), (EVERYBODY % 384).astype(np.int32))
    return Walk(city.streets, city.home, walkers, random)


def test_everybody_starts_on_a_street_of_the_own_grid(city: City) -> None:
    assert (city.home[walk_of(city).way] == EVERYBODY % 384).all()


def test_everybody_stays_on_a_way_between_its_ends(city: City) -> None:
    walk = walk_of(city)
    for metres in (0.0, 1.3, 40.0, 2_000.0):
        walk.advance(EVERYBODY, np.full(200, metres))
        assert (walk.along >= 0).all()
        assert (walk.along < city.streets.length[walk.way]).all()


def test_a_step_leads_no_farther_than_its_length(city: City) -> None:
    walk = walk_of(city)
    for _ in range(50):
        before = np.array(walk.places(EVERYBODY))
        walk.advance(EVERYBODY, np.full(200, 5.0))
        north, east = np.array(walk.places(EVERYBODY)) - before
        moved = np.hypot(north * 111_195, east * 111_195 * np.cos(np.radians(51.1)))
        assert (moved < 5.05).all()


def test_only_the_rows_named_move(city: City) -> None:
    walk = walk_of(city)
    before = walk.along.copy(), walk.way.copy()
    walk.advance(np.array([3]), np.array([0.001]))
    changed = (walk.along != before[0]) | (walk.way != before[1])
    assert np.flatnonzero(changed).tolist() == [3]


def test_most_stay_in_their_grid(city: City) -> None:
    walk = walk_of(city, Scenario(vehicles=0))
    for _ in range(100):
        walk.advance(EVERYBODY, np.full(200, 20.0))
    assert (city.home[walk.way] == EVERYBODY % 384).mean() > 0.5


def test_vehicles_keep_to_roads(city: City) -> None:
    walk = walk_of(city, Scenario(vehicles=1, bicycles=0))
    for _ in range(100):
        walk.advance(EVERYBODY, np.full(200, 10.0))
    assert city.streets.drivable[walk.way].mean() > 0.95


def test_speeds_are_those_of_people_bicycles_and_cars() -> None:
    random, grid = np.random.default_rng(1), np.zeros(1000, np.int32)
    on_foot = speeds_of(random, Scenario(bicycles=0, vehicles=0), grid)
    assert ((on_foot.speed >= 0.8) & (on_foot.speed <= 1.6)).all()
    cycling = speeds_of(random, Scenario(bicycles=1, vehicles=0), grid)
    assert ((cycling.speed >= 3) & (cycling.speed <= 5.5) & ~cycling.drives).all()
    driving = speeds_of(random, Scenario(bicycles=0, vehicles=1), grid)
    assert ((driving.speed >= 5) & driving.drives).all()


def test_courses_are_those_of_the_ways(city: City) -> None:
    walk = walk_of(city)
    course = np.radians(walk.courses(EVERYBODY))
    assert np.allclose(np.sin(course), city.streets.east[walk.way])
    assert np.allclose(np.cos(course), city.streets.north[walk.way])
