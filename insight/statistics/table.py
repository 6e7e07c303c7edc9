"""An answer's figures as a table: the whole first, then the organisations below. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from insight.statistics.model import COUNTS

__all__ = ["COLUMNS", "rows_of"]

COLUMNS = ("id", "name", *COUNTS, "on_time_rate", "closing_rate", "response_p50")


def rows_of(found: Mapping[str, Any]) -> Sequence[dict[str, Any]]:
    """found: what StatisticsService.summary answers."""
    return [found["organisation"] | found["totals"], *found["children"]]
