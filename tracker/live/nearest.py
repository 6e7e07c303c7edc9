"""The k nearest, exact: equal to brute force on the sphere for any input.

Theory of operation. Places are points on the unit sphere; chords order them as great circles do, poles and antimeridian
included. A k-d tree holds a snapshot of all places. Members move on meanwhile, so an answer of the tree is corrected.
`drift` is the farthest that anybody is from where the snapshot has him, strays left out: those who went farther than
_FARTHEST_M or came since are listed and looked at by themselves. Whoever is not among the tree's m nearest is at least
(the m-th chord - drift) away now, so the answer is exact as soon as the k-th live chord is below that; else m grows. A
choice that few pass, or a long list of strays, is answered by looking at all who pass: columns, so that costs 0.3 ms at
100,000.

The snapshot is renewed at most once a second, and only while somebody asks. A large tree is built in a thread of its
own (scipy lets go of the interpreter's lock meanwhile) and taken by the first `move` after it is ready; queries use the
old one until then.
"""

from __future__ import annotations

import math
import threading
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from tracker.geo.geodesy import EARTH_RADIUS_M, unit_vectors

if TYPE_CHECKING:
    from scipy.spatial import cKDTree

__all__ = ["Chosen", "NearestIndex"]

Rows = npt.NDArray[np.intp]
Doubles = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_FARTHEST_M = 60.0
_LONG_DRIFT_M = 5.0  # a snapshot older than that costs queries more than its renewal
_FARTHEST, _LONG_DRIFT = _FARTHEST_M / EARTH_RADIUS_M, _LONG_DRIFT_M / EARTH_RADIUS_M
_ROUNDING = 1e-14  # of chords: less than a tenth of a micrometre on the ground
_RENEW_AFTER_S = 1.0
_MANY_STRAYS, _MOST_STRAYS = 64, 2_000
_INLINE = 20_000  # members up to which a tree is built at once, in a few milliseconds
_MARGIN = 8
_WIDEST, _WIDEST_SHARE = 512, 64


class Chosen(Protocol):
    """Who may be told.

    share: about which part of all rows; the index keeps it up and begins with as many as it says.
    """

    share: float

    def among(self, rows: Rows) -> Flags:
        """Which of these rows."""
        ...

    def rows(self) -> Rows:
        """All of them, in order."""
        ...


