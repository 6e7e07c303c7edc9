"""The shortest way over the demo city's streets, as a member finds it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from simulators.city.streets import StreetGraph

__all__ = ["Router"]

_NOWHERE = -9999
"""What scipy writes where there is no way."""


class Router:
    """Made once a city."""

    def __init__(self, streets: StreetGraph) -> None:
        count = len(streets.latitude)
        self._streets = streets
        self._matrix = csr_array((streets.length, (streets.start, streets.end)), shape=(count, count))
        self._shrink = np.cos(np.radians(streets.latitude.mean()))
        self._tree = cKDTree(np.column_stack([streets.longitude * self._shrink, streets.latitude]))

    def junction(self, latitude: float, longitude: float) -> int:
        """The nearest one."""
        return int(self._tree.query((longitude * self._shrink, latitude))[1])

    def ways(self, way: int, destination: int) -> list[int]:
        """The ways from the end of `way` to the junction `destination`, the shortest."""
        _, found_from = dijkstra(self._matrix, indices=np.array([destination]), return_predecessors=True)
        towards = found_from[0]  # every way is there in both directions
        junction, found = int(self._streets.end[way]), list[int]()
        while junction != destination and towards[junction] != _NOWHERE:
            following = int(towards[junction])
            found.append(self._way(junction, following))
            junction = following
        return found

    def _way(self, start: int, end: int) -> int:
        first, last = self._streets.first[start], self._streets.first[start + 1]
        here: npt.NDArray[np.intp] = np.flatnonzero(self._streets.end[first:last] == end)
        return int(first + here[np.argmin(self._streets.length[first + here])])
