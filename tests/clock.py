"""A clock that a test moves."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Clock"]


@dataclass
class Clock:
    """Seconds, since whenever its reader thinks."""

    now_s: float = 0.0

    def __call__(self) -> float:
        return self.now_s
