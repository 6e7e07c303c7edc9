"""What a day comes to: how each incident ended, and how long it took to be dispatched, reached and closed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np

__all__ = ["results_of", "table_of"]

_SPANS = (
    ("report to dispatch", "reported_at", "dispatched_at"),
    ("dispatch to on scene", "dispatched_at", "on_scene_at"),
    ("report to on scene", "reported_at", "on_scene_at"),
    ("report to closed", "reported_at", "ended_at"),
)


def results_of(incidents: Sequence[Mapping[str, Any]], speed: float) -> dict[str, Any]:
    """Counts by how they ended, and p50 and p90 of each span in minutes of the day's own time.

    speed: of the day; infinity: the clock's own seconds.
    """
    factor = 1.0 if math.isinf(speed) else speed
    ends = Counter(str(one["state"]) for one in incidents)
    return {
        "incidents": len(incidents),
        "ended": dict(sorted(ends.items())),
        "escalated": sum(bool(one["escalations"]) for one in incidents),
        "metres": _percentiles(_metres(incidents)),
        "minutes": {name: _percentiles(_spans(incidents, first, last, factor)) for name, first, last in _SPANS},
    }


def table_of(by_policy: Mapping[str, Mapping[str, Any]]) -> str:
    """A Markdown table, a row a policy."""
    names = [name for name, _, _ in _SPANS]
    head = ["policy", "incidents", "closed", "rejected", "escalated", "metres p50 / p90"]
    head += [f"{name}, min p50 / p90" for name in names]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for policy, result in by_policy.items():
        cells = [policy, result["incidents"], result["ended"].get("closed", 0), result["ended"].get("rejected", 0)]
        cells += [result["escalated"], _pair(result["metres"])]
        cells += [_pair(result["minutes"][name]) for name in names]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def _spans(incidents: Sequence[Mapping[str, Any]], first: str, last: str, factor: float) -> list[float]:
    return [
        (datetime.fromisoformat(one[last]) - datetime.fromisoformat(one[first])).total_seconds() * factor / 60
        for one in incidents
        if one["state"] == "closed" and one[first] and one[last]
    ]


def _metres(incidents: Sequence[Mapping[str, Any]]) -> list[float]:
    return [
        assignment["metres"]
        for one in incidents
        for assignment in one["assignments"]
        if assignment["state"] == "handled" and assignment["metres"] is not None
    ]


def _percentiles(values: Sequence[float]) -> dict[str, float | None]:
    if not values:
        return {"p50": None, "p90": None}
    p50, p90 = np.percentile(values, [50, 90])
    return {"p50": round(float(p50), 1), "p90": round(float(p90), 1)}


def _pair(values: Mapping[str, float | None]) -> str:
    return f"{values['p50']} / {values['p90']}"
