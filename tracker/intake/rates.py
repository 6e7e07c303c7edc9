"""How fast each device may send: one token bucket a device, kept as two columns by device key."""

from __future__ import annotations

import numpy as np

__all__ = ["Rates"]


class Rates:
    """Token buckets by device key: `fixes_per_s` sustained, `burst` at once (a phone that comes back online).

    Bounded by the registry: only identified devices have a bucket.
    """

    def __init__(self, *, fixes_per_s: float, burst: float) -> None:
        self._rate = fixes_per_s
        self._burst = burst
        self._tokens = np.empty(0)
        self._at = np.empty(0)

    def admit(self, device: int, fixes: int, now_s: float) -> float:
        """Take `fixes` tokens; 0.0 when admitted, else the seconds after which they would be.

        now_s: a monotonic clock's reading. More fixes at once than the burst are judged as one full burst.
        """
        if device >= len(self._tokens):
            self._grow(device + 1)
        tokens = min(self._burst, float(self._tokens[device]) + (now_s - float(self._at[device])) * self._rate)
        missing = min(fixes, self._burst) - tokens
        if missing > 0:
            return missing / self._rate
        self._tokens[device] = tokens - fixes
        self._at[device] = now_s
        return 0.0

    def _grow(self, size: int) -> None:
        more = max(size, 2 * len(self._tokens), 1024) - len(self._tokens)
        self._tokens = np.concatenate([self._tokens, np.full(more, self._burst)])
        self._at = np.concatenate([self._at, np.zeros(more)])
