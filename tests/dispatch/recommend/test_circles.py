"""How circles grow: with the distance in question, at least doubled, never beyond the most."""

from __future__ import annotations

import math

import pytest

from dispatch.recommend.circles import MOST_LOOKED_AT, Circle, circles_for
from dispatch.recommend.model import Policy

EVERYBODY, OF_GRID = frozenset({1, 2, 3}), frozenset({3, 4})


def a_circle(count: int = 100, reach: float = 500.0) -> Circle:
    return Circle(EVERYBODY, of_grid=False, count=count, reach=reach)


def test_a_circle_that_nobody_was_looked_at_in_stays_as_it_is() -> None:
    circle = Circle(EVERYBODY, of_grid=False)
    before = circle.count
    assert circle.widen(math.inf)
    assert circle.count == before


@pytest.mark.parametrize(("radius", "at_least"), [(400.0, 200), (math.inf, 200), (1_500.0, 900)])
def test_a_circle_grows_with_the_square_of_the_radius_and_doubles_at_least(radius: float, at_least: int) -> None:
    circle = a_circle()
    assert circle.widen(radius)
    assert at_least <= circle.count <= 2_000


def test_a_circle_ends_at_the_most() -> None:
    circle = a_circle(count=MOST_LOOKED_AT - 1)
    assert circle.widen(math.inf)
    assert circle.count == MOST_LOOKED_AT
    assert not circle.widen(math.inf)


def test_a_policy_has_its_circles() -> None:
    told = {
        policy: [(one.organisations, one.of_grid) for one in circles_for(EVERYBODY, OF_GRID, policy)]
        for policy in Policy
    }
    assert told == {
        Policy.TRAVEL_TIME: [(EVERYBODY, False), (frozenset({3}), True)],
        Policy.NEAREST: [(EVERYBODY, False)],
        Policy.OWN_GRID: [(frozenset({3}), True)],
    }
