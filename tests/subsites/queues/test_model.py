"""How long somebody will wait."""

from __future__ import annotations

import pytest

from subsites.queues.model import mean_s, wait_s


def test_the_mean_begins_as_expected_and_follows_what_is_measured() -> None:
    assert mean_s(600, []) == 600
    assert mean_s(600, [300] * 5) == 450
    assert mean_s(600, [300] * 30) < 350


@pytest.mark.parametrize(
    ("ahead", "windows", "idle", "seconds"),
    [
        (0, 0, 0, None),  # nobody serves it
        (0, 1, 1, 0), (0, 2, 0, 300), (3, 2, 0, 1200), (3, 2, 2, 600), (1, 2, 2, 0),
    ],
)  # fmt: skip
def test_it_grows_with_who_is_ahead_and_shrinks_with_windows(
    ahead: int, windows: int, idle: int, seconds: float | None
) -> None:
    assert wait_s(ahead=ahead, windows=windows, idle=idle, mean=600) == seconds
