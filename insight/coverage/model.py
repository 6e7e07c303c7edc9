"""Patrol coverage: which H3 cells of a territory were visited, how long, and by whom. Pure.

A cell belongs to the lowest organisation whose territory holds its centre. A member stays in the cell of a position
until his next one, if that comes within LONGEST_STAY_S: a longer silence counts for nobody. He is off post while he is
on a shift and neither in a cell of his own organisation's territory nor in one that touches it; organisations without
a territory have no post to leave.
"""

from __future__ import annotations

from tracker.geo.cells import RESOLUTION

__all__ = ["LONGEST_DAYS", "LONGEST_STAY_S", "MOST_CELLS", "MOST_HOURS", "RESOLUTIONS", "resolution_for"]

LONGEST_STAY_S = 300
LONGEST_DAYS = 92
"""Of a period that is asked for, and how far back a last visit is looked for."""
MOST_HOURS = 24
"""That one round sums: a backlog is taken in pieces."""
MOST_CELLS = 3_000
"""Of an answer."""
RESOLUTIONS = range(5, RESOLUTION + 1)
_CHILDREN = 7


def resolution_for(cells: int) -> int:
    """The finest at which a territory of so many cells at RESOLUTION has about MOST_CELLS or fewer."""
    resolution = RESOLUTION
    while cells > MOST_CELLS and resolution > RESOLUTIONS[0]:
        cells, resolution = cells // _CHILDREN, resolution - 1
    return resolution
