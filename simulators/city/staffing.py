"""Who works in a grid: the four staffing templates that are known from practice, and made-up people to fill them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import numpy as np

__all__ = ["PRESETS", "Post", "posts_of", "synthetic_names"]

Post = str

PRESETS: dict[str, tuple[Post, ...]] = {
    "3+X": ("administrator", "coordinator", "supervisor", "police officer", "party-member volunteer", "other"),
    "one grid, four members": ("administrator", "coordinator", "police officer", "supervisor"),
    "4+6": (
        "street cadre", "community worker", "dispatched cadre", "community police officer", "old party member",
        "45 age group", "low-income household member", "public-welfare enthusiast", "volunteer", "mutual-aid member",
    ),
    "trinity": (
        "grid leader", "grid information officer", "party line member", "social-management line member",
        "public-service line member",
    ),
}  # fmt: skip
"""Posts of a grid by preset, the one that is filled first in front."""

_SURNAMES = (
    "Chen", "Lin", "Huang", "Zhang", "Wu", "Li", "Zheng", "Wang", "Liu", "Yang", "Xu", "Zhou", "Ye", "Guo", "He", "Su",
)  # fmt: skip
_SYLLABLES = (
    "Ming", "Hua", "Li", "Fang", "Jun", "Xia", "Wei", "Yan", "Jie", "Ping", "Hong", "Bo", "Qin", "Lei", "Na", "Tao",
    "Yu", "Gang", "Mei", "Rong",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filled:
    """A post of a grid; grid: its row among the city's grids."""

    grid: int
    post: Post


def posts_of(presets: list[str], order: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Iterator[Filled]:
    """Posts without end: the first post of every grid in `order`, then the second of every grid, and so on.

    presets: of each grid, by row. A grid whose preset is used up begins again, so no number of members is too many.
    """
    for rank in count():
        for grid in order.tolist():
            posts = PRESETS[presets[grid]]
            yield Filled(grid, posts[rank % len(posts)])


def synthetic_names(random: np.random.Generator, number: int) -> list[str]:
    """Made-up names, surname first as in Chinese; some meet twice, as in life."""
    surnames = random.integers(len(_SURNAMES), size=number)
    syllables = random.integers(len(_SYLLABLES), size=(number, 2))
    return [
        f"{_SURNAMES[surname]} {_SYLLABLES[first]}{_SYLLABLES[second].lower()}"
        for surname, (first, second) in zip(surnames, syllables, strict=True)
    ]
