from __future__ import annotations

import numpy as np

from tests.tracker.live.builders import NOON, SECOND, a_device, a_row, rows_of
from tracker.geo.cells import cells_of
from tracker.live.selection import Selection
from tracker.live.service import LiveService
from tracker.live.table import LiveTable

EVERYBODY = Selection()


class Clock:
    """Seconds and microseconds that the test sets."""

    def __init__(self) -> None:
        self.s = 0.0

    def now(self) -> int:
        return NOON + int(self.s * SECOND)


def a_service(clock: Clock) -> LiveService:
    """Member 7 carries devices 1 and 2; device 3 is nobody's."""
    service = LiveService(LiveTable(stale_after_s=60, silent_after_s=600), now=clock.now, clock=lambda: clock.s)
    service.describe([a_device(1, member=7), a_device(2, member=7), a_device(3)])
    return service


def test_a_member_is_found_at_his_newest_device_only() -> None:
    service = a_service(Clock())
    service.take(rows_of(a_row(1), a_row(3, latitude=51.2)))
    assert [near.device for near in service.nearest(51.1, 71.4, 5, EVERYBODY)] == [1, 3]
    service.take(rows_of(a_row(2, fix_time=NOON + 1, latitude=51.3)))
    assert [near.device for near in service.nearest(51.1, 71.4, 5, EVERYBODY)] == [3, 2]
    service.describe([a_device(2, member=7, retired=True)])
    assert [near.device for near in service.nearest(51.1, 71.4, 5, EVERYBODY)] == [1, 3]


def test_a_look_judges_presence() -> None:
    clock = Clock()
    service = a_service(clock)
    service.take(rows_of(a_row(3)))
    assert service.passing(Selection(presence=0)).tolist() == [3]
    clock.s = 100.0
    service.look()
    assert service.passing(Selection(presence=0)).tolist() == []
    assert service.passing(Selection(presence=1)).tolist() == [3]


def test_density_counts_who_is_shown_and_is_a_second_old_at_most() -> None:
    clock = Clock()
    service = a_service(clock)
    here = int(cells_of(np.array([51.1]), np.array([71.4]))[0])
    service.take(rows_of(a_row(1, cell=here), a_row(2, cell=here, fix_time=NOON + 1)))
    cells, counts = service.density(8, EVERYBODY)
    assert counts.tolist() == [1]
    assert service.within(int(cells[0])).tolist() == [2]
    service.take(rows_of(a_row(3, cell=here)))
    clock.s = 1.0
    assert service.density(8, EVERYBODY)[1].tolist() == [2]
    assert service.density(8, Selection(organisations=frozenset({4})))[1].tolist() == []
