"""A handheld's memory of what it still has to send."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Collection

from simulators.clients.counts import Counts
from simulators.clients.errors import LinkTrouble
from simulators.fleet.reports import Sample

__all__ = ["Entry", "Outbox"]


class Entry:
    """A fix in the memory. is_counted: its first sending was counted, now or before it came here."""

    __slots__ = ("is_counted", "sample")

    def __init__(self, sample: Sample) -> None:
        self.sample = sample
        self.is_counted = sample.is_again


class Outbox:
    """Fixes in order: waiting, then taken (on the way, not settled), then settled and gone.

    At most `limit` wait; beyond it the oldest is dropped and counted, as phone apps do. One conversation at a time
    takes and settles; `interrupt` ends its wait when its link is lost, `recall` begins the next one.
    """

    def __init__(self, counts: Counts, *, limit: int = 10_000) -> None:
        self._counts, self._limit = counts, limit
        self._waiting: deque[Entry] = deque()
        self._taken: deque[Entry] = deque()
        self._changed = asyncio.Event()
        self._emptied = asyncio.Event()
        self._emptied.set()
        self._lost: LinkTrouble | None = None

    def __len__(self) -> int:
        """Fixes that are not settled."""
        return len(self._waiting) + len(self._taken)

    def put(self, sample: Sample) -> None:
        """Add the newest fix."""
        if len(self._waiting) >= self._limit:
            self._waiting.popleft()
            self._counts.dropped += 1
        self._waiting.append(Entry(sample))
        self._emptied.clear()
        self._changed.set()

    async def stirred(self) -> None:
        """Wait until something waits to be sent, or the conversation is interrupted."""
        while not self._waiting and self._lost is None:
            self._changed.clear()
            await self._changed.wait()

    async def emptied(self) -> None:
        """Wait until everything is settled."""
        await self._emptied.wait()

    async def take(self, most: int) -> list[Entry]:
        """The oldest waiting fixes, at least one and at most `most`; they count as sent.

        Raises the LinkTrouble of `interrupt`.
        """
        await self.stirred()
        if self._lost is not None:
            raise self._lost
        entries = [self._waiting.popleft() for _ in range(min(most, len(self._waiting)))]
        self._taken.extend(entries)
        for entry in entries:
            self._count(entry)
        return entries

    def settle(self, number: int, *, rejected: Collection[int] = (), is_acknowledged: bool = True) -> None:
        """The oldest `number` taken fixes are done with. rejected: which of them the server refused, 0 = the oldest.

        A sending that is_again was counted at its first time and is not counted here.
        """
        done = [self._taken.popleft() for _ in range(number)]
        if not len(self):
            self._emptied.set()
        if is_acknowledged:
            refused = sum(not done[row].sample.is_again for row in rejected)
            self._counts.rejected += refused
            self._counts.acknowledged += sum(not entry.sample.is_again for entry in done) - refused

    def interrupt(self, reason: LinkTrouble) -> None:
        """The conversation is over: whoever takes, now or later, hears of it."""
        self._lost = reason
        self._changed.set()

    def recall(self) -> None:
        """What was taken and not settled waits again, in front; a new conversation may take."""
        self._waiting.extendleft(reversed(self._taken))
        self._taken.clear()
        self._lost = None

    def _count(self, entry: Entry) -> None:
        if entry.is_counted:
            self._counts.resent += 1
        else:
            self._counts.sent += 1
            entry.is_counted = True
