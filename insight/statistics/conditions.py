"""Which incidents a figure counts, in SQL over incidents i: said once for the sums and for the lists behind them."""

from __future__ import annotations

from collections.abc import Mapping

from insight.statistics.model import CLOCKS

__all__ = ["COUNTED", "FIGURES", "TOOK", "WHERE_OVERDUE"]

COUNTED: Mapping[str, str] = {
    "reported": "true",
    "closed": "i.state = 'closed'",
    "on_time": "i.state = 'closed' AND i.marks = 0",
    "late": "i.marks > 0",
    "still_open": "i.ended_at IS NULL",
    "rejected": "i.state = 'rejected'",
    "merged": "i.state = 'merged'",
    "escalated": "i.escalations > 0",
    "sent_back": "i.sent_back > 0",
}
"""Each of model.COUNTS."""

WHERE_OVERDUE = "i.ended_at IS NULL AND (i.marks > 0 OR i.due_at <= %(now)s)"
"""Open incidents of which a limit ran out. An escalation sets a new limit, and at the top none: so the mark tells."""

TOOK: Mapping[str, str] = {
    clock: f"extract(epoch FROM i.{end} - i.{begin})::float8"
    if clock != "resolution"
    else f"CASE WHEN i.state = 'closed' THEN extract(epoch FROM i.{end} - i.{begin})::float8 END"
    for clock, (begin, end) in CLOCKS.items()
}
"""Seconds of each of model.CLOCKS, NULL where it has not ended."""

FIGURES: Mapping[str, str] = {**COUNTED, "overdue": WHERE_OVERDUE}
"""Every figure that counts incidents."""
