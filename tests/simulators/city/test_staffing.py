from __future__ import annotations

from itertools import islice

import numpy as np

from simulators.city.staffing import PRESETS, posts_of, synthetic_names


def test_posts_begin_again_when_a_preset_is_used_up() -> None:
    preset = PRESETS["one grid, four members"]
    posts = [one.post for one in islice(posts_of(["one grid, four members"], np.array([0])), 9)]
    assert posts == [*preset, *preset, preset[0]]


def test_grids_are_filled_in_the_order_given() -> None:
    filled = list(islice(posts_of(["trinity", "4+6"], np.array([1, 0])), 3))
    assert [(one.grid, one.post) for one in filled] == [
        (1, "street cadre"),
        (0, "grid leader"),
        (1, "community worker"),
    ]


def test_names_follow_the_generator() -> None:
    assert synthetic_names(np.random.default_rng(5), 20) == synthetic_names(np.random.default_rng(5), 20)
    assert all(len(name.split()) == 2 for name in synthetic_names(np.random.default_rng(5), 20))
