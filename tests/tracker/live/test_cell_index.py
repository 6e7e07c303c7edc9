from __future__ import annotations

from collections import Counter

import h3.api.basic_int as h3
import numpy as np
import numpy.typing as npt
import pytest

from tracker.geo.cells import RESOLUTION, cells_of
from tracker.live.cell_index import CellIndex

random = np.random.default_rng(5)
CITY = cells_of(51.1 + random.normal(0, 0.02, 400), 71.4 + random.normal(0, 0.02, 400))
# a pentagon's centre and its neighbourhood, too
EARTH = np.append(CITY, cells_of(random.uniform(-90, 90, 100), random.uniform(-180, 180, 100)))


@pytest.mark.parametrize("resolution", [0, 4, 7, 9, RESOLUTION])
def test_counts_are_those_of_h3s_own_parents(resolution: int) -> None:
    cells, counts = CellIndex(EARTH, np.arange(len(EARTH))).counts(resolution)
    expected = Counter(h3.cell_to_parent(cell, resolution) for cell in EARTH.tolist())
    assert dict(zip(cells.tolist(), counts.tolist(), strict=True)) == expected


@pytest.mark.parametrize("resolution", [0, 5, 8, RESOLUTION])
def test_a_cell_holds_the_rows_whose_parent_it_is(resolution: int) -> None:
    rows = np.arange(len(EARTH)) * 3
    index = CellIndex(EARTH, rows)
    parents = np.array([h3.cell_to_parent(cell, resolution) for cell in EARTH.tolist()], np.uint64)
    for parent in set(parents.tolist()):
        assert sorted(index.within(parent).tolist()) == rows[parents == parent].tolist()


def test_only_rows_that_pass_count() -> None:
    index = CellIndex(CITY, np.arange(len(CITY)))
    even: npt.NDArray[np.bool_] = index.rows % 2 == 0
    assert index.counts(6, even)[1].sum() == 200
    cells, counts = index.counts(6, np.zeros(len(CITY), np.bool_))
    assert (len(cells), len(counts)) == (0, 0)


def test_a_cell_finer_than_the_index_holds_nobody_that_can_be_told() -> None:
    index = CellIndex(CITY, np.arange(len(CITY)))
    assert len(index.within(h3.latlng_to_cell(51.1, 71.4, 12))) == 0


def test_an_empty_index_has_no_cells() -> None:
    index = CellIndex(np.empty(0, np.uint64), np.empty(0, np.intp))
    assert len(index.counts(5)[0]) == len(index.within(int(CITY[0]))) == 0