class NearestIndex:
    """Places by row number (device key); about 75 bytes a member. Not for several threads at once."""

    def __init__(self) -> None:
        self._places = np.empty((0, 3))
        self._placed = np.empty(0, np.bool_)
        self._astray = np.empty(0, np.bool_)
        self._spots = np.empty(0, np.int32)  # where each row stands in the snapshot, -1 nowhere
        self._snapshot = _Snapshot(np.empty(0, np.int32), np.empty((0, 3)))
        self._next: _Snapshot | None = None
        self._moved: list[Rows] = []  # since `_next` was taken
        self._strays: set[int] = set()
        self._stray_rows: Rows | None = np.empty(0, np.intp)
        self._drift = 0.0
        self._asked = False
        self._renewed_s = -math.inf

    @property
    def nbytes(self) -> int:
        """Memory of its arrays; the tree's own nodes add about 10 bytes a member."""
        own = (self._places, self._placed, self._astray, self._spots)
        return sum(array.nbytes for array in own) + self._snapshot.nbytes

    def move(self, rows: Rows, latitude: Doubles, longitude: Doubles) -> None:
        """These rows are at these places now (degrees). Rows are different from each other."""
        if not len(rows):
            return
        self._take_next()
        self._hold(int(rows.max()))
        places = unit_vectors(latitude, longitude)
        self._places[rows], self._placed[rows] = places, True
        if self._next is not None:
            self._moved.append(rows)
        self._note_drift(rows, places)

    def renew(self, now_s: float) -> None:
        """Take a new snapshot where that is worth it; call it about once a second. now_s: monotonic."""
        self._take_next()
        worn = len(self._strays) > _MANY_STRAYS or self._drift > _LONG_DRIFT
        if not (worn and self._asked and self._next is None) or now_s - self._renewed_s < _RENEW_AFTER_S:
            return
        self._renewed_s, self._asked = now_s, False
        rows = np.flatnonzero(self._placed).astype(np.int32)
        self._next = _Snapshot(rows, self._places[rows])
        if len(rows) <= _INLINE:
            self._next.build()
            self._take_next()
        else:
            threading.Thread(target=self._next.build, name="nearest snapshot", daemon=True).start()

    def nearest(self, latitude: float, longitude: float, k: int, chosen: Chosen | None = None) -> tuple[Rows, Doubles]:
        """(rows, metres) of the k nearest, nearest first, equal ones by row; fewer where there are fewer.

        chosen: who may be told; None: every row that has a place.
        """
        self._asked = True
        place = unit_vectors(latitude, longitude)
        found = self._by_tree(place, k, chosen)
        rows, squares = self._among_all(place, k, chosen) if found is None else found
        chords = np.sqrt(squares).tolist()
        metres = np.array([2 * EARTH_RADIUS_M * math.asin(min(1.0, chord / 2)) for chord in chords])
        order = np.lexsort((rows, metres))  # squares that differ in their last bit may be equal in metres
        return rows[order], metres[order]

    def _among_all(self, place: Doubles, k: int, chosen: Chosen | None) -> tuple[Rows, Doubles]:
        """The answer by looking at all who are chosen."""
        rows = np.flatnonzero(self._placed) if chosen is None else chosen.rows()
        if chosen is not None:
            chosen.share = len(rows) / max(1, len(self._placed))
        return _closest(rows, _squares(self._places[rows], place), k)

    def _by_tree(self, place: Doubles, k: int, chosen: Chosen | None) -> tuple[Rows, Doubles] | None:
        """The answer by way of the tree, None where looking at all is the better way."""
        tree, count = self._snapshot.tree, len(self._snapshot.rows)
        if tree is None or len(self._strays) > _MOST_STRAYS:
            return None
        widest = max(_WIDEST, count // _WIDEST_SHARE, k + _MARGIN)
        ask = k + _MARGIN if chosen is None else int((k + _MARGIN) / max(chosen.share, 1e-6))
        while (ask := min(ask, count)) <= widest:
            chords, spots = tree.query(place, ask)
            rows = self._candidates(np.atleast_1d(spots))
            if chosen is not None:
                passes = chosen.among(rows)
                rows, among = rows[passes], len(rows)
                chosen.share += (len(rows) / among - chosen.share) / 4
            squares = _squares(self._places[rows], place)
            rows, squares = _closest(rows, squares, k)
            beyond = float(np.atleast_1d(chords)[-1]) - self._drift - _ROUNDING
            if ask == count or (len(rows) == k and math.sqrt(squares[-1]) < beyond):
                return rows, squares
            ask *= 4 if len(rows) == k else 2 * max(2, k // max(1, len(rows)))
        return None

    def _candidates(self, spots: npt.NDArray[np.intp]) -> Rows:
        """The rows at these spots of the snapshot, and all strays, each once."""
        rows: Rows = self._snapshot.rows[spots].astype(np.intp)
        if not self._strays:
            return rows
        if self._stray_rows is None:
            self._stray_rows = np.fromiter(self._strays, np.intp, len(self._strays))
        return np.concatenate([rows[~self._astray[rows]], self._stray_rows])

    def _note_drift(self, rows: Rows, places: Doubles) -> None:
        """List who is too far from his spot in the snapshot, and widen the drift for the others."""
        spots = self._spots[rows]
        away = spots < 0
        if not away.all():
            squares = _squares(self._snapshot.places[spots], places)
            away |= squares > _FARTHEST**2
            self._drift = max(self._drift, math.sqrt(float(squares[~away].max(initial=0.0))))
        if away.any():
            self._strays.update(rows[away].tolist())
            self._astray[rows[away]] = True
            self._stray_rows = None

    def _take_next(self) -> None:
        """Use the snapshot under construction if it is ready."""
        if self._next is None or self._next.tree is None:
            return
        self._snapshot, self._next = self._next, None
        self._spots[:] = -1
        self._spots[self._snapshot.rows] = np.arange(len(self._snapshot.rows), dtype=np.int32)
        self._strays.clear()
        self._astray[:] = False
        self._stray_rows, self._drift = None, 0.0
        moved, self._moved = self._moved, []
        if moved:
            rows = np.unique(np.concatenate(moved))
            self._note_drift(rows, self._places[rows])

    def _hold(self, highest: int) -> None:
        size = len(self._placed)
        if highest < size:
            return
        more = max(highest + 1, size + size // 2, 1024) - size
        self._places = np.concatenate([self._places, np.zeros((more, 3))])
        self._placed = np.concatenate([self._placed, np.zeros(more, np.bool_)])
        self._astray = np.concatenate([self._astray, np.zeros(more, np.bool_)])
        self._spots = np.concatenate([self._spots, np.full(more, -1, np.int32)])


class _Snapshot:
    """Places of a moment, and the tree over them once it is built."""

    def __init__(self, rows: npt.NDArray[np.int32], places: Doubles) -> None:
        self.rows, self.places = rows, places
        self.tree: cKDTree | None = None

    @property
    def nbytes(self) -> int:
        held = self.rows.nbytes + self.places.nbytes
        return held if self.tree is None else held + self.tree.indices.nbytes

    def build(self) -> None:
        """Build the tree: 15 ms at 100,000, 0.2 s at a million."""
        from scipy.spatial import cKDTree  # 0.3 s, which a start does not wait for

        self.tree = cKDTree(self.places, balanced_tree=False, compact_nodes=False)


def _squares(places: Doubles, other: Doubles) -> Doubles:
    """Squared chords, summed in one order whatever the shape, so that equal places have equal ones."""
    apart = places - other
    apart *= apart
    squares: Doubles = apart[:, 0] + apart[:, 1]
    squares += apart[:, 2]
    return squares


def _closest(rows: Rows, squares: Doubles, k: int) -> tuple[Rows, Doubles]:
    """The k smallest, in order; equal ones by row."""
    if len(rows) > k:
        near = np.flatnonzero(squares <= np.partition(squares, k - 1)[k - 1])
        rows, squares = rows[near], squares[near]
    order = np.lexsort((rows, squares))[:k]
    return rows[order], squares[order]
