"""The k nearest members, exact: equal to brute force on the sphere for any input.

Theory of operation. Places are points on the unit sphere; chords order them as great circles do, poles and antimeridian
included. A k-d tree holds a snapshot of all shown places. Members move on meanwhile, so an answer from the tree is
corrected: when nobody has moved farther than `drift` since the snapshot, whoever is not among the tree's m nearest is
at least (the m-th distance - drift) away now, and the answer is exact as soon as the k-th live distance is below that;
else m grows. Those who moved farther, came or went are listed and looked at by themselves. A filter that few members
pass, or a list that grew long, is answered by looking at all: columns, so that costs 0.3 ms at 100,000.

The snapshot is renewed when a share of the members has moved out of the drift, at most once a second.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from tracker.geo.geodesy import EARTH_RADIUS_M, chord_to_metres, unit_vectors

__all__ = ["NearestIndex"]

Rows = npt.NDArray[np.intp]
Doubles = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_DRIFT_M = 60.0
_RENEW_SHARE = 0.02
_FIRST_ASK = 8
_WIDEST_ASK = 512


class NearestIndex:
    """Places by row number (device key). About 60 bytes a member."""

    def __init__(self) -> None:
        self._places = np.empty((0, 3))
        self._snapshot = np.empty((0, 3))
        self._shown = np.empty(0, np.bool_)
        self._in_tree = np.empty(0, np.int64)  # place in the tree of each row, -1 for none
        self._rows = np.empty(0, np.intp)  # row of each place in the tree
        self._tree: cKDTree | None = None
        self._strays: set[int] = set()  # rows that the tree does not speak for
        self._drift = _DRIFT_M / EARTH_RADIUS_M
        self._renewed_s = float("-inf")

    def move(self, rows: Rows, latitude: Doubles, longitude: Doubles) -> None:
        """These rows are at these places now (degrees). Rows are different from each other."""
        if not len(rows):
            return
        self._hold(int(rows.max()))
        places = unit_vectors(latitude, longitude)
        self._places[rows] = places
        self._shown[rows] = True
        moved = places - self._snapshot[rows]
        away = np.einsum("ij,ij->i", moved, moved) > self._drift**2
        away |= self._in_tree[rows] < 0
        if away.any():
            self._strays.update(rows[away].tolist())

    def hide(self, rows: Rows) -> None:
        """These rows are not shown any more."""
        rows = rows[rows < len(self._shown)]
        self._shown[rows] = False

    def renew(self, now_s: float) -> None:
        """Take a new snapshot when it is worth it; call it now and then. now_s: monotonic."""
        if now_s - self._renewed_s < 1.0 or len(self._strays) <= _RENEW_SHARE * max(len(self._rows), 50):
            return
        self._renewed_s = now_s
        rows = np.flatnonzero(self._shown)
        self._rows = rows
        self._snapshot[rows] = self._places[rows]
        self._in_tree[:] = -1
        self._in_tree[rows] = np.arange(len(rows))
        self._tree = cKDTree(self._snapshot[rows], balanced_tree=False, compact_nodes=False)
        self._strays.clear()

    def nearest(self, latitude: float, longitude: float, k: int, passes: Flags | None = None) -> tuple[Rows, Doubles]:
        """(rows, metres) of the k nearest shown rows, nearest first; fewer where there are fewer. Ties go by row.

        passes: shape (rows or more,), which rows may be told; None all.
        """
        place = unit_vectors(latitude, longitude)
        found = self._by_tree(place, k, passes)
        if found is None:
            rows = np.flatnonzero(self._shown if passes is None else self._shown & passes[: len(self._shown)])
            found = self._closest(place, rows, k)
        return found

    def _by_tree(self, place: Doubles, k: int, passes: Flags | None) -> tuple[Rows, Doubles] | None:
        """The answer by way of the tree, None where looking at all is the better way."""
        count = len(self._rows)
        if self._tree is None or len(self._strays) > 1_000:
            return None
        ask = min(count, k + _FIRST_ASK)
        strays = np.fromiter(self._strays, np.intp, len(self._strays))
        while True:
            chords, places = self._tree.query(place, ask) if ask else (np.empty(0), np.empty(0, np.int64))
            rows = np.concatenate([self._rows[np.atleast_1d(places)], strays])
            rows = rows[self._shown[rows]] if passes is None else rows[self._shown[rows] & passes[rows]]
            found = self._closest(place, np.unique(rows) if len(strays) else rows, k)
            if ask == count:
                return found
            beyond = float(np.atleast_1d(chords)[-1]) - self._drift
            if len(found[0]) == k and self._chord(place, found[0][-1]) < beyond:
                return found
            if ask >= _WIDEST_ASK:
                return None
            ask = min(count, ask * 4)

    def _closest(self, place: Doubles, rows: Rows, k: int) -> tuple[Rows, Doubles]:
        apart = self._places[rows] - place
        squares = np.einsum("ij,ij->i", apart, apart)
        if len(rows) > k:
            limit = np.partition(squares, k - 1)[k - 1]
            near = np.flatnonzero(squares <= limit)
            rows, squares = rows[near], squares[near]
        order = np.lexsort((rows, squares))[:k]
        return rows[order], chord_to_metres(np.sqrt(squares[order]))

    def _chord(self, place: Doubles, row: int) -> float:
        return float(np.linalg.norm(self._places[row] - place))

    def _hold(self, highest: int) -> None:
        size = len(self._shown)
        if highest < size:
            return
        more = max(highest + 1, 2 * size, 1024) - size
        self._places = np.concatenate([self._places, np.full((more, 3), np.nan)])
        self._snapshot = np.concatenate([self._snapshot, np.full((more, 3), np.nan)])
        self._shown = np.concatenate([self._shown, np.zeros(more, np.bool_)])
        self._in_tree = np.concatenate([self._in_tree, np.full(more, -1)])
