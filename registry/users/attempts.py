"""How often somebody may try to sign in: counted by name and by address, forgotten with time, bounded."""

from __future__ import annotations

from collections import OrderedDict

__all__ = ["Attempts"]


class Attempts:
    """Failed attempts by key. After `most` within `window_s` a key must wait; the oldest of 10,000 keys is dropped."""

    def __init__(self, *, most: int = 10, window_s: float = 300.0, keys: int = 10_000) -> None:
        self._most, self._window_s, self._keys = most, window_s, keys
        self._failed: OrderedDict[str, list[float]] = OrderedDict()

    def wait(self, key: str, now_s: float) -> float:
        """Seconds until this key may try again, 0 when it may now. now_s: monotonic."""
        recent = [at for at in self._failed.get(key, ()) if now_s - at < self._window_s]
        return 0.0 if len(recent) < self._most else recent[-self._most] + self._window_s - now_s

    def failed(self, key: str, now_s: float) -> None:
        """Count a failure."""
        recent = [at for at in self._failed.pop(key, ()) if now_s - at < self._window_s]
        self._failed[key] = [*recent, now_s][-self._most :]
        if len(self._failed) > self._keys:
            self._failed.popitem(last=False)

    def succeeded(self, key: str) -> None:
        """Forget its failures."""
        self._failed.pop(key, None)
