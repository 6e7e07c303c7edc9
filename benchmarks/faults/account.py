"""What a fault cost: the line that stands in docs/faults.md."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field

__all__ = ["Account", "Fault", "Result"]


@dataclass(frozen=True, slots=True)
class Account:
    """Fixes. lost: acknowledged and not stored; refused: that nobody but the server is to blame for."""

    sent: int = 0
    acknowledged: int = 0
    stored: int = 0
    lost: int = 0
    doubled: int = 0
    refused: int = 0

    @property
    def is_whole(self) -> bool:
        """Nothing lost, nothing doubled, nothing refused."""
        return self.lost == self.doubled == self.refused == 0


@dataclass(frozen=True, slots=True)
class Result:
    """fault: what was done. recovery_s: the longest one. notes: further figures. kept: the goal was met."""

    fault: str
    account: Account = field(default_factory=Account)
    recovery_s: float | None = None
    notes: str = ""
    goal: str = ""
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """One row of the table. number: of the issue's table. run: share of the full length (1.0) -> results."""

    number: int
    name: str
    run: Callable[[float], Coroutine[None, None, list[Result]]]
