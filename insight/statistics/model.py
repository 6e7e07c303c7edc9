"""What is measured: every measure with names, unit and formula in one table; and quantiles of histograms. Pure.

An incident counts on the local day on which it was reported and at the place where it happened; drills never count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

__all__ = [
    "CLOCKS",
    "COUNTS",
    "EDGES",
    "LARGE",
    "MEASURES",
    "PARTS",
    "SOURCES",
    "WIDTH",
    "Measure",
    "Question",
    "code_of",
    "local_day",
    "midnight",
    "part_of",
    "quantile",
    "rate",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Whose, when and which incidents.

    organisation: id, None the caller's own. begins, ends: days, the end not among them; None: the last 28 with today.
    kind: code; class_, category: of the catalogue.
    """

    organisation: str | None = None
    begins: date | None = None
    ends: date | None = None
    kind: str | None = None
    class_: str | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One figure. formula: over fields of incidents; unit: incidents, share (0 to 1) or s."""

    code: str
    name_en: str
    name_zh: str
    unit: str
    formula: str


COUNTS = (
    "reported", "closed", "on_time", "late", "still_open", "rejected", "merged", "escalated", "sent_back",
)  # fmt: skip
"""Columns of statistics_sums. Beside them it holds codes (see PARTS), and how often each is met."""

LARGE = ("city", "district", "street", "community")
"""Levels of organisations that have sums of categories, classes and each kind's months: below them rows are few."""

CLOCKS: Mapping[str, tuple[str, str]] = {
    "accept": ("reported_at", "accepted_at"),
    "arrive": ("accepted_at", "on_scene_at"),
    "handle": ("on_scene_at", "handled_at"),
    "verify": ("handled_at", "verified_at"),
    "response": ("reported_at", "on_scene_at"),
    "resolution": ("reported_at", "ended_at"),
}
"""How long something took: from one field of an incident to another. resolution counts closed incidents only."""

SOURCES = ("member", "citizen", "hotline", "device", "patrol", "dispatcher")
"""Of reports, in the order of their numbers in codes, from 1."""

PARTS = ("hour", "source", "priority", *(clock for clock in CLOCKS if clock != "response"), "response")
"""Of codes; response is the last, and kept apart: it is asked for of many organisations at once."""
WIDTH = 128
"""More than any part has values."""

EDGES = tuple(round(15 * 2 ** (row / 4), 1) for row in range(68))
"""Seconds at which the rows of histograms begin, a quarter of an octave wide each; row 0 lies below the first."""


def _took(code: str, name_en: str, name_zh: str) -> tuple[Measure, ...]:
    begin, end = CLOCKS[code]
    return tuple(
        Measure(code=f"{code}_{word}", name_en=f"{english} {name_en}", name_zh=f"{name_zh}{chinese}", unit="s",
                formula=f"{share} quantile of {end} - {begin}")
        for word, english, chinese, share in (
            ("p50", "median", "中位数", "0.5"), ("p90", "90th percentile of", "90分位", "0.9")
        )
    )  # fmt: skip


MEASURES: tuple[Measure, ...] = (
    Measure(code="reported", name_en="reported", name_zh="上报", unit="incidents", formula="incidents reported"),
    Measure(code="closed", name_en="closed", name_zh="结案", unit="incidents", formula="of them, state = closed"),
    Measure(code="on_time", name_en="closed on time", name_zh="按时结案", unit="incidents",
            formula="of them, state = closed and marks = 0: no limit ever ran out"),
    Measure(code="late", name_en="a limit ran out", name_zh="超时", unit="incidents", formula="of them, marks > 0"),
    Measure(code="still_open", name_en="open", name_zh="未结", unit="incidents", formula="of them, ended_at is null"),
    Measure(code="overdue", name_en="overdue now", name_zh="当前逾期", unit="incidents",
            formula="open incidents of any day with marks > 0 or due_at <= now"),
    Measure(code="rejected", name_en="rejected", name_zh="不予受理", unit="incidents",
            formula="of them, state = rejected"),
    Measure(code="merged", name_en="merged", name_zh="合并", unit="incidents", formula="of them, state = merged"),
    Measure(code="escalated", name_en="escalated", name_zh="升级", unit="incidents",
            formula="of them, escalations > 0"),
    Measure(code="sent_back", name_en="sent back", name_zh="退回", unit="incidents", formula="of them, sent_back > 0"),
    Measure(code="on_time_rate", name_en="on-time rate", name_zh="按时率", unit="share", formula="on_time / closed"),
    Measure(code="closing_rate", name_en="closing rate", name_zh="结案率", unit="share",
            formula="closed / (reported - rejected - merged)"),
    *_took("accept", "time to accept", "受理用时"),
    *_took("arrive", "time to arrive", "到场用时"),
    *_took("handle", "time to handle", "处置用时"),
    *_took("verify", "time to verify", "核查用时"),
    *_took("response", "response time", "响应用时"),
    *_took("resolution", "time to close", "结案用时"),
)  # fmt: skip
"""Every measure; docs/statistics.md has a row for each, and a test holds that."""


def local_day(moment: datetime, zone: str) -> date:
    """The day of that instant. zone: IANA."""
    return moment.astimezone(ZoneInfo(zone)).date()


def midnight(day: date, zone: str) -> datetime:
    """When that day begins. zone: IANA."""
    return datetime.combine(day, datetime.min.time(), ZoneInfo(zone))


def code_of(part: str, value: int) -> int:
    """The number of a part's value: an hour, a source's or priority's number, or a row of EDGES."""
    return (PARTS.index(part) + 1) * WIDTH + value


def part_of(code: int) -> tuple[str, int]:
    """The part and its value."""
    return PARTS[code // WIDTH - 1], code % WIDTH


def rate(part: int, whole: int) -> float | None:
    """A share, None of nothing."""
    return None if whole == 0 else part / whole


def quantile(histogram: Mapping[int, int], share: float) -> float | None:
    """Seconds below which that share lies, even within its row of EDGES; None of nothing.

    The row is a fifth of its beginning wide: that is how far off it may be at most.
    """
    total = sum(histogram.values())
    if total == 0:
        return None
    wanted, passed = share * total, 0
    for row in sorted(histogram):
        count = histogram[row]
        if count and passed + count >= wanted:
            begin = 0.0 if row == 0 else EDGES[row - 1]
            end = EDGES[min(row, len(EDGES) - 1)]
            return begin + (end - begin) * max(0.0, wanted - passed) / count
        passed += count
    return EDGES[-1]
