from __future__ import annotations

import numpy as np

from simulators.fleet.reports import Reports, Sample


def reports_of(*members: int) -> Reports:
    count = len(members)
    unknown = np.full(count, np.nan)
    return Reports(
        member=np.array(members, np.intp),
        time_ms=np.arange(count),
        latitude=np.full(count, 1.5),
        longitude=np.full(count, 2.5),
        speed=np.full(count, 0.5),
        course=unknown,
        altitude=unknown,
        accuracy=unknown,
        hdop=unknown,
        battery=unknown,
        is_again=np.zeros(count, bool),
    )


def test_unknown_numbers_become_none() -> None:
    assert list(reports_of(7).samples()) == [(7, Sample(0, 1.5, 2.5, 0.5))]


def test_rows_can_be_taken_and_put_together() -> None:
    reports = reports_of(7, 8, 9)
    both = Reports.concatenate([reports.take(np.array([2])), reports.take(np.array([True, False, False]))])
    assert both.member.tolist() == [9, 7]
    assert len(both) == 2
