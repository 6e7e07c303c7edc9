from __future__ import annotations

from typing import Any

import pytest
from shapely.geometry import box, mapping, shape
from shapely.ops import unary_union

from tracker.geo.yielding import yielded

WEST, MIDDLE, EAST = box(0, 0, 1, 1), box(1, 0, 2, 1), box(2, 0, 3, 1)


def told(area: Any) -> dict[str, Any]:
    return dict(mapping(area))


BESIDE = {"west": told(WEST), "east": told(EAST)}


def test_a_neighbour_loses_what_is_taken_and_gets_what_is_let_go() -> None:
    found = yielded(told(MIDDLE), told(box(0.9, 0, 1.8, 1)), BESIDE)
    assert shape(found["west"].territory).area == pytest.approx(0.9)
    assert shape(found["east"].territory).area == pytest.approx(1.2)
    assert (found["west"].given, found["east"].taken) == (None, None)
    assert found["west"].taken is not None
    assert shape(found["west"].taken).equals(box(0.9, 0, 1, 1))
    whole = unary_union([box(0.9, 0, 1.8, 1), *(shape(one.territory) for one in found.values())])
    assert whole.area == pytest.approx(3)


def test_a_first_territory_takes_and_lets_nothing_go() -> None:
    found = yielded(None, told(box(0.5, 0, 1, 1)), BESIDE)
    assert list(found) == ["west"]
    assert shape(found["west"].territory).area == pytest.approx(0.5)


def test_what_is_let_go_beside_nobody_goes_to_nobody() -> None:
    assert yielded(told(MIDDLE), told(box(1, 0, 2, 0.5)), {"far": told(box(9, 9, 10, 10))}) == {}


def test_who_would_lose_everything_is_left_as_it_is() -> None:
    assert yielded(told(MIDDLE), told(box(0, 0, 2, 1)), {"west": told(WEST)}) == {}


def test_the_longer_border_decides() -> None:
    corner = {"below": told(box(1, -1, 2, 0)), "east": told(EAST)}
    found = yielded(told(MIDDLE), told(box(1, 0.2, 2, 1)), corner)
    assert list(found) == ["below"]
