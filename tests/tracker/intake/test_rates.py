"""Token buckets by device key."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.intake.rates import Rates


def test_a_burst_is_admitted_and_then_the_rate_holds() -> None:
    rates = Rates(fixes_per_s=10, burst=100)
    assert rates.admit(7, 100, now_s=50.0) == 0.0
    assert rates.admit(7, 10, now_s=50.0) == 1.0
    assert rates.admit(7, 10, now_s=51.0) == 0.0


def test_devices_do_not_pay_for_each_other() -> None:
    rates = Rates(fixes_per_s=1, burst=1)
    assert rates.admit(1, 1, now_s=0.0) == 0.0
    assert rates.admit(2, 1, now_s=0.0) == 0.0
    assert rates.admit(1, 1, now_s=0.0) > 0


def test_an_upload_larger_than_the_burst_passes_when_the_bucket_is_full() -> None:
    rates = Rates(fixes_per_s=10, burst=100)
    assert rates.admit(1, 1_000, now_s=0.0) == 0.0
    assert rates.admit(1, 1, now_s=1.0) > 0, "its debt is paid off first"


@given(st.lists(st.tuples(st.floats(0, 10), st.integers(1, 50)), max_size=60))
def test_never_more_than_burst_plus_rate(asks: list[tuple[float, int]]) -> None:
    rates = Rates(fixes_per_s=5, burst=50)
    now, admitted = 0.0, 0
    for pause, fixes in asks:
        now += pause
        admitted += fixes if rates.admit(3, fixes, now_s=now) == 0.0 else 0
    assert admitted <= 50 + 5 * now + 1e-6
