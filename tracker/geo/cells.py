"""H3 cells: the one doorway to h3. A cell is its 64-bit index; hierarchy is bit arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import h3.api.basic_int as h3
import numpy as np
import numpy.typing as npt

__all__ = [
    "RESOLUTION",
    "boundary_of",
    "cells_of",
    "cells_within",
    "centre_of",
    "parents_of",
    "ring_of",
    "with_neighbours",
]

RESOLUTION = 10
"""Of the cells kept with positions: hexagons of about 15,000 square metres, edge 66 m."""

Cells = npt.NDArray[np.uint64]

_RESOLUTION_SHIFT = 52
_BITS_A_DIGIT = 3
_FINEST = 15


def cells_of(latitude: npt.NDArray[np.float64], longitude: npt.NDArray[np.float64]) -> Cells:
    """The cell of each place at RESOLUTION; degrees, shapes (n,). About 0.4 µs a place."""
    cell = h3.latlng_to_cell
    found = [cell(*place, RESOLUTION) for place in zip(latitude.tolist(), longitude.tolist(), strict=True)]
    return np.array(found, dtype=np.uint64)


def parents_of(cells: Cells, resolution: int) -> Cells:
    """The ancestor of each cell at a coarser resolution (0 to the cells' own): set it and fill the finer digits."""
    finer = np.uint64((1 << (_BITS_A_DIGIT * (_FINEST - resolution))) - 1)
    cleared = cells & ~np.uint64(0xF << _RESOLUTION_SHIFT)
    parents: Cells = cleared | np.uint64(resolution << _RESOLUTION_SHIFT) | finer
    return parents


def centre_of(cell: int) -> tuple[float, float]:
    """(latitude, longitude) of its centre."""
    latitude, longitude = h3.cell_to_latlng(cell)
    return latitude, longitude


def boundary_of(cell: int) -> list[tuple[float, float]]:
    """Its corners as (latitude, longitude), not closed."""
    return [(latitude, longitude) for latitude, longitude in h3.cell_to_boundary(cell)]


def ring_of(cell: int) -> list[tuple[float, float]]:
    """The same for GeoJSON: [longitude, latitude], closed."""
    corners = [(longitude, latitude) for latitude, longitude in boundary_of(cell)]
    return [*corners, corners[0]]


def cells_within(area: Mapping[str, Any]) -> set[int]:
    """The cells at RESOLUTION whose centres lie in a GeoJSON Polygon or MultiPolygon."""
    return set(h3.geo_to_cells(area, RESOLUTION))


def with_neighbours(cells: Iterable[int]) -> set[int]:
    """The cells and all that touch them."""
    return {near for cell in cells for near in h3.grid_disk(cell, 1)}
