from __future__ import annotations

import numpy as np
import pytest

from dispatch.push.subscription import Box, Coverage, Subscription
from tests.tracker.live.builders import a_device, a_row, a_table, rows_of

EVERYWHERE = frozenset({1, 2})


@pytest.mark.parametrize(
    ("organisations", "bbox", "expected"),
    [
        (EVERYWHERE, None, [1, 2, 3]),
        (frozenset({2}), None, [2]),
        (frozenset(), None, []),
        (frozenset({77}), None, []),
        (EVERYWHERE, (71.0, 51.0, 72.0, 52.0), [1]),
        (EVERYWHERE, (71.4, 51.1, 71.4, 51.1), [1]),
        (EVERYWHERE, (170.0, 0.0, -170.0, 60.0), [2, 3]),
        (EVERYWHERE, (-180.0, -90.0, 180.0, 90.0), [1, 2, 3]),
    ],
)
def test_who_is_covered(organisations: frozenset[int], bbox: Box | None, expected: list[int]) -> None:
    table = a_table(a_device(1), a_device(2, organisation=2), a_device(3), a_device(4, retired=True), a_device(5))
    table.apply(rows_of(a_row(1), a_row(2, longitude=179.0), a_row(3, longitude=-179.0), a_row(4)))
    rows = np.arange(table.size)
    covered = Coverage(Subscription(organisations, bbox)).of(table, rows)
    assert rows[covered].tolist() == expected


def test_equal_wishes_are_one_subscription() -> None:
    box = (1.0, 2.0, 3.0, 4.0)
    wishes = {
        Subscription(frozenset({1, 2}), box),
        Subscription(frozenset({2, 1}), box),
        Subscription(frozenset(), box),
    }
    assert len(wishes) == 2
