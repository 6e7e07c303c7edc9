"""How long somebody will wait."""

from __future__ import annotations

import pytest

from subsites.queues.model import Desk, mean_s, wait_s


def test_the_mean_begins_as_expected_and_follows_what_is_measured() -> None:
    assert mean_s(600, []) == 600
    assert mean_s(600, [300] * 5) == 450
    assert mean_s(600, [300] * 30) < 350


A, B = 1, 2
MEANS = {A: 600.0, B: 300.0}
IDLE, BUSY, BUSY_B = Desk(frozenset({A}), False), Desk(frozenset({A}), True), Desk(frozenset({B}), True)


@pytest.mark.parametrize(
    ("queue", "windows", "seconds"),
    [
        ([A], [], None), ([A], [BUSY_B], None), ([A], [IDLE], 0), ([A], [BUSY], 600), ([A, A, A], [BUSY, BUSY], 1200),
        ([A, A, A], [IDLE, BUSY], 600), ([B, B, A], [IDLE, BUSY_B], 0), ([A, B], [BUSY, BUSY_B], 300),
    ],
)  # fmt: skip
def test_it_grows_with_who_is_before_at_the_same_windows_and_shrinks_with_more_of_them(
    queue: list[int], windows: list[Desk], seconds: float | None
) -> None:
    assert wait_s(queue, windows, MEANS) == seconds
