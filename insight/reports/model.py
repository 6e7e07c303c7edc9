"""When reports are due, and which days they tell of. Pure.

A report of a day tells of the day before, of a week of the last Monday to Sunday, of a month of the last whole month.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from insight.statistics.model import Question

__all__ = [
    "MOST_MISSED", "MOST_REPORTS", "MOST_SCHEDULES", "Every", "Language", "Schedule", "days_before", "due_after",
]  # fmt: skip

MOST_REPORTS = 120
"""Kept of one schedule; older ones are removed."""
MOST_SCHEDULES = 200
"""Of one organisation."""
MOST_MISSED = 7
"""Made up for where no server ran; older ones are passed over."""


class Every(StrEnum):
    """How often."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Language(StrEnum):
    """Of the PDF."""

    EN = "en"
    ZH = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A schedule. organisation: key; kind: code; class_, category: of the catalogue; next_at: None, it is stopped."""

    key: int
    organisation: int
    organisation_id: str
    name: str
    every: Every
    at_hour: int
    language: Language
    kind: str | None
    class_: str | None
    category: str | None
    next_at: datetime | None

    def question(self, due: datetime, zone: str) -> Question:
        """What the report that is due then asks."""
        begins, ends = days_before(self.every, due.astimezone(ZoneInfo(zone)).date())
        return Question(begins=begins, ends=ends, kind=self.kind, class_=self.class_, category=self.category)


def days_before(every: Every, day: date) -> tuple[date, date]:
    """The last whole day, week or month before that day: its first day, and the one behind its last."""
    match every:
        case Every.DAY:
            return day - timedelta(days=1), day
        case Every.WEEK:
            monday = day - timedelta(days=day.weekday())
            return monday - timedelta(days=7), monday
        case Every.MONTH:
            first = day.replace(day=1)
            return (first - timedelta(days=1)).replace(day=1), first


def due_after(every: Every, at_hour: int, moment: datetime, zone: str) -> datetime:
    """When the next is due: at that local hour of a day, a Monday or the first of a month, later than the moment."""
    local = moment.astimezone(ZoneInfo(zone))
    day = days_before(every, local.date())[1]
    due = _at(day, at_hour, zone)
    return due if due > moment else _at(_following(every, day), at_hour, zone)


def _following(every: Every, day: date) -> date:
    match every:
        case Every.DAY:
            return day + timedelta(days=1)
        case Every.WEEK:
            return day + timedelta(days=7)
        case Every.MONTH:
            return (day + timedelta(days=31)).replace(day=1)


def _at(day: date, hour: int, zone: str) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(zone))
