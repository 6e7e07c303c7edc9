"""What a day comes to."""

from __future__ import annotations

import math
from typing import Any

from simulators.day.results import results_of, table_of


def an_incident(minutes: int = 10, state: str = "closed", **fields: Any) -> dict[str, Any]:
    return {
        "state": state, "escalations": 0, "reported_at": "2026-11-24T08:00:00Z",
        "dispatched_at": "2026-11-24T08:01:00Z", "on_scene_at": f"2026-11-24T08:{minutes:02}:00Z",
        "ended_at": "2026-11-24T09:00:00Z", "assignments": [{"state": "handled", "metres": 100.0 * minutes}],
    } | fields  # fmt: skip


def test_spans_are_of_closed_incidents_in_minutes_of_the_days_own_time() -> None:
    incidents = [an_incident(minutes) for minutes in range(2, 13)]
    incidents.append(an_incident(state="rejected", on_scene_at=None, assignments=[]))
    result = results_of(incidents, 60.0)
    assert result["ended"] == {"closed": 11, "rejected": 1}
    assert result["minutes"]["report to on scene"] == {"p50": 7 * 60, "p90": 11 * 60}
    assert result["metres"] == {"p50": 700.0, "p90": 1100.0}
    assert results_of(incidents, math.inf)["minutes"]["report to on scene"]["p50"] == 7


def test_a_day_without_incidents_has_no_figures() -> None:
    assert results_of([], 1.0)["minutes"]["report to closed"] == {"p50": None, "p90": None}


def test_the_table_has_a_row_a_policy() -> None:
    result = results_of([an_incident()], 1.0)
    lines = table_of({"nearest": result, "own_grid": result}).splitlines()
    assert len(lines) == 4
    assert lines[2].startswith("| nearest | 1 | 1 | 0 | 0 | 1000.0 / 1000.0 |")
