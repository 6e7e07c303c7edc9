"""How often somebody may try to sign in: counted by name and by address, forgotten with time, bounded."""

from __future__ import annotations

from collections import OrderedDict

__all__ = ["Attempts"]


class Attempts:
    """Attempts by key. After `most` within `window_s` a key must wait; the oldest of 10,000 keys is dropped.

    An attempt counts from its beginning, so that many at once cannot pass before the first has failed.
    """

    def __init__(self, *, most: int, window_s: float = 300.0, keys: int = 10_000) -> None:
        self._most, self._window_s, self._keys = most, window_s, keys
        self._begun: OrderedDict[str, list[float]] = OrderedDict()

    def begin(self, key: str, now_s: float) -> float:
        """Count an attempt; else the seconds until this key may try again, 0 when it was counted. now_s: monotonic."""
        recent = [at for at in self._begun.pop(key, ()) if now_s - at < self._window_s]
        wait = 0.0 if len(recent) < self._most else recent[0] + self._window_s - now_s
        self._begun[key] = recent if wait else [*recent, now_s]
        if len(self._begun) > self._keys:
            self._begun.popitem(last=False)
        return wait

    def forgive(self, key: str) -> None:
        """Take the latest attempt back: it succeeded, or was not made. The others still count."""
        recent = self._begun.get(key)
        if recent:
            recent.pop()
