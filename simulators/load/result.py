"""What a load generator reports."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

__all__ = ["LoadResult", "Pace"]


@dataclass(slots=True)
class LoadResult:
    """sent: fixes written whole to the kernel. acknowledged, rejected: fixes, 0 where the protocol does not answer.

    errors: connections lost and answers that were no acknowledgement. seconds: of sending. cpu_s: of this process
    meanwhile. latencies_s: from writing a request to its whole answer, in order of the answers.
    """

    sent: int = 0
    acknowledged: int = 0
    rejected: int = 0
    errors: int = 0
    seconds: float = 0.0
    cpu_s: float = 0.0
    latencies_s: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Fixes a second achieved."""
        return self.sent / self.seconds if self.seconds else 0.0

    def latency_s(self, share: float) -> float | None:
        """The latency that `share` (0 to 1) of the answers kept; None without answers."""
        if not self.latencies_s:
            return None
        ordered = sorted(self.latencies_s)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Pace:
    """How much is due of a number of messages a second, and when it is over."""

    def __init__(self, per_second: float, duration_s: float) -> None:
        self._per_second, self._duration_s = per_second, duration_s
        self._began, self._cpu = time.perf_counter(), time.process_time()

    @property
    def elapsed_s(self) -> float:
        """Seconds since the start."""
        return time.perf_counter() - self._began

    @property
    def is_over(self) -> bool:
        """The duration is over."""
        return self.elapsed_s >= self._duration_s

    def due(self) -> int:
        """How many messages should have gone out by now."""
        return int(self._per_second * min(self.elapsed_s, self._duration_s))

    def finish(self, result: LoadResult) -> LoadResult:
        """The result with the time and CPU spent."""
        result.seconds, result.cpu_s = self.elapsed_s, time.process_time() - self._cpu
        return result
