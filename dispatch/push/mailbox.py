"""What the viewers of one subscription have been told, so that each is told just what it misses. Pure.

Theory of operation. The live table numbers its changes. A mailbox stands at a number and knows who its viewers see
there, and at which number each came or left. `advance` takes it to the table's present number: who came, who left, who
changed since. A viewer that stands at an older number, because its socket was full or it was away, asks `since` that
number and gets the newest state of whatever changed in between: one delta, however long it was away. That can be told
back to the number at which the mailbox was made.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dispatch.push.subscription import Coverage, Subscription
from tracker.live.service import LiveView

__all__ = ["Delta", "Mailbox"]

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Delta:
    """came: to be introduced (again, where the registry changed); left: not seen any more; moved: all to be drawn."""

    came: Rows
    left: Rows
    moved: Rows

    def __bool__(self) -> bool:
        return bool(len(self.came) or len(self.left) or len(self.moved))


class Mailbox:
    """Of one subscription. sequence: the last change it has taken; begun: the one at which it was made."""

    def __init__(self, subscription: Subscription, view: LiveView) -> None:
        self._coverage = Coverage(subscription)
        self.sequence = self.begun = view.sequence
        self._known = self._coverage.of(view, np.arange(view.size))
        self._turned = np.zeros(view.size, np.int64)  # the change at which a row came or left last

    def advance(self, view: LiveView, changed: Rows) -> Delta:
        """What changed since `sequence`, which then is the table's. changed: at least the rows changed since."""
        changed = changed[view.changed[changed] > self.sequence]
        self._hold(view.size)
        covered = self._coverage.of(view, changed)
        known = self._known[changed]
        entered, left = changed[covered & ~known], changed[known & ~covered]
        came = changed[covered & (~known | (view.described[changed] > self.sequence))]
        self._known[entered], self._known[left] = True, False
        self._turned[entered] = self._turned[left] = view.sequence
        self.sequence = view.sequence
        return Delta(came=came, left=left, moved=changed[covered])

    def since(self, view: LiveView, sequence: int) -> Delta:
        """What changed from that number (`begun` to `sequence`) up to `sequence`, of which this mailbox stands."""
        known, turned = self._known, self._turned > sequence
        moved = known & (turned | (view.changed[: len(known)] > sequence))
        came = known & (turned | (view.described[: len(known)] > sequence))
        return Delta(came=np.flatnonzero(came), left=np.flatnonzero(~known & turned), moved=np.flatnonzero(moved))

    def reaches(self, sequence: int) -> bool:
        """Whether `since` can tell from that number on."""
        return self.begun <= sequence <= self.sequence

    def everybody(self) -> Rows:
        """Who is seen, in the order of keys."""
        rows: Rows = np.flatnonzero(self._known)
        return rows

    def covers(self, view: LiveView, row: int) -> bool:
        """Whether its viewers see this row now."""
        return row < view.size and bool(self._coverage.of(view, np.array([row]))[0])

    def _hold(self, size: int) -> None:
        more = size - len(self._known)
        if more > 0:
            self._known = np.append(self._known, np.zeros(more, np.bool_))
            self._turned = np.append(self._turned, np.zeros(more, np.int64))
