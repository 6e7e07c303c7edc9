from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracker.live.builders import NOON, SECOND, a_device, a_row, a_table, rows_of
from tracker.live.selection import Selection, Selector, organisation_flags
from tracker.live.table import LiveTable


def a_district() -> LiveTable:
    """1 patrols in 1, 2 in 2 off duty and moving, 3 is silent, 4 has no position."""
    table = a_table(
        a_device(1, post="patrol"), a_device(2, organisation=2, on_duty=False), a_device(3, organisation=9), a_device(4)
    )
    table.apply(rows_of(a_row(1), a_row(2, moving=1), a_row(3, fix_time=NOON - 3_000 * SECOND)))
    table.look(NOON)
    return table


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        ({}, [1, 2, 3]),
        ({"organisations": frozenset({1, 2})}, [1, 2]),
        ({"organisations": frozenset({9})}, [3]),
        ({"organisations": frozenset()}, []),
        ({"post": "patrol"}, [1]),
        ({"post": "nobody's"}, []),
        ({"presence": 0}, [1, 2]),
        ({"presence": 2}, [3]),
        ({"moving": True}, [2]),
        ({"moving": False}, [1, 3]),
        ({"on_duty": False}, [2]),
        ({"on_duty": True, "presence": 0, "organisations": frozenset({1, 9})}, [1]),
    ],
)
def test_every_field_narrows_and_both_ways_agree(selection: dict[str, Any], expected: list[int]) -> None:
    choice = Selector(a_district()).choice(Selection(**selection))
    assert choice.rows().tolist() == expected
    keys = np.array([4, 3, 2, 1])
    assert sorted(keys[choice.among(keys)].tolist()) == expected


@settings(max_examples=50)
@given(st.frozensets(st.integers(0, 50)), st.lists(st.integers(0, 10_000)))
def test_flags_answer_as_the_set_does(organisations: frozenset[int], keys: list[int]) -> None:
    said = organisation_flags(organisations).take(np.array(keys, np.int32), mode="clip")
    assert said.tolist() == [key in organisations for key in keys]


def test_many_different_subtrees_do_not_fill_the_memory() -> None:
    selector = Selector(a_district())
    for key in range(1_000):
        selector.choice(Selection(organisations=frozenset({key})))
    assert selector.choice(Selection(organisations=frozenset({2}))).rows().tolist() == [2]
