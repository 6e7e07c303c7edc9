from __future__ import annotations

import pytest

from registry.organisations.model import Level


@pytest.mark.parametrize(
    ("child", "parent"),
    [
        (Level.DISTRICT, Level.CITY),
        (Level.GRID, Level.COMMUNITY),
        (Level.GRID, Level.DISTRICT),
        (Level.DEPARTMENT, Level.CITY),
        (Level.DEPARTMENT, Level.GRID),
        (Level.DEPARTMENT, Level.DEPARTMENT),
    ],
)
def test_levels_may_be_left_out_and_departments_stand_anywhere(child: Level, parent: Level) -> None:
    assert child.may_stand_below(parent)


@pytest.mark.parametrize(
    ("child", "parent"),
    [
        (Level.CITY, Level.DISTRICT),
        (Level.STREET, Level.STREET),
        (Level.DISTRICT, Level.GRID),
        (Level.GRID, Level.DEPARTMENT),
    ],
)
def test_levels_are_not_turned_round(child: Level, parent: Level) -> None:
    assert not child.may_stand_below(parent)
